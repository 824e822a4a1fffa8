/// What a project asks of the rules.
package struct LintSettings: Hashable, Sendable {
  /// How a rule is taken.
  package enum Level: String, Hashable, Sendable, CaseIterable {
    case error, warning, off
  }

  /// The rules that are taken otherwise than by default.
  package var levels: [DiagnosticCode: Level] = [:]
  /// How many questions a turn may ask; nil for any number.
  package var questionsBudget: Int?
  /// How many rounds of questions a turn may take; nil for any number.
  package var roundsBudget: Int?
  /// How many positions are explored for one property.
  package var positionsBudget = 10_000

  /// Everything as by default.
  package init() {}

  /// How grave a finding is; nil for one that is not wanted.
  package func severity(of code: DiagnosticCode) -> Severity? {
    switch levels[code] {
    case .error: .error
    case .warning: .warning
    case .off: nil
    case nil: code.severity
    }
  }

  /// A diagnostic with its severity; an error of the compiler stays one.
  func applied(to diagnostic: Diagnostic) -> Diagnostic? {
    guard diagnostic.code.isRule || diagnostic.code.severity == .warning else { return diagnostic }
    return severity(of: diagnostic.code).map { diagnostic.with($0) }
  }
}
