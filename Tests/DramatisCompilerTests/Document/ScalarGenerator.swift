import TestSupport

/// Writes scalars of every style, in block and in flow context.
struct ScalarGenerator {
  private var random: SeededGenerator

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  private static let words = [
    "a", "wary", "größe", "日本", "🦊", "e\u{301}", "x#y", "it", "--", "?x", "1", "\u{A0}", "ñ:o",
  ]
  private static let breaks = [
    "\n", "\n", "\n", "\n\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\n \n", "\n\t\n\n",
  ]
  private static let escapes = [
    "\\n", "\\t", "\\x41", "\\u00e9", "\\U0001F98A", "\\\\", "\\\"", "\\_", "\\N", "\\L", "\\P", "\\e", "\\0",
    "\\ ", "\\/", "\\\n   ", "\\\n\n  ", " \\\n \\ ",
  ]

  /// A document of one to four entries; some of them are not valid YAML.
  mutating func document() -> String {
    let depth = random.int(0...2)
    let indent = String(repeating: " ", count: depth * (1 + random.int(0...2)))
    var text =
      depth == 0
      ? ""
      : (0..<depth).map { String(repeating: " ", count: indent.count / depth * $0) + "k\($0):\n" }.joined()
    for number in 0...random.int(0...2) {
      text += "\(indent)v\(number): \(value(indent: indent.count))\(trailer())"
    }
    return text
  }

  private mutating func trailer() -> String {
    random.pick(["\n", "\n", " # a comment\n", "  \n", "\n# comment\n\n", "\r\n"])
  }

  private mutating func value(indent: Int) -> String {
    let inner = String(repeating: " ", count: indent + 1 + random.int(0...3))
    switch random.int(0...7) {
    case 0: return plain(inner)
    case 1: return single(inner)
    case 2: return double(inner)
    case 3, 4: return block(indent: indent)
    case 5: return "[\(plain(inner)), \(single(inner)), &x \(double(inner)), {k: \(plain(inner))}]"
    case 6: return "&anchor\(random.int(0...8)) # why\n\(inner)\(single(inner))"
    default: return "&a \(plain(inner))"
    }
  }

  private mutating func plain(_ indent: String) -> String {
    "w"
      + pieces { random in
        random.pick(Self.words)
      } between: { random in
        random.pick([" ", "  ", "\t", " \t"] + Self.breaks.map { $0 + indent } + [" \n" + indent])
      }
  }

  private mutating func single(_ indent: String) -> String {
    "'" + quoted(indent, special: ["''", "\"", "\\", "''''"]) + "'"
  }

  private mutating func double(_ indent: String) -> String {
    "\"" + quoted(indent, special: Self.escapes) + "\""
  }

  private mutating func quoted(_ indent: String, special: [String]) -> String {
    if random.int(0...11) == 0 { return "" }
    return pieces { random in
      random.pick(Self.words + special)
    } between: { random in
      random.pick(["", " ", "  ", "\t"] + Self.breaks.map { $0 + indent } + [" \n\t" + indent])
    }
  }

  private mutating func pieces(
    _ piece: (inout SeededGenerator) -> String, between gap: (inout SeededGenerator) -> String
  ) -> String {
    (0...random.int(0...5)).map { _ in piece(&random) + gap(&random) }.joined() + piece(&random)
  }

  private mutating func block(indent: Int) -> String {
    let hint = random.int(0...2) == 0 ? 1 + random.int(0...2) : 0
    let margin = String(repeating: " ", count: indent + (hint > 0 ? hint : 1 + random.int(0...2)))
    let chomping = random.pick(["", "-", "+"])
    let header = (random.int(0...1) == 0 ? "|" : ">") + (hint > 0 ? "\(hint)" : "") + chomping
    return header + random.pick(["\n", " # note\n", "\r\n"]) + lines(margin)
  }

  private mutating func lines(_ margin: String) -> String {
    (0...random.int(0...5)).map { _ in
      let line =
        margin + random.pick(["", "", "", " ", "  ", "\t"]) + random.pick(Self.words)
      return random.pick([line, line, line + " more ", "", margin, margin + "  ", " "])
        + random.pick(["\n", "\n", "\n", "\r\n", "\r", "\u{85}", "\u{2029}"])
    }.joined()
  }
}
