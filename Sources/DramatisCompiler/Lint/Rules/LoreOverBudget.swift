import Dramatis

/// Finds entries of lore for which the budget of their book never has room, alone or beside what is always told.
enum LoreOverBudget: LintRule {
  static let code = DiagnosticCode(
    "L083", name: "lore-over-budget", severity: .warning,
    summary: "An entry of lore that is longer than the budget.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    let entries = context.loreEntries.filter { !$0.entry.ignoresBudget }
    let alone = entries.filter { $0.tokens > $0.budget }.map { written in
      Diagnostic(
        code, message: "the entry '\(written.entry.title)' takes \(written.tokens) tokens",
        at: written.place(of: \.content),
        label: "the budget of the book is \(written.budget)",
        help: ["cut the text in two, give the book a larger 'budget', or write 'ignores-budget: true'"])
    }
    guard alone.isEmpty, let first = entries.first else { return alone }
    let constant = entries.filter { $0.entry.isConstant && $0.entry.condition == nil }
    let tokens = constant.reduce(0) { $0 + $1.tokens }
    guard tokens > first.budget, let last = constant.last else { return [] }
    return [
      Diagnostic(
        code, message: "the entries that are always told take \(tokens) tokens",
        at: last.place(of: \.content),
        label: "the budget of the book is \(first.budget)",
        help: ["give the book a larger 'budget', or some of them keys"])
    ]
  }
}

extension WrittenEntry {
  /// How many tokens the book may take.
  fileprivate var budget: Int { settings.contextTokens }
}
