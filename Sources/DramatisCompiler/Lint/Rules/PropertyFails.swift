/// Finds properties that an exploration refutes.
enum PropertyFails: LintRule {
  static let code = DiagnosticCode(
    "L024", name: "property-fails", summary: "A property that does not hold.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.propertyVerdicts.compactMap { property, verdict in
      switch verdict {
      case .holds, .undecided: nil
      case .broken(let way): diagnostic(property, because: label(property), help: way)
      case .unreachable(let positions):
        diagnostic(
          property, because: "nothing leads there",
          help: ["all \(positions) positions that it depends on were explored"])
      }
    }
  }

  private static func diagnostic(
    _ property: Property, because reason: String, help: [String]
  ) -> Diagnostic {
    Diagnostic(
      code, message: "this property does not hold", at: property.span, label: reason, help: help)
  }

  private static func label(_ property: Property) -> String {
    switch property.demand {
    case .never, .reachable: "it can come about"
    case .always: "it can fail"
    case .path: "there is such a way"
    }
  }
}
