import Dramatis

/// A book of world info as SillyTavern writes it.
struct WorldInfo {
  /// What an absent field means.
  enum Absence {
    /// What SillyTavern gives a new entry.
    case isDefault
    /// What its code makes of it: old files come so.
    case isAbsent
  }

  /// The entries in the order in which JavaScript has the keys of an object: whole numbers first, from low to high.
  private(set) var entries: [LoreFields]

  init?(_ source: JSONSource, _ part: JSONPart) {
    guard let written = part["entries"] else { return nil }
    let members =
      written.members ?? (written.elements ?? []).enumerated().map { ("\($0)", $1) }.map(JSONPart.Member.init)
    let numbered = members.filter { Self.number($0.key) != nil }
      .sorted { (Self.number($0.key) ?? 0) < (Self.number($1.key) ?? 0) }
    entries = (numbered + members.filter { Self.number($0.key) == nil }).map { LoreFields(source, $0.value) }
  }

  private static func number(_ key: String) -> Int? {
    Int(key).flatMap { $0 >= 0 && "\($0)" == key ? $0 : nil }
  }

  /// The entries as they are searched.
  func loreEntries(book: String, absence: Absence = .isAbsent) -> [LoreEntry] {
    entries.map { $0.entry(book: book, absence: absence) }
  }

  /// Changes fields of the entry with a number.
  mutating func edit(_ id: Int, _ fields: JSONPart, in source: JSONSource) {
    for index in entries.indices where entries[index].id == id { entries[index].merge(fields, in: source) }
  }
}

/// The fields of one entry as they are written.
struct LoreFields {
  private var values: [String: JSONValueText] = [:]

  /// A value with its bytes.
  private struct JSONValueText {
    let part: JSONPart
    let written: String
    let texts: [String]
  }

  init() {}

  init(_ source: JSONSource, _ part: JSONPart) { merge(part, in: source) }

  /// Sets a field to a value that stands somewhere else.
  mutating func set(_ key: String, _ part: JSONPart, in source: JSONSource) {
    values[key] = JSONValueText(
      part: part, written: String(decoding: source.written(part), as: UTF8.self),
      texts: part.elements?.compactMap(source.pattern) ?? [])
  }

  /// Sets a field to a number or a boolean.
  mutating func set(_ key: String, _ written: String) {
    guard let source = JSONSource(Array(written.utf8)) else { return }
    set(key, source.root, in: source)
  }

  mutating func merge(_ part: JSONPart, in source: JSONSource) {
    for member in part.members ?? [] { set(member.key, member.value, in: source) }
  }

  var id: Int { Int(number("uid") ?? 0) }

  private func number(_ key: String) -> Double? {
    guard let value = values[key], value.part.isNumber else { return nil }
    return Double(value.written)
  }

  private func whole(_ key: String) -> Int? {
    number(key).flatMap { abs($0) < 1e9 ? Int($0) : nil }
  }

  private func flag(_ key: String) -> Bool? {
    guard case .boolean(let value) = values[key]?.part.content else { return nil }
    return value
  }

  private func text(_ key: String) -> String { values[key]?.part.string ?? "" }

  private func texts(_ key: String) -> [String] { values[key]?.texts ?? [] }

  func entry(book: String, absence: WorldInfo.Absence) -> LoreEntry {
    let isDefault = absence == .isDefault
    var entry = LoreEntry(id: id)
    entry.book = book
    entry.source = book + values.keys.sorted().map { "\u{0}\($0)=\(values[$0]?.written ?? "")" }.joined()
    entry.name = text("comment")
    entry.keys = texts("key")
    entry.secondaryKeys = texts("keysecondary")
    entry.content = text("content")
    entry.isConstant = flag("constant") ?? false
    entry.isSelective = flag("selective") ?? isDefault
    entry.logic = whole("selectiveLogic").flatMap(LoreEntry.Logic.init) ?? .any
    entry.order = number("order") ?? 100
    entry.position = (whole("position") ?? (isDefault ? 0 : nil)).flatMap(LoreEntry.Place.init)
    entry.isDisabled = flag("disable") ?? false
    entry.ignoresBudget = flag("ignoreBudget") ?? false
    setRecursion(of: &entry)
    let usesProbability = flag("useProbability") ?? isDefault
    entry.probability =
      usesProbability ? number("probability") ?? (isDefault && values["probability"] == nil ? 100 : nil) : 100
    entry.depth = whole("depth") ?? 4
    entry.role = whole("role") ?? 0
    entry.outlet = text("outletName")
    entry.group = text("group")
    entry.overridesGroup = flag("groupOverride") ?? false
    entry.groupWeight = number("groupWeight") ?? 100
    entry.scanDepth = whole("scanDepth")
    entry.isCaseSensitive = flag("caseSensitive")
    entry.matchesWholeWords = flag("matchWholeWords")
    entry.usesGroupScoring = flag("useGroupScoring")
    entry.sticky = whole("sticky") ?? 0
    entry.cooldown = whole("cooldown") ?? 0
    entry.delay = whole("delay") ?? 0
    entry.triggers = texts("triggers")
    entry.filter = filter
    entry.fields = fields
    return entry
  }

  private func setRecursion(of entry: inout LoreEntry) {
    entry.excludesRecursion = flag("excludeRecursion") ?? false
    entry.preventsRecursion = flag("preventRecursion") ?? false
    entry.recursionLevel = whole("delayUntilRecursion") ?? (flag("delayUntilRecursion") == true ? 1 : 0)
  }

  private var filter: LoreEntry.Filter? {
    guard let part = values["characterFilter"]?.part, part.members != nil else { return nil }
    var filter = LoreEntry.Filter()
    if case .boolean(true) = part["isExclude"]?.content { filter.isExcluding = true }
    filter.names = part["names"]?.elements?.compactMap(\.string) ?? []
    filter.tags = part["tags"]?.elements?.compactMap(\.string) ?? []
    return filter
  }

  private var fields: LoreEntry.Fields {
    let names: [(String, LoreEntry.Fields)] = [
      ("matchPersonaDescription", .persona), ("matchCharacterDescription", .description),
      ("matchCharacterPersonality", .personality), ("matchCharacterDepthPrompt", .depthPrompt),
      ("matchScenario", .scenario), ("matchCreatorNotes", .creatorNotes),
    ]
    return LoreEntry.Fields(names.filter { flag($0.0) == true }.map(\.1))
  }
}
