/// One thing that can be wrong with what a profile means.
///
/// A rule stays silent about whatever it cannot decide, and about whatever is reasonable style.
protocol LintRule: Sendable {
  /// Its code, which has a page and a fixture of the same name.
  static var code: DiagnosticCode { get }

  /// What it finds, in any order.
  static func check(_ context: LintContext) -> [Diagnostic]
}
