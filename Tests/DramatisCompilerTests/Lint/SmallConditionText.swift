import TestSupport

/// Writes random conditions over a state space that is small enough to be walked through.
struct SmallConditionText {
  var random: SeededGenerator

  private static let head = """
    dramatis: 1
    character: Mara
    variables:
      trust: { initial: 1, min: 0, max: 3 }
      barred: { initial: true }
    questions:
      accused: { ask: Does someone accuse Mara? }
      thanked: { ask: Does someone thank Mara? }
    machines:
      mood:
        states: { wary: Wary., warm: Warm. }
        transitions:

    """

  /// A profile with these conditions as guards.
  static func profile(with conditions: [String]) -> String {
    head + conditions.map { "      - { from: any, to: warm, when: \(yamlQuoted($0)) }\n" }.joined()
  }

  /// A profile with some random transitions.
  mutating func profile(transitions: Int) -> String {
    let states = ["unactivated", "wary", "warm", "other"]
    var text = Self.head
    for _ in 0..<transitions {
      let from = random.once(in: 4) ? "any" : random.pick(states)
      let set = random.pick([
        "", ", set: { trust: trust + 1 }", ", set: { trust: 3 }", ", set: { barred: not barred }",
      ])
      let condition = yamlQuoted(condition(depth: random.int(0...2)))
      text += "      - { from: \(from), to: \(random.pick(states)), when: \(condition)\(set) }\n"
    }
    return text
  }

  mutating func condition(depth: Int) -> String {
    guard depth > 0, !random.once(in: 5) else { return leaf() }
    switch random.int(0...3) {
    case 0: return "not (\(condition(depth: depth - 1)))"
    case 1: return "(\(condition(depth: depth - 1))) and (\(condition(depth: depth - 1)))"
    default: return "(\(condition(depth: depth - 1))) or (\(condition(depth: depth - 1)))"
    }
  }

  private mutating func leaf() -> String {
    switch random.int(0...6) {
    case 0: random.pick(["accused", "thanked"])
    case 1: "mood " + random.pick(["==", "!="]) + " " + random.pick(["wary", "warm", "other"])
    case 2, 3: "trust " + random.pick(["<", "<=", "==", ">=", ">"]) + " \(random.int(0...3))"
    case 4: random.pick(["barred", "trust + 1 > 2", "trust == 3 - trust"])
    case 5: "event.kind == " + random.pick(["\"noise\"", "\"payment\""])
    default: random.pick(["accused", "not thanked", "mood in [wary, warm]", "true"])
    }
  }
}
