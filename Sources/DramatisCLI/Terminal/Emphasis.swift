import DramatisCompiler

/// Turns *actions* and **stress** of a text into styles, bit by bit as it comes.
///
/// A mark opens before a word and closes behind one, so that "5 * 3" stays as it is; one that is not closed ends with its
/// paragraph. How the text was cut into pieces makes no difference.
struct Emphasis {
  /// What stands in the text where a style begins or ends, until it is shown; no text holds these.
  enum Mark: Character, CaseIterable {
    case action = "\u{10FFF0}", actionEnd = "\u{10FFF1}", stress = "\u{10FFF2}", stressEnd = "\u{10FFF3}"

    fileprivate var code: String {
      switch self {
      case .action: "\u{1B}[3m"
      case .actionEnd: "\u{1B}[23m"
      case .stress: "\u{1B}[1m"
      case .stressEnd: "\u{1B}[22m"
      }
    }
  }

  private var isAction = false
  private var isStress = false
  /// How many asterisks stand before what comes next.
  private var asterisks = 0
  private var last: Character = " "

  /// A whole text at once, with marks.
  static func marked(_ text: String) -> String {
    var emphasis = Emphasis()
    return emphasis.push(text) + emphasis.finish()
  }

  /// A text with marks as a terminal shows it.
  static func shown(_ text: String) -> String {
    guard text.contains(where: { Mark(rawValue: $0) != nil }) else { return text }
    return text.map { Mark(rawValue: $0)?.code ?? String($0) }.joined()
  }

  /// The next piece with marks; asterisks are held until it is known what they do.
  mutating func push(_ piece: String) -> String {
    var marked = ""
    for character in piece where Mark(rawValue: character) == nil {
      if character == "*" {
        asterisks += 1
        continue
      }
      marked += settle(before: character)
      if character.isNewline { marked += close() }
      marked.append(character)
      last = character
    }
    return marked
  }

  /// The rest.
  mutating func finish() -> String { settle(before: "\n") + close() }

  /// What the held asterisks do, now that it is known what follows them.
  private mutating func settle(before next: Character) -> String {
    defer { asterisks = 0 }
    guard (1...3).contains(asterisks) else { return String(repeating: "*", count: asterisks) }
    let isBefore = !next.isWhitespace && !last.isLetter && !last.isNumber
    let isBehind = !last.isWhitespace
    var (marked, left) = ("", asterisks)
    if left >= 2, isStress ? isBehind : isBefore {
      marked.append((isStress ? Mark.stressEnd : .stress).rawValue)
      isStress.toggle()
      left -= 2
    }
    if left == 1, isAction ? isBehind : isBefore {
      marked.append((isAction ? Mark.actionEnd : .action).rawValue)
      isAction.toggle()
      left = 0
    }
    return marked + String(repeating: "*", count: left)
  }

  private mutating func close() -> String {
    defer { (isAction, isStress) = (false, false) }
    return (isStress ? String(Mark.stressEnd.rawValue) : "")
      + (isAction ? String(Mark.actionEnd.rawValue) : "")
  }
}
