import Dramatis

/// A scalar of a document, and what it is for.
struct WrittenText {
  enum Role {
    /// What is said, with slots.
    case spoken
    /// What is told to people and models, without slots.
    case prose
    case cue
    case condition
    /// What lore tells and looks for, with macros of cards.
    case lore
    /// What somebody or something is called.
    case name
    /// Numbers, words and names that stand elsewhere.
    case other

    /// - Parameters:
    ///   - key: The key of the mapping in which a text stands, or below which the list does.
    ///   - outer: The key above that one.
    init(of key: String, below outer: String) {
      switch key {
      case "content", "keys", "secondary-keys", "system-prompt", "post-history": self = .lore
      case "dialect", "position", "secondary", "slot", "group", "for", "triggers", "search", "lorebooks",
        "lore":
        self = .other
      case "say", "greeting", "lines", "show": self = .spoken
      case "cues", "counter-cues": self = .cue
      case "aliases", "character", "title": self = .name
      case "when", "relevant", "trigger", "plant", "abandon-when", "never", "always", "reachable", "never-to",
        "without":
        self = .condition
      case "from" where outer != "examples", "to", "role", "over", "otherwise", "initial", "min", "max",
        "values",
        "probabilistic", "mixed", "bias", "window", "statement-budget", "payoffs-per-turn", "dramatis",
        "story",
        "cast", "owner", "after", "hold", "certainty", "source", "priority", "due-within",
        "not-before", "with", "language", "stall",
        "prompt-form":
        self = .other
      default: self = ["set", "stay"].contains(outer) ? .other : .prose
      }
    }
  }

  let node: Node
  let scalar: Scalar
  let role: Role

  /// The texts of a document, and its lists with the role of what stands in them, in the order of the file.
  ///
  /// No deeper than a document nests.
  static func forEach(
    in root: Node, text: (WrittenText) -> Void, list: (Node, [Node], Role) -> Void = { _, _, _ in }
  ) {
    walk(root, key: "", outer: "", text, list)
  }

  private static func walk(
    _ node: Node, key: String, outer: String, _ text: (WrittenText) -> Void,
    _ list: (Node, [Node], Role) -> Void
  ) {
    switch node.content {
    case .scalar(let scalar):
      text(WrittenText(node: node, scalar: scalar, role: Role(of: key, below: outer)))
    case .sequence(let nodes):
      list(node, nodes, Role(of: key, below: outer))
      for node in nodes { walk(node, key: key, outer: outer, text, list) }
    case .mapping(let entries):
      for entry in entries { walk(entry.value, key: entry.key.text, outer: key, text, list) }
    }
  }
}

extension SourceFile {
  /// A part of the source, as it is written.
  func source(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// An edit that puts a part of the source, which stands in one line, in double quotes.
  func quoting(_ range: Range<Int>) -> TextEdit? {
    let text = source(range)
    guard !text.contains(where: \.isNewline) else { return nil }
    return TextEdit(replacing: range, with: YAMLValue.quoted(text).text)
  }
}

extension Node {
  /// The bytes of the source in which it stands.
  var range: Range<Int> { span.start.offset..<span.end.offset }

  /// Whether it is a list in brackets.
  func isInBrackets(of file: SourceFile) -> Bool {
    guard case .sequence = content else { return false }
    return file.bytes[span.start.offset...].first == UInt8(ascii: "[")
  }
}
