import Dramatis

extension ProfileReader {
  /// Reads the book below `lore`: a mapping, or its entries alone.
  ///
  /// - Parameters:
  ///   - name: What the book is called unless it says so.
  ///   - reader: Who knows of it.
  mutating func lorebook(_ field: Field<OtherValue>, called name: String, for reader: [String]) -> Lorebook? {
    guard let node = field.node, !node.isNull else { return nil }
    if case .sequence(let nodes) = node.content {
      return lorebook(of: nodes, called: name, settings: Self.standardLore, for: reader)
    }
    guard let fields = fields(of: node, as: LorebookKeys.self, span: field.entry?.key.span) else {
      return nil
    }
    return lorebook(fields, called: name, for: reader)
  }

  /// Reads a book whose keys have been checked.
  mutating func lorebook(
    _ fields: Fields<LorebookKeys>, called name: String, for reader: [String]
  ) -> Lorebook? {
    if let version = fields.lore.node, version.text != "1" {
      report(
        .unsupportedFile, message: "unsupported version \(version.text.quoted)", at: version.span,
        help: ["this version of Dramatis reads 'lore: 1'"])
    }
    var settings = LoreSettings()
    settings.dialect = value(of: fields.dialect)
    settings.depth = value(of: fields.scanDepth)
    // The budget as it is: all of a context of this size.
    settings.budget = 100
    settings.contextTokens = value(of: fields.budget)
    settings.isRecursive = value(of: fields.recursive)
    settings.maximumSteps = value(of: fields.maxPasses)
    settings.minimumActivations = value(of: fields.minEntries)
    settings.matchesWholeWords = value(of: fields.wholeWords)
    settings.isCaseSensitive = value(of: fields.caseSensitive)
    settings.usesGroupScoring = value(of: fields.groupScoring)
    settings.includesNames = value(of: fields.includeNames)
    return lorebook(
      of: value(of: fields.entries), called: value(of: fields.name) ?? name, settings: settings, for: reader)
  }

  /// How a book is searched that says nothing of it.
  private static var standardLore: LoreSettings {
    let keys = LorebookKeys.keys
    var settings = LoreSettings()
    settings.dialect = keys.dialect.value.fallback
    settings.depth = keys.scanDepth.value.fallback
    (settings.budget, settings.contextTokens) = (100, keys.budget.value.fallback)
    settings.matchesWholeWords = keys.wholeWords.value.fallback
    settings.includesNames = keys.includeNames.value.fallback
    return settings
  }

  private mutating func lorebook(
    of nodes: [Node], called name: String, settings: LoreSettings, for reader: [String]
  ) -> Lorebook? {
    if nodes.count > limits.loreEntries {
      report(
        .tooMany, message: "\(nodes.count) entries are more than the \(limits.loreEntries) of a book",
        at: nodes[limits.loreEntries].span)
    }
    var entries: [LoreEntry] = []
    for (number, node) in nodes.prefix(limits.loreEntries).enumerated() {
      guard let fields = fields(of: node, as: LoreEntryKeys.self) else { continue }
      let members = value(of: fields.members).map(\.text)
      let isMeant =
        members.isEmpty
        || members.contains { member in
          reader.contains { FoldedName($0) == FoldedName(member) }
        }
      // Of what is for others no name is looked for: they may have other ones.
      guard isMeant else { continue }
      entries.append(loreEntry(fields, number: number, of: name))
    }
    // Those of a higher order are tried first, as in front ends that such books come from.
    let byOrder = entries.enumerated().sorted {
      ($1.element.order, $0.offset) < ($0.element.order, $1.offset)
    }
    return Lorebook(name: name, settings: settings, entries: byOrder.map(\.element))
  }

  private mutating func loreEntry(
    _ fields: Fields<LoreEntryKeys>, number: Int, of book: String
  ) -> LoreEntry {
    var entry = LoreEntry(id: number)
    entry.book = book
    entry.name = value(of: fields.name) ?? ""
    entry.content = value(of: fields.content) ?? ""
    entry.keys = patterns(fields.keys)
    entry.secondaryKeys = patterns(fields.secondaryKeys)
    entry.logic = value(of: fields.secondary).logic
    entry.condition = value(of: fields.when).map { placed($0) }
    entry.isConstant = value(of: fields.constant)
    entry.isDisabled = !value(of: fields.enabled)
    entry.order = value(of: fields.order)
    entry.priority = value(of: fields.priority)
    entry.position = value(of: fields.position).position
    entry.depth = value(of: fields.depth)
    entry.role = LoreWords.Speaker.allCases.firstIndex(of: value(of: fields.role)) ?? 0
    entry.outlet = value(of: fields.slot) ?? ""
    if entry.position == .outlet, entry.outlet.isEmpty { missing(fields.slot) }
    entry.probability = value(of: fields.probability)
    entry.sticky = value(of: fields.sticky)
    entry.cooldown = value(of: fields.cooldown)
    entry.delay = value(of: fields.delay)
    entry.group = value(of: fields.group).map(\.text).joined(separator: ", ")
    entry.overridesGroup = value(of: fields.groupOverride)
    entry.groupWeight = value(of: fields.groupWeight)
    entry.usesGroupScoring = value(of: fields.groupScoring)
    entry.excludesRecursion = value(of: fields.excludesRecursion)
    entry.preventsRecursion = value(of: fields.preventsRecursion)
    entry.recursionLevel = value(of: fields.recursionLevel)
    entry.ignoresBudget = value(of: fields.ignoresBudget)
    entry.scanDepth = value(of: fields.scanDepth)
    entry.matchesWholeWords = value(of: fields.wholeWords)
    entry.isCaseSensitive = value(of: fields.caseSensitive)
    entry.triggers = value(of: fields.triggers).compactMap { word($0, of: LoreWords.Trigger.self)?.rawValue }
    for node in value(of: fields.search) {
      if let field = word(node, of: LoreWords.Field.self) { entry.fields.insert(field.field) }
    }
    entry.source = entry.identity
    return entry
  }

  /// The place of a condition among those of what is told and kept.
  mutating func placed(_ condition: Condition) -> Int {
    loreConditions.append(condition)
    return firstLoreCondition + loreConditions.count - 1
  }

  private mutating func word<Word: RawRepresentable & CaseIterable & Sendable>(
    _ node: Node, of type: Word.Type
  ) -> Word? where Word.RawValue == String {
    word(node, expected: WordValue(words: Array(Word.allCases)).written)
  }

  /// The keys of an entry; a pattern that cannot be matched is told where it stands.
  private mutating func patterns(_ field: Field<TextsValue>) -> [String] {
    value(of: field).map { node in
      if let problem = ScriptPattern.problem(of: node.text) {
        report(
          .lorePattern, message: "this pattern holds \(problem), which is not matched here", at: node.span,
          label: "it is taken for plain text",
          help: ["write what it means as several keys, or with 'secondary-keys'"])
      }
      return node.text
    }
  }
}

extension ScriptPattern {
  /// What in a key between slashes keeps it from being matched; nil where nothing does, or it is no pattern.
  static func problem(of key: String) -> String? {
    do throws(Problem) {
      _ = try ScriptPattern(delimited: key)
      return nil
    } catch {
      if case .unsupported(let what) = error { return what }
      return nil
    }
  }
}

extension LoreEntry {
  /// What tells whether an entry is still the one that it was: a short digest of all that it says.
  var identity: String {
    var entry = self
    entry.source = ""
    // Where it stands and what it is called is no part of what it says.
    (entry.id, entry.condition) = (0, condition == nil ? nil : 0)
    let text = (try? entry.jsonLine()) ?? ""
    return "\(book)#" + String(SHA256.hex(Array(text.utf8)).prefix(16)) + ".\(id)"
  }
}
