import Dramatis

/// Finds keys of lore that are found in every text, so that the entry takes its place in every prompt.
///
/// A pattern that matches nothing at all is found everywhere. A single letter is, where keys are parts of words.
enum LoreAlwaysTold: LintRule {
  static let code = DiagnosticCode(
    "L081", name: "lore-always-told", severity: .warning,
    summary: "A key of lore that is found in every text.")

  /// Texts that have little in common.
  private static let texts = ["", "x", "Nine, 47!", "Hm…", "你好"]

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.loreEntries.filter { !$0.entry.isConstant && $0.entry.condition == nil }.flatMap { written in
      (written.node[\LoreEntryKeys.keys]?.elements ?? []).filter { isFoundEverywhere($0.text, in: written) }
        .map {
          Diagnostic(
            code, message: "the key '\($0.text)' is found in every text", at: $0.span,
            label: "the entry is always told",
            help: ["write 'constant: true' if that is meant, or a key that is a word"])
        }
    }
  }

  private static func isFoundEverywhere(_ key: String, in written: WrittenEntry) -> Bool {
    if let pattern = try? ScriptPattern(delimited: key) { return texts.allSatisfy(pattern.isFound) }
    let isWhole = written.entry.matchesWholeWords ?? written.settings.matchesWholeWords
    // Hardly a sentence is without one of these letters.
    return !isWhole && ["a", "e", "i", "o", "t", ".", ","].contains(key.lowercased())
  }
}
