/// Fills the macros of character cards: names between doubled curly brackets, in any case, one inside the other.
///
/// Nothing is run. A macro that nobody knows stands as it is and is told; what is needed for one and was not given, such as
/// a time, leaves it as it is for whoever fills the text next.
package struct Macros: Sendable {
  /// What chance depends on.
  package struct Chance: Sendable {
    let seed: UInt64
    let turn: Int
    let attempt: Int

    /// Makes the chance of a turn.
    package init(seed: UInt64, turn: Int, attempt: Int) {
      (self.seed, self.turn, self.attempt) = (seed, turn, attempt)
    }
  }

  /// A variable that a text sets.
  package struct Assignment: Hashable, Sendable {
    package let name, value: String
  }

  private let character: String
  private let user: String
  private let chance: Chance?
  private var variables: [String: String]
  /// What `{{original}}` stands for; nil where there is none.
  private let original: String?
  /// When it is; nil to leave what asks for it.
  private let time: MacroTime?
  /// The texts that are asked for by name; nil to leave what asks for them.
  private let outlets: [String: String]?
  /// The names of macros that nobody knows, each once, as they are written.
  package private(set) var unknown: [String] = []
  /// What the texts set, in order.
  package private(set) var assignments: [Assignment] = []
  private var draws = 0

  /// Makes a filler.
  package init(
    character: String, user: String, chance: Chance? = nil, variables: [String: String] = [:],
    original: String? = nil, time: MacroTime? = nil, outlets: [String: String]? = nil
  ) {
    (self.character, self.user, self.chance, self.variables) = (character, user, chance, variables)
    (self.original, self.time, self.outlets) = (original, time, outlets)
  }

  /// The text with its macros filled.
  ///
  /// - Complexity: O(n) in its length, and in what nested macros come to.
  package mutating func filled(_ text: String) -> String {
    guard text.contains("{{") || text.contains("<") else { return text }
    var open: [Buffer] = [Buffer()]
    var rest = text[...]
    while let next = rest.firstIndex(where: { "{}<".contains($0) }) {
      open[open.count - 1].append(rest[..<next])
      rest = rest[next...]
      if rest.hasPrefix("{{"), open.count < Self.maximumDepth {
        rest = rest.dropFirst(2)
        open.append(Buffer())
      } else if rest.hasPrefix("}}"), open.count > 1 {
        rest = rest.dropFirst(2)
        let body = open.removeLast().text
        put(body, on: &open[open.count - 1])
      } else if let (name, length) = Self.tag(at: rest) {
        open[open.count - 1].append(name == "user" ? user : character)
        rest = rest.dropFirst(length)
      } else {
        open[open.count - 1].append(rest.prefix(1))
        rest = rest.dropFirst()
      }
    }
    open[open.count - 1].append(rest)
    var result = open[0]
    for buffer in open.dropFirst() { result.append("{{" + buffer.text) }
    return result.text
  }

  private static let maximumDepth = 100

  private mutating func put(_ body: String, on buffer: inout Buffer) {
    if body.lowercased().filter({ !$0.isWhitespace }) == "trim" { return buffer.trim() }
    if let value = value(of: body) { return buffer.append(value) }
    let name = String(body.prefix { !":".contains($0) }.prefix(40))
    if !name.contains("{"), !Self.isKnown(name), !unknown.contains(name) { unknown.append(name) }
    buffer.append("{{" + body + "}}")
  }

  private static func tag(at text: Substring) -> (name: String, length: Int)? {
    for (tag, name) in [("<user>", "user"), ("<bot>", "char"), ("<char>", "char")]
    where text.prefix(tag.count).lowercased() == tag {
      return (name, tag.count)
    }
    return nil
  }
}

/// A text that is being put together.
private struct Buffer {
  private(set) var text = ""
  private var swallowsBreaks = false

  mutating func append(_ part: some StringProtocol) {
    if swallowsBreaks {
      let rest = part.drop { $0.isNewline }
      if rest.isEmpty { return }
      swallowsBreaks = false
      text += rest
    } else {
      text += part
    }
  }

  /// Takes away the breaks of lines around this place.
  mutating func trim() {
    while text.last?.isNewline == true { text.removeLast() }
    swallowsBreaks = true
  }
}

extension Macros {
  private static let plain: Set<String> = [
    "char", "user", "original", "newline", "noop", "trim", "time", "date", "weekday", "isotime", "isodate",
    "idle_duration", "random", "pick", "roll", "reverse", "comment", "hidden_key", "getvar", "setvar",
    "outlet",
  ]

  /// The names of all macros, sorted.
  package static let names = plain.sorted()

  /// Whether a name is one of those that are filled where what is needed is there.
  package static func isKnown(_ name: String) -> Bool {
    let name = name.lowercased().filter { !$0.isWhitespace }
    return name.hasPrefix("//") || plain.contains(name)
  }

  /// The names of macros in a text that nobody knows, each once.
  package static func unknown(in text: String) -> [String] {
    var macros = Macros(character: "", user: "")
    _ = macros.filled(text)
    return macros.unknown
  }

  /// What a macro comes to; nil to leave it as it is.
  private mutating func value(of body: String) -> String? {
    if body.drop(while: \.isWhitespace).hasPrefix("//") { return "" }
    let start =
      body.firstIndex { $0 == ":" || $0 == " " && body.lowercased().hasPrefix("roll") } ?? body.endIndex
    let name = body[..<start].lowercased().filter { !$0.isWhitespace }
    let rest = body[start...].drop { $0 == ":" || $0 == " " }
    guard start < body.endIndex else { return value(named: name) }
    switch name {
    case "comment", "hidden_key": return ""
    case "reverse": return String(rest.reversed())
    case "random": return chosen(from: body[start...], among: rest, isFixed: false)
    case "pick": return chosen(from: body[start...], among: rest, isFixed: true)
    case "roll": return rolled(String(rest))
    case "getvar": return variables[String(rest.trimmed)] ?? ""
    case "setvar": return set(rest)
    case "outlet": return outlets.map { $0[String(rest.trimmed)] ?? "" }
    default: return nil
    }
  }

  private func value(named name: String) -> String? {
    switch name {
    case "char": character
    case "user": user
    case "original": original
    case "newline": "\n"
    case "noop", "comment", "hidden_key": ""
    default: time?.text(of: name)
    }
  }

  private mutating func set(_ rest: Substring) -> String {
    guard let end = rest.firstRange(of: "::") else { return "" }
    let assignment = Assignment(
      name: String(rest[..<end.lowerBound].trimmed), value: String(rest[end.upperBound...].trimmed))
    variables[assignment.name] = assignment.value
    assignments.append(assignment)
    return ""
  }

  /// One of several texts, between `::` or commas; a comma behind a backslash is none.
  private mutating func chosen(from written: Substring, among rest: Substring, isFixed: Bool) -> String? {
    var texts: [String] = []
    if written.hasPrefix("::") {
      texts = String(rest).split("::")
    } else {
      var current = ""
      var isEscaped = false
      for character in rest {
        if character == ",", !isEscaped {
          texts.append(current)
          current = ""
        } else if character == ",", isEscaped {
          current.removeLast()
          current.append(character)
        } else {
          current.append(character)
        }
        isEscaped = character == "\\"
      }
      texts.append(current)
    }
    guard let number = number(isFixed ? "pick.\(rest)" : "random.\(rest)", isFixed: isFixed) else {
      return nil
    }
    return String(texts[Draw.index(number, below: texts.count)].trimmed)
  }

  /// The sum of dice: `6`, `d6`, `2d6`, `2d6+1`.
  private mutating func rolled(_ dice: String) -> String? {
    let parts = dice.lowercased().filter { !$0.isWhitespace }
    let end = parts.dropFirst().firstIndex { $0 == "+" || $0 == "-" } ?? parts.endIndex
    let words = parts[..<end].split(separator: "d", omittingEmptySubsequences: false)
    let added = end == parts.endIndex ? 0 : Int(parts[end...]) ?? 0
    guard (1...2).contains(words.count), let sides = words.last.flatMap({ Int($0) }),
      let count = words.count == 1 || words[0].isEmpty ? 1 : Int(words[0]), (1...1_000_000).contains(sides),
      (1...100).contains(count), abs(added) <= 1_000_000
    else { return "" }
    var sum = added
    for _ in 0..<count {
      guard let number = number("roll.\(dice)", isFixed: false) else { return nil }
      sum += Draw.index(number, below: sides) + 1
    }
    return String(sum)
  }

  /// A number for a name; the same in every turn where it is fixed.
  private mutating func number(_ name: String, isFixed: Bool) -> Double? {
    guard let chance else { return nil }
    if isFixed { return Draw.number(seed: chance.seed, turn: 0, site: Draw.site(of: name)) }
    draws += 1
    return Draw.number(
      seed: chance.seed, turn: chance.turn, site: Draw.site(of: "\(draws).\(name)"), attempt: chance.attempt)
  }
}

extension StringProtocol {
  fileprivate var trimmed: SubSequence {
    let start = drop { $0.isWhitespace }
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? start.prefix(0)
  }
}

extension String {
  fileprivate func split(_ separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}

extension String {
  /// The text with its macros filled for a position.
  package func withMacros(of program: Program, at snapshot: Snapshot, user: String, time: String?) -> String {
    guard contains("{{") else { return self }
    var macros = Macros(
      character: program.character, user: user,
      chance: Macros.Chance(seed: snapshot.seed, turn: snapshot.turn, attempt: 0),
      variables: Dictionary(
        zip(program.variables, snapshot.variables).map { ($0.name, $0.text($1)) }, uniquingKeysWith: { $1 }),
      time: time.flatMap { MacroTime($0) })
    return macros.filled(self)
  }
}
