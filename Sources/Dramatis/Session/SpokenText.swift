/// A typed text, character by character, with what separates its words and sentences.
struct SpokenText {
  /// What stands beside a name.
  enum Mark: Equatable {
    /// The start or the end of the text.
    case edge
    /// A line break.
    case line
    /// A full stop of any script.
    case stop
    /// An exclamation mark, a question mark or an ellipsis.
    case emphasis
    case comma
    case dash
    case colon
    /// A quotation mark, or a mark that opens an exclamation or a question.
    case quote
    /// `*nods*`, `(nods)`: what is done and not said.
    case gesture
    /// Part of a word.
    case word
    /// White space, a picture, markup: to be passed over.
    case space
  }

  let characters: [Character]
  private let folded: [[Character]]
  private(set) var marks: [Mark]
  /// What stands between the signs of each gesture, in order.
  private(set) var gestures: [Range<Int>] = []

  init(_ text: String) {
    self.init(characters: Array(text))
    markGestures()
  }

  /// What is between the signs of a gesture, as if it were said.
  init(gesture: Range<Int>, of text: SpokenText) {
    self.init(characters: Array(text.characters[gesture]))
  }

  private init(characters: [Character]) {
    self.characters = characters
    folded = characters.map { Array(String($0).folded()) }
    marks = characters.indices.map { Self.mark(at: $0, in: characters) }
  }

  /// What a place of the text holds; the edge beyond it.
  func mark(at place: Int) -> Mark {
    marks.indices.contains(place) ? marks[place] : .edge
  }

  /// The next place to the left, or to the right, that is not to be passed over.
  func neighbour(of place: Int, by step: Int) -> Int {
    var place = place + step
    while mark(at: place) == .space { place += step }
    return place
  }

  /// The folded word that ends at a place, and where it begins; empty and nil where there is none.
  func word(endingAt end: Int) -> (start: Int?, folded: String) {
    guard mark(at: end) == .word else { return (nil, "") }
    var start = end
    while mark(at: start - 1) == .word { start -= 1 }
    return (start, String(characters[start...end]).folded())
  }

  /// Where a name ends that begins at a place; nil where another text stands there.
  ///
  /// - Parameter name: The folded name; `_` in the text stands for its spaces too.
  func end(of name: [Character], at start: Int) -> Int? {
    var (place, matched) = (start, 0)
    while matched < name.count {
      guard folded.indices.contains(place), marks[place] != .gesture else { return nil }
      for character in folded[place] where matched < name.count {
        guard name[matched] == character || name[matched] == " " && character == "_" else { return nil }
        matched += 1
      }
      place += 1
      if matched < name.count, name[matched - 1] == " " {
        while folded.indices.contains(place), folded[place] == [" "], marks[place] != .line { place += 1 }
      }
    }
    // A soft hyphen or a mark after the last letter belongs to it.
    while folded.indices.contains(place), folded[place].isEmpty { place += 1 }
    return matched > 0 ? place : nil
  }

  /// Whether no word goes on from one character to the next.
  func isEdge(before place: Int) -> Bool {
    guard folded.indices.contains(place - 1), folded.indices.contains(place) else { return true }
    let (left, right) = (folded[place - 1].last.map(WordKind.init), folded[place].first.map(WordKind.init))
    return !(left?.isWord ?? false) || !(right?.isWord ?? false)
  }

  /// Where text of one of several endings that begins at a place ends; the place itself where there is none.
  func end(ofOneOf endings: [[Character]], at place: Int) -> Int {
    let fitting = endings.filter { characters[min(place, characters.count)...].starts(with: $0) }
    return place + (fitting.map(\.count).max() ?? 0)
  }

  /// What a character is by itself and its neighbours.
  private static func mark(at place: Int, in characters: [Character]) -> Mark {
    let character = characters[place]
    let before = place > 0 ? characters[place - 1] : " "
    let after = place + 1 < characters.count ? characters[place + 1] : " "
    if character.isNewline { return .line }
    if character.isWhitespace { return .space }
    if character.isLetter || character.isNumber { return .word }
    switch character {
    case ".", "。", "．", "｡": return before == character || after == character ? .emphasis : .stop
    case "・": return before == character || after == character ? .emphasis : .word
    case "-", "‐", "‑":
      return before.isWhitespace || after.isWhitespace || before == character || after == character
        ? .dash : .word
    case "'", "’", "_": return isInWord(before, after) ? .word : character == "_" ? .space : .quote
    case "*": return before == character || after == character ? .space : .word
    default: break
    }
    if let mark = table[character] { return mark }
    return character.isPicture ? .space : .word
  }

  private static func isInWord(_ before: Character, _ after: Character) -> Bool {
    (before.isLetter || before.isNumber) && (after.isLetter || after.isNumber)
  }

  private static let table: [Character: Mark] = {
    let lists: [(Mark, String)] = [
      (.stop, "۔।॥።։᠃᙮"), (.emphasis, "!?！？…⋯‥‽⁉⁈‼⁇؟՞՜፧;︖︕﹖﹗"),
      (.comma, ",，、､،;；؛፣՝᠂﹐﹑﹔"), (.dash, "–—―⸺⸻−﹘﹣－~〜～"), (.colon, ":：﹕︰፦"),
      (.quote, "\"“”„‟«»‹›「」『』｢｣〝〞＂‘‚‛`´¡¿"),
      (.space, "\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{200E}\u{200F}"),
    ]
    return Dictionary(lists.flatMap { mark, list in list.map { ($0, mark) } }) { first, _ in first }
  }()

  /// What is done stands between asterisks, underscores or brackets, on one line.
  private mutating func markGestures() {
    var place = 0
    // Signs that do not come any more, so that no text is searched twice.
    var missing: Set<Character> = []
    while place < characters.count {
      guard let closing = Self.gestureSigns[characters[place]], !missing.contains(closing),
        marks[place] != .space || characters[place] == "_",
        !(characters[place] == "_" && marks[place] == .word)
      else {
        place += 1
        continue
      }
      guard let end = (place + 1..<characters.count).first(where: { ends(with: closing, at: $0) }) else {
        missing.insert(closing)
        place += 1
        continue
      }
      for inside in place...end { marks[inside] = .gesture }
      gestures.append(place + 1..<end)
      place = end + 1
    }
  }

  private func ends(with closing: Character, at place: Int) -> Bool {
    characters[place] == closing && !(closing == "_" && marks[place] == .word)
  }

  private static let gestureSigns: [Character: Character] = [
    "*": "*", "＊": "＊", "_": "_", "(": ")", "（": "）", "[": "]", "［": "］", "【": "】",
  ]
}

extension Character {
  /// Whether it is drawn and not read.
  fileprivate var isPicture: Bool {
    switch unicodeScalars.first?.properties.generalCategory {
    case .otherSymbol, .modifierSymbol, .mathSymbol, .control, .format, .nonspacingMark: true
    default: false
    }
  }
}
