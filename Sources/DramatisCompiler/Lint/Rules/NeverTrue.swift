import Dramatis

/// Finds conditions, and parts of them, that can never be yes, whatever the states and values.
enum NeverTrue: LintRule {
  static let code = DiagnosticCode(
    "L004", name: "never-true", severity: .warning,
    summary: "A condition, or a part of one, that can never be yes.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.places.flatMap { place -> [Diagnostic] in
      if place.possibility(of: place.wanted, in: context.anything, over: context.space) == .impossible {
        // A gate below one that never opens says nothing of its own.
        guard context.space.possibility(of: place.path, in: context.anything) != .impossible else {
          return []
        }
        return [whole(place, in: context)]
      }
      return place.formula.badParts { context.isNever($0) }.map { part in
        Diagnostic(
          code, message: "this part of the condition can never be yes",
          at: place.span(of: part, in: context.file),
          help: ["remove it, or correct what it compares"],
          edit: place.edit(removing: part, from: .or, in: context.file))
      }
    }
  }

  private static func whole(_ place: ConditionPlace, in context: LintContext) -> Diagnostic {
    Diagnostic(
      code, message: "this condition can never be yes", at: place.node.span,
      label: reason(of: place, in: context),
      help: ["correct it, or remove what it decides"])
  }

  private static func reason(of place: ConditionPlace, in context: LintContext) -> String {
    let own = [Constraint(place.formula, is: place.wanted)]
    if context.space.possibility(of: own, in: context.anything) == .impossible {
      return "no state, value or answer makes it yes"
    }
    if place.onAnySide.possibility(of: place.wanted, in: context.anything, over: context.space) != .impossible
    {
      return place.sides.contains(.passive)
        ? "it is looked at when others act, not when the character does"
        : "it is looked at when the character acts, not when others do"
    }
    return place.path.isEmpty
      ? "not in the states that the transition leaves" : "not where the gates around it are open"
  }
}

extension LintContext {
  /// Whether a formula can never be yes, wherever it stands.
  func isNever(_ formula: Formula) -> Bool {
    space.possibility(of: [Constraint(formula, is: .yes)], in: anything) == .impossible
  }

  /// Whether a formula is always yes, wherever it stands.
  func isAlways(_ formula: Formula) -> Bool {
    space.possibility(of: [Constraint(formula, is: .notYes)], in: anything) == .impossible
  }
}
