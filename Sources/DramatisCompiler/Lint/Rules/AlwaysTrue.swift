import Dramatis

/// Finds conditions, and parts of them, that are always yes without saying `true`.
enum AlwaysTrue: LintRule {
  static let code = DiagnosticCode(
    "L005", name: "always-true", severity: .warning,
    summary: "A condition, or a part of one, that is always yes.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.places.map(\.onAnySide).flatMap { place -> [Diagnostic] in
      guard !place.formula.isConstant else { return [] }
      if place.possibility(of: .notYes, in: context.anything, over: context.space) == .impossible {
        guard context.space.possibility(of: place.path, in: context.anything) != .impossible else {
          return []
        }
        return [whole(place, in: context)]
      }
      return place.formula.badParts { context.isAlways($0) }.map { part in
        Diagnostic(
          code, message: "this part of the condition is always yes",
          at: place.span(of: part, in: context.file),
          help: ["remove it, or correct what it compares"],
          edit: place.edit(removing: part, from: .and, in: context.file))
      }
    }
  }

  private static func whole(_ place: ConditionPlace, in context: LintContext) -> Diagnostic {
    let isAlone = context.isAlways(place.formula)
    return Diagnostic(
      code, message: "this condition is always yes", at: place.node.span,
      label: isAlone
        ? "every state, value and answer makes it yes"
        : place.path.isEmpty
          ? "always in the states that the transition leaves" : "always where the gates around it are open",
      help: ["if that is meant, write 'true'; otherwise correct it"])
  }
}
