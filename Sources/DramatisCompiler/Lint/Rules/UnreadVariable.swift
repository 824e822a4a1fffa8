import Dramatis

/// Finds variables that nothing reads but the effects that set them.
enum UnreadVariable: LintRule {
  static let code = DiagnosticCode.unreadVariable

  static func check(_ context: LintContext) -> [Diagnostic] {
    guard context.speaks else { return [] }
    let read = context.readVariables
    return context.program.variables.indices.filter { !read.contains($0) }.compactMap { index in
      guard index < context.layout.variables.count else { return nil }
      let name = context.program.variables[index].name
      return Diagnostic(
        code, "nothing reads the variable '\(name)'", at: context.layout.variables[index].key.span,
        help: ["use it in a condition or as {\(name)} in a line, or remove it"])
    }
  }
}

extension LintContext {
  /// The variables of the program that somebody reads; whoever extends it counts them alike.
  var readVariables: Set<Int> { Set(users.flatMap(\.readVariables)) }
}

extension Program {
  /// The variables that conditions, lines and the effects on other variables read.
  fileprivate var readVariables: Set<Int> {
    var read: Set<Int> = []
    func note(_ operands: [Operand]) {
      for case .variable(let index) in operands { read.insert(index) }
    }
    for condition in conditions { note(condition.leaves.flatMap(\.reads)) }
    for effect in machines.flatMap(\.transitions).flatMap(\.effects) {
      note(effect.value.atoms.filter { $0 != .variable(effect.variable) })
    }
    for case .variable(let index) in slots { read.insert(index) }
    return read
  }

  /// The slots of all lines and greetings.
  var slots: [LineText.Piece] {
    (greetings + lines.flatMap(\.texts)).flatMap(\.pieces)
  }
}
