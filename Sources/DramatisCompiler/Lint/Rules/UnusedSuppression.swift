/// Finds comments that silence nothing.
enum UnusedSuppression: LintRule {
  static let code = DiagnosticCode(
    "L023", name: "unused-suppression", severity: .warning, summary: "A suppression that suppresses nothing.")

  /// Nothing yet: only what all rules find tells which comments are of use, and ``SuppressionReport`` knows it.
  static func check(_ context: LintContext) -> [Diagnostic] { [] }

  /// What is to be said about a comment that silenced nothing.
  static func diagnostic(_ suppression: Suppression) -> Diagnostic {
    Diagnostic(
      code, message: "this comment silences nothing", at: suppression.span, label: reason(suppression),
      help: [advice(suppression)], edit: suppression.isMisplaced ? nil : suppression.removal)
  }

  private static func reason(_ suppression: Suppression) -> String {
    guard let code = suppression.code else { return "no rule is called so" }
    if !code.canBeSilenced { return "an error of the compiler cannot be silenced" }
    if suppression.isMisplaced { return "for the whole file it stands among the first comments" }
    return suppression.line.map { "nothing at line \($0) breaks \(code.rawValue)" }
      ?? "nothing in this file breaks \(code.rawValue)"
  }

  private static func advice(_ suppression: Suppression) -> String {
    guard suppression.code == nil else {
      return suppression.isMisplaced ? "move it to the top" : "remove it"
    }
    return DiagnosticCode.suggestion(
      for: suppression.name, among: DiagnosticCode.all.filter(\.canBeSilenced),
      else: "'dramatis explain' lists all rules")
  }
}
