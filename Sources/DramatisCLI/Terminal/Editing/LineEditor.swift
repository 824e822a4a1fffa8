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
    return String(breaks).shown
  }
}
