import Dramatis

/// The macros of a card's texts, in curly brackets doubled, turned into what a profile has for them.
///
/// Nothing is run: a macro that a profile has nothing for stays as it stands and is told.
struct CardMacros {
  /// What stands for the character; nil where the text has slots.
  private let character: String?
  /// The names of macros that were left as they stand.
  private(set) var unknown: [String] = []

  /// - Parameter character: How the character is called in a text without slots; nil for a text with slots.
  init(character: String?) {
    self.character = character
  }

  /// The text with slots, or with names, for its macros.
  ///
  /// - Complexity: O(n) in its length.
  mutating func expanded(_ text: String) -> String {
    var result = ""
    var rest = Substring(text.replacing("\r\n", with: "\n"))
    while let brace = rest.firstIndex(where: { "{}<".contains($0) }) {
      result += rest[..<brace]
      rest = rest[brace...]
      if let (replaced, count) = macro(at: rest) {
        result += replaced
        rest = rest.dropFirst(count)
      } else {
        let character = rest.removeFirst()
        // Where there are slots, a brace is written twice.
        result.append(character)
        if self.character == nil, character != "<" { result.append(character) }
      }
    }
    return result + rest
  }

  private mutating func macro(at text: Substring) -> (String, Int)? {
    for (tag, name) in [("<user>", "user"), ("<bot>", "char"), ("<char>", "char")]
    where text.prefix(tag.count).lowercased() == tag {
      return (replacement(of: name) ?? "", tag.count)
    }
    guard text.hasPrefix("{{") else { return nil }
    let inside = text.dropFirst(2).prefix(200)
    guard let end = inside.firstRange(of: "}}")?.lowerBound, !inside[..<end].contains("{{") else {
      return nil
    }
    let name = inside[..<end]
    guard let replaced = replacement(of: String(name)) else {
      let told = String(name.prefix { $0 != ":" }.prefix(40))
      // What is filled when it is told needs no word.
      if !told.contains("{"), !Macros.isKnown(told), !unknown.contains(told) { unknown.append(told) }
      return nil
    }
    return (replaced, name.count + 4)
  }

  /// What stands for a macro; nil for one that a profile has nothing for.
  private func replacement(of name: String) -> String? {
    let plain = name.lowercased().filter { !$0.isWhitespace }
    switch plain {
    case "char": return character ?? "{character}"
    case "user": return "{user}"
    case "newline": return "\n"
    case "trim", "noop": return ""
    default: return ["//", "comment:", "hidden_key:"].contains(where: plain.hasPrefix) ? "" : nil
    }
  }
}

/// One exchange of a card's examples.
struct CardExchange: Hashable {
  var event: String
  var line: String

  /// The exchanges of a text in which `<START>` stands between conversations and a name before each speech.
  ///
  /// - Parameter names: By which names the character speaks.
  static func all(in text: String, by names: [String]) -> [CardExchange] {
    var exchanges: [CardExchange] = []
    var speeches: [(isCharacter: Bool, text: String)] = []
    func end() {
      var event = ""
      for speech in speeches {
        guard speech.isCharacter else {
          event = speech.text
          continue
        }
        if !speech.text.isEmpty {
          exchanges.append(CardExchange(event: event.isEmpty ? "…" : event, line: speech.text))
        }
        event = ""
      }
      speeches = []
    }
    for line in text.replacing("\r\n", with: "\n").split(separator: "\n") {
      if line.lowercased().hasPrefix("<start>") {
        end()
      } else if let (isCharacter, said) = speech(in: line, names: names) {
        speeches.append((isCharacter, said))
      } else if !speeches.isEmpty {
        speeches[speeches.count - 1].text += "\n" + line
      }
    }
    end()
    return exchanges
  }

  private static func speech(in line: Substring, names: [String]) -> (isCharacter: Bool, said: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    let speaker = line[..<colon].lowercased().filter { $0 != " " }
    let said = String(line[line.index(after: colon)...].drop { $0 == " " })
    if ["{{user}}", "<user>", "you"].contains(speaker) { return (false, said) }
    let own = ["{{char}}", "<bot>", "<char>"] + names.map { $0.lowercased().filter { $0 != " " } }
    return own.contains(speaker) ? (true, said) : nil
  }
}
