import Dramatis

/// A mapping of a file whose keys have been checked; each is had by its name in ``KeyedMapping``.
@dynamicMemberLookup
struct Fields<Keys: KeyedMapping>: Sendable {
  fileprivate let written: WrittenMapping

  /// - Parameter span: Where to point when something is missing.
  init(_ entries: [MappingEntry], span: SourceSpan) {
    written = WrittenMapping(description: Keys.mapping, entries: entries, span: span)
  }

  /// Where to point when something is missing.
  var span: SourceSpan { written.span }
  /// Whether there are keys that nobody knows, which has been told.
  var hasUnknownKeys: Bool { written.entries.contains { !written.description.names.contains($0.key.text) } }

  subscript<Value>(dynamicMember key: KeyPath<Keys, Key<Value>>) -> Field<Value> {
    Field(Keys.keys[keyPath: key], in: written)
  }
}

/// The entries of a mapping, and what kind of mapping they were read as.
private struct WrittenMapping: Sendable {
  let description: MappingDescription
  let entries: [MappingEntry]
  let span: SourceSpan

  private var required: [String] { description.keys.filter(\.isRequired).map(\.name) }

  /// Whether an unknown key looks like this one or stands alone in its place, or there are unknown keys only.
  func mayMisspell(_ key: String) -> Bool {
    let known = description.names
    let unknown = entries.map(\.key.text).filter { !known.contains($0) }
    guard !unknown.isEmpty else { return false }
    if unknown.contains("<<") { return true }
    if unknown.count == 1, required.filter({ entries.firstIndex(ofKey: $0) == nil }) == [key] { return true }
    return unknown.count == entries.count || unknown.contains { nearest($0, among: known) == key }
  }
}

/// A key of a mapping together with what a file says for it.
struct Field<Value: KeyValue>: Sendable {
  let key: Key<Value>
  fileprivate let mapping: WrittenMapping
  private let place: Int?

  fileprivate init(_ key: Key<Value>, in mapping: WrittenMapping) {
    (self.key, self.mapping) = (key, mapping)
    place = mapping.entries.firstIndex(ofKey: key.name)
  }

  /// The key and the value as written; nil where the key is left out.
  var entry: MappingEntry? { place.map { mapping.entries[$0] } }
  /// The value as written; nil where the key is left out.
  var node: Node? { place.map { mapping.entries[$0].value } }
  var isGiven: Bool { place != nil }
  /// The keys of the mapping in which it stands, and what that is called.
  var parentKeys: [String] { mapping.description.names }
  var parentCalled: String { mapping.description.called }
  /// Whether an unknown key, which has been reported, may be meant for this one.
  var mayBeMisspelt: Bool { mapping.mayMisspell(key.name) }

  /// Whether a missing mapping has been reported: it is left out, or something else was written.
  var lacksMapping: Bool {
    guard let node else { return true }
    if case .mapping = node.content { return false }
    return node.isBroken || !node.isNull
  }
}

extension NodeReading {
  /// Checks that a node is a mapping of known keys.
  ///
  /// - Parameter span: Where to point when a key is missing; the mapping itself unless given.
  mutating func fields<Keys: KeyedMapping>(
    of node: Node, as keys: Keys.Type, span: SourceSpan? = nil
  ) -> Fields<Keys>? {
    let description = keys.mapping
    guard case .mapping(let entries) = node.content else {
      wrongType(node, expected: "a mapping for \(description.called)")
      return nil
    }
    if node.isTextInBraces, !entries.contains(where: { description.names.contains($0.key.text) }) {
      wrongType(node, expected: "a mapping for \(description.called)")
      return nil
    }
    let legible = checkKeys(of: entries, in: description)
    return Fields(legible, span: span ?? entries.first?.key.span ?? node.span)
  }

  /// Tells of unknown keys.
  ///
  /// - Returns: The entries; a value that a comma cut off is broken, as that has been told.
  private mutating func checkKeys(of entries: [MappingEntry], in mapping: MappingDescription)
    -> [MappingEntry]
  {
    var legible = entries
    var index = 0
    while index < entries.count {
      let entry = entries[index]
      let before = index > 0 ? entries[index - 1] : nil
      index += 1
      guard !mapping.names.contains(entry.key.text) else { continue }
      if entry.isMerge {
        mergeKey(entry)
        continue
      }
      let isHidden = entry.key.text.firstInvisible?.scalar.invisibleName != nil
      if !isHidden, let before, mapping.names.contains(before.key.text) {
        let count = outdented(entries[(index - 1)...], below: before, in: mapping)
        if count > 0 {
          index += count - 1
          continue
        }
        if entry.cutsOff(before) {
          legible[index - 2] = MappingEntry(key: before.key, value: .broken(at: before.value.span))
          if let number = before.value.text.decimal(with: entry.key.text) {
            decimalComma(number, at: entry.key.span)
            continue
          }
        }
      }
      unknownKey(entry, in: mapping, beside: entries)
      passOver(entry)
    }
    return legible
  }

  private mutating func decimalComma(_ number: String, at span: SourceSpan) {
    report(
      .unknownKey, message: "a number is written with a point and not with a comma", at: span,
      label: "the comma before this ends the value", help: ["write \(number)"])
  }

  private mutating func unknownKey(
    _ entry: MappingEntry, in mapping: MappingDescription, beside entries: [MappingEntry]
  ) {
    let key = entry.key.text
    if mapping.reserved.contains(key) {
      report(
        .reservedKey, message: "the key '\(key)' is reserved for a later version", at: entry.key.span,
        help: ["this version does nothing with it; remove it"])
      return
    }
    if let invisible = key.firstInvisible?.scalar.invisibleName {
      report(
        .unknownKey, message: "this key holds \(invisible)", at: entry.key.span,
        help: ["remove it; between words and before a key there are ordinary spaces"])
      return
    }
    if let colon = key.first(where: SourceLine.colons.contains), entry.value.isNull {
      report(
        .unknownKey, message: "'\(colon)' is no colon, although it looks like one", at: entry.key.span,
        help: ["write ': ', an ordinary colon and a blank"])
      return
    }
    let missing = mapping.keys.filter { $0.isRequired && entries.firstIndex(ofKey: $0.name) == nil }
    let isAlone = entries.count { !mapping.names.contains($0.key.text) } == 1
    // Of an unknown and a missing key, one is told of.
    let replaced = isAlone && missing.count == 1 ? missing.first?.name : nil
    let near = nearest(key, among: mapping.names) ?? replaced
    var help =
      near.map { "did you mean '\($0)'?" } ?? "known keys are \(mapping.names.joined(separator: ", "))"
    if entry.value.isNull, key.contains(" ") || near == nil && key.contains(where: { !$0.isLetter }) {
      help = "if the comma before it belongs to a text or a condition, put that in quotes"
    } else if key.contains(" ") {
      help = "if this is a sentence with a colon in it, put it in quotes"
    }
    report(
      .unknownKey, message: "unknown key '\(key)'", at: entry.key.span,
      label: "\(mapping.called) has no such key", help: [help])
  }

  /// Reports a key that is left out; nothing where an unknown key, which has been reported, may be what was meant.
  mutating func missing(_ field: Field<some KeyValue>) {
    guard !field.mayBeMisspelt else { return }
    report(
      .missingKey, message: "\(field.mapping.description.called) needs the key '\(field.key.name)'",
      at: field.mapping.span)
  }

  /// The value of a key as written; reports a key that must be given and is not.
  mutating func node(of field: Field<some KeyValue>) -> Node? {
    if field.key.isRequired, !field.isGiven { missing(field) }
    return field.node
  }

  /// The value of a key; nil where it is left out or wrong.
  mutating func value<Value: ReadableValue>(of field: Field<Value>) -> Value.Output? {
    node(of: field).flatMap { field.key.value.read($0, of: field.key.name, by: &self) }
  }

  /// The value of a key, or what it stands for where it is left out or wrong.
  mutating func value<Base>(of field: Field<DefaultedValue<Base>>) -> Base.Output {
    let value = field.key.value
    return field.node.flatMap { value.base.read($0, of: field.key.name, by: &self) } ?? value.fallback
  }

  /// The texts of a key; those that are none are left out.
  mutating func value(of field: Field<TextsValue>) -> [Node] { texts(of: node(of: field)) }

  /// The elements of a key's list.
  mutating func value(of field: Field<ListValue>) -> [Node] { items(of: node(of: field)) }

  /// The entries of a key's mapping.
  mutating func value(of field: Field<NamesValue>) -> [MappingEntry] {
    placed(entries(of: node(of: field), naming: field.key.value.content), of: field)
  }

  /// The entries of a key's mapping, no more than may be, and those beyond, which are reported.
  mutating func entries(
    of field: Field<NamesValue>, atMost limit: Int
  ) -> (kept: [MappingEntry], rest: ArraySlice<MappingEntry>) {
    let entries = value(of: field)
    if entries.count > limit {
      report(
        .tooMany,
        message: "\(entries.count) \(field.key.value.content) are more than the \(limit) that there may be",
        at: entries[limit].key.span)
    }
    return (Array(entries.prefix(limit)), entries.dropFirst(limit))
  }
}

extension Node {
  /// The value of a key, in a document whose shape has been checked.
  subscript<Keys: KeyedMapping>(key: KeyPath<Keys, Key<some KeyValue>>) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.firstIndex(ofKey: Keys.keys[keyPath: key].name).map { entries[$0].value }
  }
}

extension MappingEntry {
  /// Whether it is what a comma cut off the value before it, in braces.
  func cutsOff(_ before: MappingEntry) -> Bool {
    value.isNull && key.span.start.line == before.value.span.end.line && before.value.scalar?.style == .plain
  }
}

extension String {
  /// The number that was written with a comma, of which this is what stands before it; nil where none was.
  fileprivate func decimal(with rest: String) -> String? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    let whole = String(reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    guard !digits.isEmpty, !whole.isEmpty, !rest.dropFirst(digits.count).contains(where: \.isLetter) else {
      return nil
    }
    return "\(whole).\(digits)"
  }
}
