import Dramatis

extension Lorebook {
  /// The book as it stands below `lore` in a profile, or behind the first line of a file of lore.
  ///
  /// What cannot stand there is left out: entries without a text, and keys of blanks.
  package var entriesOfYAML: [YAMLValue.KeyValue] {
    let standard = LorebookKeys.keys
    var lines: [YAMLValue.KeyValue] = [
      ("dialect", .plain(settings.dialect.rawValue)), ("scan-depth", .plain("\(settings.depth)")),
    ]
    if settings.budgetInTokens != standard.budget.value.fallback {
      lines.append(("budget", .plain("\(settings.budgetInTokens)")))
    }
    func add(_ key: Key<DefaultedValue<BooleanValue>>, _ value: Bool) {
      if value != key.value.fallback { lines.append((.plain(key.name), .plain("\(value)"))) }
    }
    add(standard.recursive, settings.isRecursive)
    if settings.maximumSteps > 0 { lines.append(("max-passes", .plain("\(settings.maximumSteps)"))) }
    if settings.minimumActivations > 0 {
      lines.append(("min-entries", .plain("\(settings.minimumActivations)")))
    }
    add(standard.wholeWords, settings.matchesWholeWords)
    add(standard.caseSensitive, settings.isCaseSensitive)
    add(standard.groupScoring, settings.usesGroupScoring)
    add(standard.includeNames, settings.includesNames)
    lines.append(("entries", .list(entries.filter(\.isWritable).map { .mapping($0.entriesOfYAML) })))
    return lines
  }

  /// A file of lore.
  package var fileText: String {
    YAMLWriter.text(of: [("lore", "1"), ("name", .quoted(name.isEmpty ? "lore" : name))] + entriesOfYAML)
  }

  /// Whether it has an entry that can be written.
  var isWritable: Bool { entries.contains(where: \.isWritable) }
}

extension LoreSettings {
  /// The budget in tokens, within what a file can say.
  fileprivate var budgetInTokens: Int {
    let share = (budget * Double(contextTokens) / 100).rounded()
    let tokens = Int(min(max(share.isFinite ? share : 1, 1), 1_000_000))
    return budgetCap > 0 ? min(tokens, budgetCap) : tokens
  }
}

extension LoreEntry {
  fileprivate var isWritable: Bool { !content.isBlankText }

  private var writtenKeys: [String] { keys.filter { !$0.isBlankText } }

  /// The keys of an entry that say something else than they do where they are left out.
  fileprivate var entriesOfYAML: [YAMLValue.KeyValue] {
    var lines: [YAMLValue.KeyValue] = []
    func add(_ key: String, _ text: String) {
      if !text.isBlankText { lines.append((.plain(key), .quoted(text.shownText))) }
    }
    func add(_ key: String, _ texts: [String]) {
      let texts = texts.filter { !$0.isBlankText }.map { YAMLValue.quoted($0.shownText) }
      if !texts.isEmpty { lines.append((.plain(key), .flowList(texts))) }
    }
    func add(_ key: String, _ value: Bool, _ standard: Bool? = false) {
      if value != standard { lines.append((.plain(key), .plain("\(value)"))) }
    }
    func add(_ key: String, _ value: Double, _ standard: Double?) {
      let bound = min(max(value.isFinite ? value : 0, -1_000_000_000), 1_000_000_000)
      guard bound != standard else { return }
      lines.append((.plain(key), .plain(Int(exactly: bound).map { "\($0)" } ?? "\(bound)")))
    }
    add("name", name)
    add("keys", writtenKeys)
    if isSelective, !secondaryKeys.isEmpty {
      add("secondary-keys", secondaryKeys)
      let word = LoreWords.Secondary.allCases.first { $0.logic == logic } ?? .any
      if word != .any { lines.append(("secondary", .plain(word.rawValue))) }
    }
    add("content", content)
    // A key of blanks is found in every text, and an entry without keys in none.
    add("constant", isConstant || writtenKeys.count < keys.count && keys.contains { !$0.isEmpty })
    add("enabled", !isDisabled && (isConstant || !keys.isEmpty || condition != nil || hasDecorators), true)
    add("order", order, 100)
    if let priority { add("priority", priority, nil) }
    addPlace(to: &lines)
    add("probability", min(max(probability ?? 0, 0), 100), 100)
    for (key, value) in [("sticky", sticky), ("cooldown", cooldown), ("delay", delay)] {
      add(key, Double(max(value, 0)), 0)
    }
    add("group", group.commaSeparated)
    add("group-override", overridesGroup)
    add("group-weight", max(groupWeight, 0), 100)
    if let scoring = usesGroupScoring { add("group-scoring", scoring, nil) }
    add("excludes-recursion", excludesRecursion)
    add("prevents-recursion", preventsRecursion)
    add("recursion-level", Double(max(recursionLevel, 0)), 0)
    add("ignores-budget", ignoresBudget)
    if let scanDepth { add("scan-depth", Double(min(max(scanDepth, 0), 1000)), nil) }
    if let words = matchesWholeWords { add("whole-words", words, nil) }
    if let exact = isCaseSensitive { add("case-sensitive", exact, nil) }
    add("triggers", triggers.filter { LoreWords.Trigger(rawValue: $0) != nil })
    add("search", LoreWords.Field.allCases.filter { fields.contains($0.field) }.map(\.rawValue))
    return lines
  }

  private var hasDecorators: Bool { content.hasPrefix("@@") }

  private func addPlace(to lines: inout [YAMLValue.KeyValue]) {
    let word = LoreWords.Position.allCases.first { $0.position == position } ?? .before
    // A slot without a name cannot be asked for.
    let place = word == .slot && outlet.isBlankText ? .nowhere : word
    if place != .before { lines.append(("position", .plain(place.rawValue))) }
    guard place == .depth else {
      if place == .slot { lines.append(("slot", .quoted(outlet.shownText))) }
      return
    }
    if depth != 4 { lines.append(("depth", .plain("\(max(depth, 0))"))) }
    if LoreWords.Speaker.allCases.indices.contains(role), role > 0 {
      lines.append(("role", .plain(LoreWords.Speaker.allCases[role].rawValue)))
    }
  }
}

extension String {
  fileprivate var isBlankText: Bool { allSatisfy(\.isWhitespace) }

  /// The text without control sequences; its breaks of lines stay.
  fileprivate var shownText: String {
    var stripper = ControlStripper()
    return stripper.strip(self)
  }
}
