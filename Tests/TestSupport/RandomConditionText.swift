/// Writes random conditions in every construct and spelling of the language.
package struct RandomConditionText {
  package var random: SeededGenerator

  package init(random: SeededGenerator) {
    self.random = random
  }

  package static let profile = """
    dramatis: 1
    character: Mara
    variables:
      trust: { initial: 0, min: -5, max: 5 }
      debt: { initial: 3, min: 0, max: 1000 }
      isOpen: { initial: true }
      weather: { initial: fair, values: [fair, foul, Ärger] }
    questions:
      accused: { ask: "Does someone accuse Mara?" }
      下雨: { ask: "Is it raining?" }
    commitments:
      silver_key: { foreshadow: A key., trigger: accused, payoff: A cellar. }
    machines:
      mood: { states: { wary: Wary., warm: Warm., turn: Turned. } }
      place:
        states: { inn: Inside. }
        transitions:

    """

  /// A profile with these conditions as guards, in order.
  package static func yaml(_ conditions: [String]) -> String {
    profile
      + conditions.map { "      - { from: any, to: inn, when: \(yamlQuoted($0)) }\n" }.joined()
  }

  package mutating func condition(depth: Int) -> String {
    guard depth > 0, !random.once(in: 5) else { return leaf() }
    switch random.int(0...4) {
    case 0: return "not " + parenthesised(depth)
    case 1, 2: return joined(" and ", depth)
    default: return joined(" or ", depth)
    }
  }

  private mutating func joined(_ word: String, _ depth: Int) -> String {
    (0..<random.int(2...3)).map { _ in parenthesised(depth) }.joined(separator: word)
  }

  private mutating func parenthesised(_ depth: Int) -> String {
    let inner = condition(depth: depth - 1)
    return random.once(in: 2) ? "(\(inner))" : inner
  }

  private mutating func leaf() -> String {
    switch random.int(0...10) {
    case 10:
      random.pick(["newly(accused)", "previous(下雨)", "newly( ask(\"Wet?\") )", "previous(accused) != true"])
    case 0: random.pick(["accused", "下雨", "isOpen", "true", "false", "event.data.flag", "event.data.not"])
    case 1: "ask(\(text()))"
    case 2: "chance(\(random.pick(["0", "1", "0.5", "1e-7", "0.25E0", "2.5e-1", "0.30000000000000004"])))"
    case 3: random.pick(["mood", "place"]) + random.pick([" == ", "!="]) + "other"
    case 4: "mood in [wary, \"warm\", turn, unactivated]"
    case 5: "silver_key == " + random.pick(["planned", "'planted'", "triggered", "paid", "abandoned"])
    case 6:
      random.pick(["weather == foul", "weather != 'Ärger'", "weather in [fair, foul]", "fair == weather"])
    case 7: random.pick(["isOpen == false", "true != isOpen", "event.data.x == true", "isOpen == isOpen"])
    case 8: texts()
    default: numbers()
    }
  }

  private mutating func texts() -> String {
    let left = random.pick(["actor", "event.kind", "event.data.who", "event.actor"])
    if random.once(in: 2) { return "\(left) in [\(text()), actor, \(text())]" }
    return "\(left) \(random.pick(["==", "!="])) \(text())"
  }

  private mutating func numbers() -> String {
    let comparison = random.pick(["==", "!=", "<", "<=", ">", ">="])
    let right = random.pick([sum(2), "1.5", "-2.25", "1e300", "-5e-324", "1e16", "-0.0", "0.1"])
    if random.once(in: 4) { return "event.data.n in [\(sum(1)), -1.5, \(sum(1))]" }
    return "\(random.pick([sum(2), "event.data.n"])) \(comparison) \(right)"
  }

  private mutating func sum(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["trust", "debt", "turn", "0", "7", "9223372036854775807"]) }
    switch random.int(0...4) {
    case 0: return "-(\(sum(depth - 1)))"
    case 1: return "\(sum(depth - 1)) / \(random.pick(["2", "-3", "-(-4)"]))"
    case 2: return "(\(sum(depth - 1))) - (\(sum(depth - 1)))"
    case 3: return "\(sum(depth - 1)) - -\(sum(depth - 1)) * \(sum(depth - 1))"
    default: return "(\(sum(depth - 1)) + \(sum(depth - 1))) * \(sum(depth - 1))"
    }
  }

  private mutating func text() -> String {
    let quote = random.pick(["\"", "'"])
    let pieces = [
      "a", "Z", " ", "\\\"", "\\'", "\\\\", "\\n", "\\r", "\\t", "é", "e\u{301}", "👩‍👩‍👧", "🇨🇭", "\u{2028}",
      "\u{FEFF}", "{", "#", ": ", "%", "ß", "\n", "\u{85}", "\u{202E}",
    ]
    let body = (0..<random.int(0...6)).map { _ in random.pick(pieces) }.joined()
    return quote + "x" + body + quote
  }
}
