import Dramatis

/// Finds variables that something reads and no transition sets.
enum UnsetVariable: LintRule {
  static let code = DiagnosticCode(
    "L008", name: "unset-variable", severity: .warning, summary: "A variable that no transition sets.")
  static let looksForUse = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    guard context.speaks else { return [] }
    let program = context.program
    let set = Set(program.machines.flatMap(\.transitions).flatMap(\.effects).map(\.variable))
    let read = context.readVariables
    return program.variables.indices.filter { read.contains($0) && !set.contains($0) }.compactMap { index in
      guard index < context.layout.variables.count else { return nil }
      let variable = program.variables[index]
      return Diagnostic(
        code, message: "no transition sets the variable '\(variable.name)'",
        at: context.layout.variables[index].key.span,
        label: "it stays \(variable.text(variable.initial))",
        help: ["set it in a transition, or remove it; if a game sets it: # dramatis: ignore \(code.rawValue)"]
      )
    }
  }
}
