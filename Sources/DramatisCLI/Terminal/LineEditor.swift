import Dramatis

/// A line that is being written: text, cursor, and what can be recalled.
///
/// The text is kept as grapheme clusters, so that a family of emoji or a letter with its accents moves and goes as one.
struct LineEditor {
  /// What a key came to.
  enum Outcome: Equatable {
    case edited
    case accepted(String)
    /// Ctrl-D on an empty line.
    case ended
    /// Ctrl-C on an empty line.
    case interrupted
    /// What the word could become.
    case candidates([String])
    case cleared
    /// The line would be too long, or there is nothing to complete or recall.
    case refused
  }

  var text: [Character] = []
  /// Before which cluster of the text the cursor stands.
  var cursor = 0
  var killed = ""
  var recall: Recall
  var search: HistorySearch?
  var completer: Completer
  /// The bytes that a line can have.
  let limit: Int
  private(set) var previousKey: Key?

  init(history: [String] = [], completer: Completer = .none, limit: Int = LineReader.maximumLength) {
    recall = Recall(entries: history)
    self.completer = completer
    self.limit = limit
  }

  var line: String { String(text) }

  /// Begins an empty line; what was killed stays.
  mutating func start() {
    (text, cursor, search, previousKey) = ([], 0, nil, nil)
    recall.start()
  }

  mutating func apply(_ key: Key) -> Outcome {
    defer { previousKey = key }
    if search != nil, let outcome = applyToSearch(key) { return outcome }
    switch key {
    case .text(let string), .paste(let string): return insert(Self.cleaned(string))
    case .newline: return insert("\n")
    case .yank: return insert(killed)
    case .move(let movement): cursor = target(of: movement)
    case .erase(let movement): remove(movement)
    case .kill(let movement): kill(movement)
    case .transpose: transpose()
    default: return applyToLine(key)
    }
    return .edited
  }

  /// The keys that concern the line as a whole.
  private mutating func applyToLine(_ key: Key) -> Outcome {
    switch key {
    case .enter: return enter()
    case .tab: return complete()
    case .up: return goUp()
    case .down: return goDown()
    case .search: return startSearch()
    case .clearScreen: return .cleared
    case .interrupt: return interrupt()
    case .endOrDelete where text.isEmpty: return .ended
    case .endOrDelete: remove(.right)
    default: break
    }
    return .edited
  }

  /// A backslash at the end asks for another line.
  private mutating func enter() -> Outcome {
    guard text.last == "\\" else { return .accepted(line) }
    cursor = text.count
    return replace(cursor - 1..<cursor, with: "\n")
  }

  private mutating func interrupt() -> Outcome {
    guard !text.isEmpty else { return .interrupted }
    start()
    return .edited
  }

  /// Text from outside as a line can hold it.
  private static func cleaned(_ string: String) -> String {
    var breaks = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in string.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "\n" where previous == "\r": continue
      case "\r", "\u{2028}", "\u{2029}": breaks.append("\n")
      case "\t": breaks.append(" ")
      default: breaks.append(scalar)
      }
    }
    return String(breaks).strippedOfControls()
  }
}

extension LineEditor {
  mutating func insert(_ string: String) -> Outcome {
    replace(cursor..<cursor, with: string)
  }

  /// Replaces clusters and puts the cursor behind what came in.
  ///
  /// All is divided into clusters anew, because what comes in can join with its neighbours.
  mutating func replace(_ range: Range<Int>, with string: String) -> Outcome {
    let before = String(text[..<range.lowerBound]) + string
    let whole = before + String(text[range.upperBound...])
    guard whole.utf8.count <= limit else { return .refused }
    text = Array(whole)
    cursor = min(before.count, text.count)
    return .edited
  }

  mutating func set(_ string: String) {
    text = Array(string)
    cursor = text.count
  }

  mutating func remove(_ movement: Movement) {
    _ = replace(span(of: movement), with: "")
  }

  /// Kills in a row are kept together in the order of the text.
  mutating func kill(_ movement: Movement) {
    let span = span(of: movement)
    let part = String(text[span])
    if case .kill = previousKey {
      killed = span.lowerBound < cursor ? part + killed : killed + part
    } else if !part.isEmpty {
      killed = part
    }
    _ = replace(span, with: "")
  }

  /// Swaps the clusters on both sides of the cursor, at the end the last two.
  mutating func transpose() {
    let right = min(cursor, text.count - 1)
    guard right > 0 else { return }
    let swapped = String([text[right], text[right - 1]])
    _ = replace(right - 1..<right + 1, with: swapped)
  }

  private func span(of movement: Movement) -> Range<Int> {
    let target = target(of: movement)
    return min(cursor, target)..<max(cursor, target)
  }
}

/// Movements.
extension LineEditor {
  /// Where a movement leads.
  func target(of movement: Movement) -> Int {
    switch movement {
    case .left: max(0, cursor - 1)
    case .right: min(text.count, cursor + 1)
    case .wordLeft: leftward(over: { !$0.isPartOfWord }, then: \.isPartOfWord)
    case .wordRight: rightward(over: { !$0.isPartOfWord }, then: \.isPartOfWord)
    case .blankLeft: leftward(over: \.isWhitespace, then: { !$0.isWhitespace })
    case .lineStart: lineStart(before: cursor)
    case .lineEnd: lineEnd(after: cursor)
    }
  }

  func lineStart(before position: Int) -> Int {
    text[..<position].lastIndex(of: "\n").map { $0 + 1 } ?? 0
  }

  func lineEnd(after position: Int) -> Int {
    text[position...].firstIndex(of: "\n") ?? text.count
  }

  private func leftward(over gap: (Character) -> Bool, then word: (Character) -> Bool) -> Int {
    let end = text[..<cursor].lastIndex { !gap($0) }.map { $0 + 1 } ?? 0
    return text[..<end].lastIndex { !word($0) }.map { $0 + 1 } ?? 0
  }

  private func rightward(over gap: (Character) -> Bool, then word: (Character) -> Bool) -> Int {
    let start = text[cursor...].firstIndex { !gap($0) } ?? text.count
    return text[start...].firstIndex { !word($0) } ?? text.count
  }
}

extension Character {
  fileprivate var isPartOfWord: Bool { isLetter || isNumber }
}
