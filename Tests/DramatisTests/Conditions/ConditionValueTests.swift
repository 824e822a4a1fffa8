import Dramatis
import TestSupport
import Testing

@Suite struct ConditionValueTests {
  /// What a condition comes to on an event: the exit that a gate on it takes.
  private func truth(
    of condition: String, on event: Event = Event(text: "…"), given: [String: Answer] = [:]
  ) throws -> String {
    let program = try compile(
      RandomConditionText.profile.replacing("    transitions:", with: "    transitions: []")
        + "behavior:\n  t: [{ when: \(yamlQuoted(condition)), then: [yes it is], else: [no it is not], "
        + "unknown: [unknown it is] }]\n")
    let step = program.uncheckedStep(
      from: program.initialSnapshot(), event: event, scene: Scene("…"),
      given: program.answers(from: given).answers)
    let statement = try #require(step.grounding.statements.first)
    return String(program.statements[statement.statement].prefix { $0 != " " })
  }

  private static let values: [Answer] = [.no, .unknown, .yes]

  @Test(arguments: values, values)
  func `and, or and not follow Kleene's tables`(left: Answer, right: Answer) throws {
    let given = ["accused": left, "下雨": right]
    let all = [left, right].map(\.probability)
    let expected = [
      "accused and 下雨": all.min(), "accused or 下雨": all.max(), "not accused": 1 - left.probability,
      "not (accused and 下雨)": all.min().map { 1 - $0 },
    ]
    for (condition, probability) in expected.sorted(by: { $0.key < $1.key }) {
      let answer = probability.flatMap(Answer.init(probability:))
      #expect(try truth(of: condition, given: given) == answer?.truth.rawValue, "\(condition)")
    }
  }

  @Test(
    arguments: [
      (0.5, "unknown", "unknown"), (0.5.nextUp, "yes", "no"), (0.5.nextDown, "no", "yes"),
      (Double.leastNonzeroMagnitude, "no", "yes"), (1e-17, "no", "yes"), (1 - 1e-16, "yes", "no"),
      (0, "no", "yes"), (1, "yes", "no"),
    ] as [(Double, String, String)])
  func `the threshold is exactly one half, under not as well`(
    probability: Double, plain: String, negated: String
  ) throws {
    let given = ["accused": try #require(Answer(probability: probability))]
    for (condition, expected) in [
      ("accused", plain), ("not accused", negated), ("not not accused", plain),
      ("accused and true", plain), ("accused or false", plain), ("not (accused and true)", negated),
    ] {
      #expect(try truth(of: condition, given: given) == expected, "\(condition)")
    }
  }

  @Test(arguments: [
    "event.data.x == 1", "event.data.x != 1", "event.data.x < 1", "event.data.x in [1, 2]", "event.data.x",
    "event.data.x == 'a'", "event.data.x != 'a'", "event.data.x == event.data.y", "event.data.x == true",
    "event.data.x != true", "actor == 'Rowan'", "actor != 'Rowan'", "actor in ['Rowan']",
    "not actor == 'Rowan'",
    "actor == actor",
  ])
  func `a comparison with what the event does not give is unknown`(condition: String) throws {
    #expect(try truth(of: condition) == "unknown")
  }

  /// A datum, a condition, and what it comes to.
  @Test(
    arguments: [
      (.number(1), "event.data.x == 1", "yes"), (.number(1.5), "event.data.x > 1", "yes"),
      (.number(-0.0), "event.data.x == 0", "yes"), (.number(1), "event.data.x == 'a'", "unknown"),
      (.number(1), "event.data.x", "unknown"), (.text("a"), "event.data.x == 'a'", "yes"),
      (.text("a"), "event.data.x == 'A'", "no"), (.text("a"), "event.data.x < 1", "unknown"),
      (.text("1"), "event.data.x == 1", "unknown"), (.text("e\u{301}"), "event.data.x == 'é'", "no"),
      (.text("b"), "event.data.x in ['a', 'b']", "yes"), (.text("c"), "event.data.x in ['a', 1]", "unknown"),
      (.boolean(true), "event.data.x", "yes"), (.boolean(false), "event.data.x", "no"),
      (.boolean(false), "event.data.x == false", "yes"), (.boolean(true), "event.data.x == 1", "unknown"),
      (.null, "event.data.x == 1", "unknown"), (.list([.number(1)]), "event.data.x == 1", "unknown"),
      (.object([:]), "event.data.x", "unknown"),
    ] as [(Datum, String, String)])
  func `a datum of another kind is unknown`(datum: Datum, condition: String, expected: String) throws {
    #expect(try truth(of: condition, on: Event(text: "…", data: ["x": datum])) == expected)
  }

  @Test(arguments: [
    ("actor == 'rowan'", "yes"), ("actor in ['Ina', 'ROWAN']", "yes"), ("actor != 'Ina'", "yes"),
    ("actor == actor", "yes"), ("actor != actor", "no"), ("actor in [actor]", "yes"),
    ("event.kind == 'gift'", "yes"), ("event.kind == 'Gift'", "no"), ("turn == 1", "yes"),
    ("silver_key == planted", "yes"), ("silver_key in [paid, planned]", "no"), ("mood == unactivated", "yes"),
    ("mood in [wary, other]", "no"), ("weather == fair", "yes"), ("weather != fair", "no"),
    ("isOpen", "yes"), ("isOpen == isOpen", "yes"), ("isOpen != true", "no"), ("true == false", "no"),
    ("7 / 2 == 3", "yes"), ("-7 / 2 == -3", "yes"), ("debt - 4 == -1", "yes"), ("trust * 5 + 1 == 1", "yes"),
    ("9223372036854775807 + 1 == 9223372036854775807", "yes"), ("debt > 2.5", "yes"), ("debt == 3.0", "yes"),
    ("1 < 2 or accused", "yes"), ("false and accused", "no"), ("true or false and false", "yes"),
    ("not false and false", "no"), ("not true == false", "yes"),
    ("chance(1)", "yes"), ("chance(0)", "no"),
  ])
  func `a value is read from the event, the turn and the position`(condition: String, expected: String) throws
  {
    #expect(try truth(of: condition, on: Event(actor: "Rowan", text: "…", kind: "gift")) == expected)
  }
}
