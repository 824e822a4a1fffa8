import Dramatis

/// Finds conditions that ask whether a calculated probability is exactly a number.
///
/// None and all of it, 0 and 1, are reached; what lies between is the result of exponentials, which no number that
/// somebody wrote is.
enum EqualProbability: LintRule {
  static let code = DiagnosticCode(
    "L064", name: "equal-probability", severity: .warning,
    summary: "A condition that asks whether a probability is exactly a number.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.places.compactMap { place in
      guard place.condition.leaves.contains(where: { comparesExactly($0, in: context.program) }) else {
        return nil
      }
      return Diagnostic(
        code, message: "a probability is compared for equality", at: place.node.span,
        label: "it is calculated, and never exactly a number that was written",
        help: ["ask whether it is at least or at most so high, with >= or <="])
    }
  }

  private static func comparesExactly(_ leaf: Condition, in program: Program) -> Bool {
    switch leaf {
    case .compare(let left, .equal, let right), .compare(let left, .notEqual, let right):
      isCalculated(left, in: program) && isBetween(right)
        || isCalculated(right, in: program) && isBetween(left)
    case .isMember(let operand, let list):
      isCalculated(operand, in: program) && list.contains(where: isBetween)
    default: false
    }
  }

  private static func isCalculated(_ operand: Operand, in program: Program) -> Bool {
    if case .probability(let machine, _) = operand {
      program.machines[machine].kind != .deterministic
    } else {
      false
    }
  }

  private static func isBetween(_ operand: Operand) -> Bool {
    if case .number(let value) = operand { value > 0 && value < 1 } else { false }
  }
}
