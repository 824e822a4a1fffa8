import Dramatis

/// An entry of a profile's lore, and where it stands.
struct WrittenEntry {
  let entry: LoreEntry
  let node: Node
  let settings: LoreSettings

  /// The node of a key of the entry, or else the entry's own.
  func place(of key: KeyPath<LoreEntryKeys, Key<some KeyValue>>) -> SourceSpan { (node[key] ?? node).span }

  /// How many tokens it takes.
  var tokens: Int { entry.content.estimatedTokens }

  /// Whether its keys are found in a text, as if that were all that was said.
  func isCalled(by text: String) -> Bool {
    guard !entry.keys.isEmpty, !entry.isConstant else { return false }
    var settings = settings
    (settings.isRecursive, settings.includesNames, settings.minimumActivations) = (false, false, 0)
    settings.depth = max(settings.depth, 1)
    var alone = LoreEntry(id: 0)
    (alone.keys, alone.secondaryKeys, alone.logic) = (entry.keys, entry.secondaryKeys, entry.logic)
    (alone.matchesWholeWords, alone.isCaseSensitive) = (entry.matchesWholeWords, entry.isCaseSensitive)
    alone.ignoresBudget = true
    var scan = LoreScan(
      [alone], messages: [LoreScan.Message(name: "", text: text)], character: LoreScan.Character(),
      settings: settings
    ) { _ in 0 }
    return !scan.run().activated.isEmpty
  }
}

extension LintContext {
  /// The entries of the profile's own book with where they stand, those left out that are switched off or for others.
  var loreEntries: [WrittenEntry] {
    guard let written = layout.root[\ProfileKeys.lore] else { return [] }
    let nodes = written.isMapping ? written[\LorebookKeys.entries]?.elements ?? [] : written.elements
    guard let book = program.lore.first else { return [] }
    return book.entries.filter { !$0.isDisabled && nodes.indices.contains($0.id) }
      .sorted { $0.id < $1.id }
      .map { WrittenEntry(entry: $0, node: nodes[$0.id], settings: book.settings) }
  }
}
