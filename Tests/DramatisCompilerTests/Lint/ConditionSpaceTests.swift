import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// What is decided about conditions is what trying everything out gives.
@Suite struct ConditionSpaceTests {
  @Test(arguments: 0..<60)
  func `what two conditions can come to together is what enumeration finds`(seed: UInt64) throws {
    var text = SmallConditionText(random: SeededGenerator(seed: seed))
    let program = try compile(
      SmallConditionText.profile(with: [text.condition(depth: 3), text.condition(depth: 3)]))
    let space = ConditionSpace(of: program)
    let guards = program.machines[0].transitions.map(\.guardCondition)
    let seen = Self.combinations(of: guards, in: program)
    let formulas = guards.map { space.formula($0) }
    for left in [Outcomes.yes, .no, .unknown] {
      for right in [Outcomes.yes, .no, .unknown] {
        let constraints = [Constraint(formulas[0], is: left), Constraint(formulas[1], is: right)]
        let verdict = space.possibility(of: constraints, in: Worlds(of: space))
        let expected: Possibility = seen.contains([left, right]) ? .possible : .impossible
        #expect(verdict == expected, "\(program.text(of: guards[0])) / \(program.text(of: guards[1]))")
      }
    }
  }

  /// Every pair of values that two conditions have somewhere.
  private static func combinations(of guards: [Condition], in program: Program) -> Set<[Outcomes]> {
    var seen: Set<[Outcomes]> = []
    var circumstances = Circumstances(of: program)
    let truths = [Answer.yes, .no, .unknown]
    for state in program.machines[0].states.indices {
      for value in program.variables[0].range {
        for flag in 0...1 {
          for kind in ["speech", "noise", "payment"] {
            for (first, second) in truths.flatMap({ left in truths.map { (left, $0) } }) {
              circumstances.states[0] = state
              circumstances.variables = [value, flag]
              circumstances.event.kind = kind
              circumstances.answers[0] = first
              circumstances.answers[1] = second
              seen.insert(guards.map { Outcomes(circumstances.truth(of: $0)) })
            }
          }
        }
      }
    }
    return seen
  }

  @Test(arguments: [
    ("wide > 70 and wide < 71", false), ("wide >= 70 and wide < 71", true), ("wide == 12345", true),
    ("wide > 99999", false), ("turn < 1", false), ("turn == 4 and turn > 3.5", true),
    ("event.data.n > 3 and event.data.n < 4", true), ("event.data.n > 3 and event.data.n < 3", false),
    ("event.kind == \"a\" and event.kind == \"b\"", false), ("chance(0.5) and not chance(0.5)", true),
    ("ask(\"q\") and not ask(\"q\")", false), ("p(belief == a) > 1", false), ("p(belief == a) > 0.99", true),
    ("wide + 1 > 100000", nil), ("event.data.n == wide", nil),
  ])
  func `large ranges, turns, events and draws are decided, or nothing is claimed`(
    condition: String, isPossible: Bool?
  ) throws {
    let program = try compileMara(
      """
      variables: { wide: { initial: 0, min: 0, max: 99999 } }
      machines:
        belief: { probabilistic: belief, states: { a: "" } }
        m: { states: { a: "" }, transitions: [{ from: any, to: a, when: '\(condition)' }] }
      """)
    let space = ConditionSpace(of: program)
    let formula = space.formula(program.machines[1].transitions[0].guardCondition)
    let verdict = space.possibility(of: [Constraint(formula, is: .yes)], in: Worlds(of: space))
    let expected: Possibility? = isPossible.map { $0 ? .possible : .impossible }
    #expect(verdict == expected ?? .undecided)
  }

  @Test func `more combinations than anybody looks at are not decided`() throws {
    let names = (0..<12).map { "ask(\"q\($0)\")" }
    let condition = (names + names.map { "not \($0)" }).joined(separator: " and ")
    let program = try compileMara(
      "machines: { m: { states: { a: \"\" }, transitions: [{ from: any, to: a, when: '\(condition)' }] } }")
    let space = ConditionSpace(of: program)
    let formula = space.formula(program.machines[0].transitions[0].guardCondition)
    #expect(space.possibility(of: [Constraint(formula, is: .yes)], in: Worlds(of: space)) == .undecided)
  }
}
