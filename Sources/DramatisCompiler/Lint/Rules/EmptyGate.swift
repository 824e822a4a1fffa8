/// Finds gates that lead to no statement.
enum EmptyGate: LintRule {
  static let code = DiagnosticCode(
    "L014", name: "empty-gate", severity: .warning, summary: "A gate that leads to no statement.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.layout.emptyGates.map { empty in
      Diagnostic(
        code, message: "this gate leads to no statement",
        at: empty.gate[\GateKeys.when]?.span ?? empty.gate.span,
        label: "nothing comes of it, so it is never asked",
        help: ["give it a statement, or remove it"],
        edit: empty.list.flatMap { TextEdit(removing: empty.index, from: $0, in: context.file) })
    }
  }
}
