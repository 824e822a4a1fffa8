import Dramatis

/// Finds entries of lore that nothing can call for.
enum LoreNeverTold: LintRule {
  static let code = DiagnosticCode(
    "L080", name: "lore-never-told", severity: .warning, summary: "An entry of lore that is never told.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    let entries = context.loreEntries
    let hasForced = entries.contains { $0.entry.recursionLevel > 0 }
    return entries.compactMap { written in
      guard let (reason, help) = reason(of: written, hasForced: hasForced) else { return nil }
      return Diagnostic(
        code, message: "the entry '\(written.entry.title)' is never told", at: written.node.span,
        label: reason,
        help: [help])
    }
  }

  /// What keeps an entry from being told, and what to do; nil where something may call for it.
  private static func reason(of written: WrittenEntry, hasForced: Bool) -> (reason: String, help: String)? {
    let (entry, settings) = (written.entry, written.settings)
    if entry.probability == 0 { return ("its probability is 0", "give it another one, or 'enabled: false'") }
    guard !entry.isConstant, !entry.content.hasPrefix("@@") else { return nil }
    if entry.keys.isEmpty {
      return entry.condition == nil
        ? ("it has neither a key nor a condition", "give it 'keys' or 'when', or make it 'constant'") : nil
    }
    let depth = entry.scanDepth ?? settings.depth
    if depth == 0, settings.minimumActivations == 0 {
      return ("nothing is searched for its keys", "give it a 'scan-depth' of 1 at least")
    }
    if entry.isSelective, entry.logic == .none,
      let both = entry.keys.first(where: entry.secondaryKeys.contains),
      entry.keys.count == 1
    {
      return ("its key '\(both)' also keeps it out", "take it from 'secondary-keys'")
    }
    return nil
  }
}
