import Dramatis

/// Finds calculations that can come to more than whole numbers hold.
enum BeyondRange: LintRule {
  static let code = DiagnosticCode(
    "L071", name: "beyond-range", severity: .warning,
    summary: "A calculation that can go beyond the whole numbers that there are.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    let bounds = OperandBounds(program: context.program)
    let conditions = context.places.filter { $0.condition.operands.contains(where: bounds.areExceeded) }
    return conditions.map { diagnostic(at: $0.node) }
      + effects(of: context).filter { bounds.areExceeded(by: $0.value) }.map { diagnostic(at: $0.node) }
  }

  private static func diagnostic(at node: Node) -> Diagnostic {
    Diagnostic(
      code, message: "this can come to more than is calculated with", at: node.span,
      label: "whole numbers have 64 bits, and what goes beyond stops at their end",
      help: ["narrow the bounds of the variables, or multiply less"])
  }

  private static func effects(of context: LintContext) -> [(value: Operand, node: Node)] {
    context.program.machines.enumerated().flatMap { index, machine in
      zip(machine.transitions, context.layout.machines[index].transitions).flatMap { transition, node in
        zip(transition.effects, node[\TransitionKeys.set]?.entries ?? []).map { ($0.value, $1.value) }
      }
    }
  }
}

/// Between which numbers what a profile calculates can lie.
private struct OperandBounds {
  /// What a conversation does not outlast.
  private static let turns = 0.0...1e6
  /// Doubles are exact enough to tell what is far beyond.
  private static let greatest = 0x1p63

  let program: Program

  func areExceeded(by operand: Operand) -> Bool {
    switch operand {
    case .negated(let inner), .inverted(let inner): areExceeded(by: inner)
    case .arithmetic(let left, _, let right):
      areExceeded(by: left) || areExceeded(by: right) || !isWithin(range(of: operand))
    default: false
    }
  }

  private func isWithin(_ range: ClosedRange<Double>) -> Bool {
    range.lowerBound >= -Self.greatest && range.upperBound < Self.greatest
  }

  private func range(of operand: Operand) -> ClosedRange<Double> {
    switch operand {
    case .integer(let value): return Double(value)...Double(value)
    case .variable(let index):
      let range = program.variables[index].range
      return Double(range.lowerBound)...Double(range.upperBound)
    case .turn: return Self.turns
    case .negated(let inner):
      let range = range(of: inner)
      return -range.upperBound ... -range.lowerBound
    case .arithmetic(let left, let operation, let right):
      return Self.range(of: range(of: left), operation, range(of: right))
    default: return 0...1
    }
  }

  private static func range(
    of left: ClosedRange<Double>, _ operation: Arithmetic, _ right: ClosedRange<Double>
  ) -> ClosedRange<Double> {
    switch operation {
    case .plus: return left.lowerBound + right.lowerBound...left.upperBound + right.upperBound
    case .minus: return left.lowerBound - right.upperBound...left.upperBound - right.lowerBound
    case .times:
      let ends = [left.lowerBound, left.upperBound].flatMap {
        [$0 * right.lowerBound, $0 * right.upperBound]
      }
      return (ends.min() ?? 0)...(ends.max() ?? 0)
    // A divisor is a whole number other than 0, so that nothing becomes greater by it.
    case .dividedBy:
      let most = max(abs(left.lowerBound), abs(left.upperBound))
      return -most...most
    }
  }
}
