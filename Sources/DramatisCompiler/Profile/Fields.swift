/// A mapping whose keys have been checked.
struct Fields {
  /// What the mapping describes, for messages: "a question".
  let what: String
  /// Where to point when something is missing.
  let span: SourceSpan
  private let entries: [Entry]

  init(what: String, span: SourceSpan, entries: [Entry]) {
    self.what = what
    self.span = span
    self.entries = entries
  }

  func entry(_ key: String) -> Entry? {
    entries.first { $0.key.text == key }
  }

  subscript(key: String) -> Node? { entry(key)?.value }
}

extension Node {
  var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The text of a scalar; empty for anything else.
  var text: String { scalar?.text ?? "" }

  /// Whether nothing was written: an empty plain scalar, `~` or `null`.
  var isNull: Bool {
    guard let scalar, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.text)
  }

  /// What the node is, for messages.
  var kindDescription: String {
    switch content {
    case .scalar: isNull ? "nothing" : "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
