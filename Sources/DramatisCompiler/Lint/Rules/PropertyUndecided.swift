/// Finds properties about which an exploration says nothing within its bounds.
enum PropertyUndecided: LintRule {
  static let code = DiagnosticCode(
    "L025", name: "property-undecided", severity: .warning,
    summary: "A property that was not decided within the bounds.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.propertyVerdicts.compactMap { property, verdict in
      guard case .undecided(let positions, let turns) = verdict else { return nil }
      return Diagnostic(
        code, message: "this property was not decided", at: property.span,
        label: "it was not \(isSearch(property) ? "reached" : "broken") within the bounds",
        help: [
          "\(positions) positions were explored, which are not all; the last take \(turns) turns",
          "narrow the variables on which it depends, or raise 'positions-budget' in .dramatis.yaml",
        ])
    }
  }

  private static func isSearch(_ property: Property) -> Bool {
    if case .reachable = property.demand { true } else { false }
  }
}
