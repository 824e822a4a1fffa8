/// A mapping whose keys have been checked.
struct Fields {
  /// What the mapping describes, for messages: "a question".
  let what: String
  /// Where to point when something is missing.
  let span: SourceSpan
  private let keys: [String]
  private let entries: [Entry]

  init(what: String, span: SourceSpan, keys: [String], entries: [Entry]) {
    self.what = what
    self.span = span
    self.keys = keys
    self.entries = entries
  }

  /// Whether an unknown key looks like this one, or there are unknown keys only.
  func mayMisspell(_ key: String) -> Bool {
    let unknown = entries.map(\.key.text).filter { !keys.contains($0) }
    guard !unknown.isEmpty else { return false }
    return unknown.count == entries.count || unknown.contains { nearest($0, among: keys) == key }
  }

  func entry(_ key: String) -> Entry? {
    entries.firstIndex(ofKey: key).map { entries[$0] }
  }

  /// Whether a key's mapping has been reported: it is left out, or something else was written.
  func lacksMapping(_ key: String) -> Bool {
    guard let node = self[key] else { return true }
    if case .mapping = node.content { return false }
    return node.isBroken || !node.isNull
  }

  subscript(key: String) -> Node? {
    entries.firstIndex(ofKey: key).map { entries[$0].value }
  }
}

extension [Entry] {
  /// Looks at the keys in their place: an entry is large, and copying each costs more than comparing them.
  func firstIndex(ofKey key: String) -> Int? {
    for index in indices {
      if case .scalar(let scalar) = self[index].key.content, scalar.text == key { return index }
    }
    return nil
  }
}

extension Node {
  var scalar: Scalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }

  /// The text of a scalar; empty for anything else.
  var text: String { scalar?.text ?? "" }

  /// Whether nothing was written: an empty plain scalar, `~` or `null`.
  var isNull: Bool {
    scalar?.isNull ?? false
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
