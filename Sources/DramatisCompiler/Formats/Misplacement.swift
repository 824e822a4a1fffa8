import Dramatis

/// Keys that stand a level too deep or not deep enough: each is told once, and what belongs to it is passed over.
extension NodeReading {
  /// The entries of a mapping of names, without those that are keys of something else.
  mutating func placed(_ written: [MappingEntry], of field: Field<NamesValue>) -> [MappingEntry] {
    for entry in written where entry.isMerge { mergeKey(entry) }
    let entries = written.filter { !$0.isMerge }
    let kind = NamedKind(field.key.value.shape)
    if let first = entries.first, kind.isNameless(entries) {
      report(
        .misplacedKey, message: "'\(first.key.text)' is a key of \(kind.called), whose name is missing",
        at: first.key.span,
        help: ["write the name in a line of its own above it, and indent all that belongs to it"])
      entries.forEach { passOver($0) }
      namesAreUnknown()
      return []
    }
    var kept: [MappingEntry] = []
    var index = 0
    while index < entries.count {
      let entry = entries[index]
      if field.parentKeys.contains(entry.key.text), kind.isForeign(entry.value) {
        // What follows is as deep as this key, so that nobody can tell whose it is.
        misplaced(entry, in: field, called: kind.called)
        entries[index...].forEach { passOver($0) }
        return kept
      }
      let own = entries[(index + 1)...].prefix { kind.isKey($0) }
      index += 1
      guard entry.value.isNull, !entry.value.isBroken, let first = own.first else {
        kept.append(entry)
        continue
      }
      report(
        Diagnostic(
          .misplacedKey,
          message: "the indentation makes '\(first.key.text)' a name, and it is a key of \(kind.called)",
          at: first.key.span, label: "as deep as the name '\(entry.key.text)'",
          help: ["indent it, and what else belongs to '\(entry.key.text)'"],
          marks: [Diagnostic.Mark(entry.key.span, "it belongs below this")]))
      ([entry] + own).forEach { passOver($0) }
      index += own.count
    }
    return kept
  }

  private mutating func misplaced(_ entry: MappingEntry, in field: Field<NamesValue>, called: String) {
    let (here, there) = (entry.key.span.start, field.entry?.key.span.start ?? entry.key.span.start)
    let place = "'\(entry.key.text)' is a key of \(field.parentCalled)"
    report(
      Diagnostic(
        .misplacedKey, message: "\(place), and its indentation makes it \(called)", at: entry.key.span,
        label: here.line == there.line ? nil : "\(here.column - 1) blanks here",
        help: ["indent it like '\(field.key.name)'"],
        marks: here.line == there.line
          ? [] : [Diagnostic.Mark(field.entry?.key.span ?? entry.key.span, "\(there.column - 1) here")]))
  }

  /// Tells of keys that are unknown because they stand as deep as the key to which they belong.
  ///
  /// - Returns: How many of the entries after the first were told of by this.
  mutating func outdented(
    _ entries: ArraySlice<MappingEntry>, below owner: MappingEntry, in mapping: MappingDescription
  )
    -> Int
  {
    guard !owner.value.isBroken, owner.value.isNull || owner.value.isMapping,
      let key = mapping.keys.first(where: { $0.name == owner.key.text }), let kind = NamedKind(of: key.shape),
      owner.value.isNull || kind.isOfMappings
    else { return 0 }
    let own = entries.prefix {
      !mapping.names.contains($0.key.text) && kind.isElement($0.value)
        && (owner.value.isNull || nearest($0.key.text, among: mapping.names) == nil)
    }
    guard let first = own.first else { return 0 }
    report(
      Diagnostic(
        .misplacedKey,
        message: "the indentation makes '\(first.key.text)' a key of \(mapping.called)",
        at: first.key.span,
        label: "as deep as '\(owner.key.text)'",
        help: ["indent it, and what else belongs to '\(owner.key.text)'"],
        marks: [Diagnostic.Mark(owner.key.span, "it belongs below this")]))
    own.forEach { passOver($0) }
    return own.count
  }

  /// Tells of a merge key, with which YAML 1.1 takes over the keys of another mapping.
  mutating func mergeKey(_ entry: MappingEntry) {
    report(
      .mergeKey, message: "merge keys ('<<') are not read", at: entry.key.span,
      help: ["repeat the keys here; an alias (*name) stands for a whole value only"])
    passOver(entry)
  }
}

extension MappingEntry {
  /// Whether its key takes over those of another mapping.
  var isMerge: Bool { key.text == "<<" && key.scalar?.style == .plain }
}

/// What the names of a mapping stand for.
private struct NamedKind {
  private let element: MappingDescription?
  private let isOfTopics: Bool

  init(_ shape: ValueShape) {
    if case .named(.object(let type)) = shape { element = type.mapping } else { element = nil }
    if case .mapping(.either) = shape { isOfTopics = true } else { isOfTopics = false }
  }

  /// Nil for what is no mapping of names.
  init?(of shape: ValueShape) {
    switch shape {
    case .named, .mapping: self.init(shape)
    default: return nil
    }
  }

  /// Whether each name stands for a mapping with known keys.
  var isOfMappings: Bool { element != nil }

  var called: String { element?.called ?? (isOfTopics ? "a topic" : "a state") }

  /// Whether a value is what a name stands for.
  func isElement(_ node: Node) -> Bool {
    if let element { return Self.holds(node, only: element) }
    switch node.content {
    case .scalar: return !isOfTopics
    case .sequence: return isOfTopics
    case .mapping: return isOfTopics && Self.holds(node, only: TopicKeys.mapping)
    }
  }

  /// Whether a value that stands at the name of another key is that key's, and none for a name.
  func isForeign(_ node: Node) -> Bool {
    guard !node.isBroken else { return false }
    guard isOfTopics, case .sequence(let items) = node.content else {
      return element == nil && !isOfTopics ? node.scalar == nil : !isElement(node)
    }
    return items.contains { item in
      if case .mapping = item.content { !Self.holds(item, only: GateKeys.mapping) } else { false }
    }
  }

  /// Whether an entry is a key of an element rather than the name of one.
  func isKey(_ entry: MappingEntry) -> Bool {
    guard let element, element.names.contains(entry.key.text) else { return false }
    return !Self.holds(entry.value, only: element)
  }

  /// Whether all entries are keys of one element.
  func isNameless(_ entries: [MappingEntry]) -> Bool { entries.allSatisfy(isKey) }

  private static func holds(_ node: Node, only mapping: MappingDescription) -> Bool {
    guard case .mapping(let entries) = node.content, !entries.isEmpty else { return false }
    return entries.allSatisfy { mapping.names.contains($0.key.text) }
  }
}
