import Dramatis

/// Finds variables that nothing reads but the effects that set them.
enum UnreadVariable: LintRule {
  static let code = DiagnosticCode(
    "L007", name: "unread-variable", severity: .warning, summary: "A variable that nothing reads.")
  static let looksForUse = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    guard context.speaks else { return [] }
    let read = context.readVariables
    return context.program.variables.indices.filter { !read.contains($0) }.compactMap { index in
      guard index < context.layout.variables.count else { return nil }
      let name = context.program.variables[index].name
      return Diagnostic(
        code, message: "nothing reads the variable '\(name)'", at: context.layout.variables[index].key.span,
        help: ["use it in a condition or as {\(name)} in a line, or remove it"])
    }
  }
}

extension Program {
  /// The variables that conditions, lines and the effects on other variables read.
  var readVariables: Set<Int> {
    var read: Set<Int> = []
    func note(_ operand: Operand) {
      switch operand {
      case .variable(let index), .previous(.variable(let index)): read.insert(index)
      default: break
      }
    }
    for condition in conditions { condition.forEachLeaf { $0.forEachRead(note) } }
    for effect in machines.flatMap(\.transitions).flatMap(\.effects) {
      effect.value.forEachAtom { if $0 != .variable(effect.variable) { note($0) } }
    }
    for case .variable(let index) in slots { read.insert(index) }
    let told = toldTexts
    for (index, variable) in variables.enumerated()
    where told.contains(where: { $0.contains("{\(variable.name)}") }) {
      read.insert(index)
    }
    return read
  }

  /// The slots of all lines, greetings and variables that are told.
  var slots: [LineText.Piece] {
    (greetings + lines.flatMap(\.texts) + (telling?.shown ?? []).compactMap(\.self)).flatMap(\.pieces)
  }

  /// The texts for a performer that hold slots.
  var toldTexts: [String] {
    let states = machines.flatMap(\.states).flatMap { [$0.description, $0.enter ?? ""] }
    let relations = (telling?.relations ?? []).map(\.text)
    let owed = commitments.flatMap { [$0.foreshadow, $0.payoff] }
    let kept = standingQuestions.map(\.question.text)
    return
      ([summary, voice, setting] + states + statements + relations + (telling?.facts ?? []) + owed + kept)
      .filter { $0.contains("{") }
  }
}
