import DramatisCompiler
import TestSupport
import Testing

@testable import Dramatis

/// Every course that small commitments can take, against an evaluator that was written separately.
@Suite struct CommitmentLifeTests {
  typealias Rules = NaiveCommitment.Rules
  typealias Turn = NaiveCommitment.Turn

  /// Everything that one turn can hold, as far as the rules look at it.
  private static func turns(_ rules: Rules) -> [Turn] {
    let lines: [NaiveCommitment.Line?] = [
      nil, .init(), .init(hasForeshadow: true), .init(hasPayoff: true),
      .init(hasForeshadow: true, hasPayoff: true),
    ]
    return [true, false].flatMap { trigger in
      (rules.hasPlant ? [true, false] : [true]).flatMap { plant in
        (rules.hasAbandon ? [true, false] : [false]).flatMap { abandon in
          lines.map { Turn(plant: plant, trigger: trigger, abandon: abandon, line: $0) }
        }
      }
    }
  }

  private static func profile(_ rules: Rules) throws -> Program {
    let keys = [
      rules.hasPlant ? "    plant: ask(\"Plant?\")" : nil,
      rules.hasAbandon ? "    abandon-when: ask(\"Abandon?\")" : nil,
      "    not-before: \(rules.notBefore)", rules.dueWithin.map { "    due-within: \($0)" },
      "    hold: \(rules.hold.count) of \(rules.hold.window)",
    ]
    return try compileMara(
      """
      commitments:
        key:
          foreshadow: A key.
          payoff: A door opens.
          trigger: ask("Trigger?")

      """ + keys.compactMap { $0 }.map { "  \($0)\n" }.joined().replacing("      ", with: "    "))
  }

  private static let rules: [(rules: Rules, turns: Int)] = [
    (Rules(), 3), (Rules(dueWithin: 0), 3), (Rules(notBefore: 1, dueWithin: 1), 3), (Rules(notBefore: 2), 3),
    (Rules(hold: (2, 2)), 3), (Rules(hold: (2, 3)), 4), (Rules(notBefore: 1, hold: (1, 2)), 3),
    (Rules(hasPlant: true), 3), (Rules(hasPlant: true, notBefore: 1, dueWithin: 1), 3),
    (Rules(hasAbandon: true), 3), (Rules(hasPlant: true, hasAbandon: true, notBefore: 1), 2),
    (Rules(hasPlant: true, hasAbandon: true), 2),
  ]

  @Test(arguments: rules.indices)
  func `every course of answers comes to what the rules say`(index: Int) throws {
    let (rules, length) = Self.rules[index]
    let program = try Self.profile(rules)
    let options = Self.turns(rules)
    var walks: [(turns: [Turn], snapshot: Snapshot)] = [([], program.initialSnapshot())]
    while let (turns, snapshot) = walks.popLast() {
      for turn in options {
        let next = try CommitmentWalk(program).snapshot(after: turn, from: snapshot)
        let naive = NaiveCommitment(rules: rules, turns: turns + [turn])
        guard check(next, program, naive) else { return }
        if turns.count + 1 < length { walks.append((turns + [turn], next)) }
      }
    }
  }

  /// False, so that one mistake is reported once and not for every course.
  private func check(_ snapshot: Snapshot, _ program: Program, _ naive: NaiveCommitment) -> Bool {
    let progress = snapshot.commitments[0]
    let found = [
      progress.planted, progress.written, progress.triggered, progress.settled, progress.early,
      progress.misses,
    ]
    let expected = [
      naive.planted, naive.written, naive.triggered, naive.paid ?? naive.abandoned, naive.early,
      naive.misses,
    ]
    let isSame =
      progress.status.rawValue == naive.status && found == expected
      && program.uncheckedOverdue(0, at: snapshot) == naive.isOverdue
      && program.uncheckedDue(at: snapshot) == (naive.status == "triggered" ? [0] : [])
    #expect(isSame, "\(progress) after \(naive.turns), expected \(naive.status) \(expected)")
    return isSame
  }

  @Test func `one that waits for another is looked at only once that is paid`() throws {
    let program = try compileMara(
      """
      commitments:
        key: { foreshadow: A key., trigger: 'ask("Trigger?")', payoff: A door opens. }
        chest: { foreshadow: A chest., trigger: 'ask("Chest?")', payoff: A lid opens., after: [key] }

      """)
    let (none, payoff) = (NaiveCommitment.Line(), NaiveCommitment.Line(hasPayoff: true))
    let lines: [(NaiveCommitment.Line?, NaiveCommitment.Line?)] = [
      (nil, nil), (none, none), (none, payoff), (payoff, none), (payoff, payoff),
    ]
    let options = [true, false].flatMap { one in
      [true, false].flatMap { other in lines.map { (one, other, $0.0, $0.1) } }
    }
    var walks: [(one: [Turn], other: [Turn], snapshot: Snapshot)] = [([], [], program.initialSnapshot())]
    while let (one, other, snapshot) = walks.popLast() {
      for option in options {
        let isReady = NaiveCommitment(rules: Rules(), turns: one).paid != nil
        let turns = one + [Turn(trigger: option.0, line: option.2)]
        let others = other + [Turn(trigger: option.1, isReady: isReady, line: option.3)]
        let next = try CommitmentWalk(program).snapshot(
          after: turns[one.count], from: snapshot, chest: others[other.count])
        let naive = [
          NaiveCommitment(rules: Rules(), turns: turns),
          NaiveCommitment(rules: Rules(isAfterOther: true), turns: others),
        ]
        try #require(next.commitments.map(\.status.rawValue) == naive.map(\.status), "\(turns) \(others)")
        try #require(next.commitments.map(\.triggered) == naive.map(\.triggered))
        try #require(next.commitments.map(\.early) == naive.map(\.early))
        if turns.count < 3 { walks.append((turns, others, next)) }
      }
    }
  }

  @Test func `an unknown answer to a trigger or a check counts as not yes`() throws {
    let program = try Self.profile(Rules())
    let event = Event(actor: "Rowan", text: "…")
    let step = program.uncheckedStep(
      from: program.initialSnapshot(), event: event, scene: Scene("…"),
      given: program.answers(from: ["Trigger?": .unknown]).answers)
    #expect(step.snapshot.commitments[0].status == .planted)
    let due = program.uncheckedStep(
      from: step.snapshot, event: event, scene: Scene("…"),
      given: program.answers(from: ["Trigger?": .yes]).answers)
    #expect(due.grounding.due == [0])
    let line = program.uncheckedStep(
      from: due.snapshot, event: Event(actor: "Mara", text: "…"), scene: Scene("…"),
      given: program.answers(from: ["commitments.key.paid": .unknown]).answers, isLine: true)
    #expect(line.snapshot.commitments[0].status == .triggered)
    #expect(line.snapshot.commitments[0].misses == 1)
  }

  @Test func `a trigger may be asked for with a certainty, which a lower probability does not reach`() throws
  {
    let program = try compileMara(
      """
      commitments:
        key: { foreshadow: A key., trigger: 'ask("Trigger?") and turn > 0', payoff: A door opens., certainty: 0.8 }

      """)
    for (probability, status) in [(0.79, CommitmentStatus.planted), (0.8, .triggered), (1, .triggered)] {
      let answers = program.answers(from: ["Trigger?": try #require(Answer(probability: probability))])
        .answers
      let step = program.uncheckedStep(
        from: program.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"), given: answers)
      #expect(step.snapshot.commitments[0].status == status)
    }
    let open = program.uncheckedQuestions(
      at: program.initialSnapshot(), event: Event(text: "…"), scene: Scene("…"), given: Answers(for: program))
    #expect(open.map { program.questions[$0].key } == ["Trigger?"])
  }
}

/// Takes turns by asking only what is open, as a session does.
struct CommitmentWalk {
  let program: Program

  init(_ program: Program) { self.program = program }

  func snapshot(
    after turn: NaiveCommitment.Turn, from snapshot: Snapshot, chest: NaiveCommitment.Turn? = nil
  ) throws -> Snapshot {
    let told: [String: Bool] = [
      "Plant?": turn.plant, "Trigger?": turn.trigger, "Abandon?": turn.abandon,
      "Chest?": chest?.trigger ?? false,
    ]
    let after = step(from: snapshot, Event(actor: "Rowan", text: "…"), told, isLine: false)
    guard let line = turn.line else { return after }
    var held: [String: Bool] = [:]
    for (name, line) in [("key", line), ("chest", chest?.line ?? .init())] {
      held["commitments.\(name).planted"] = line.hasForeshadow
      held["commitments.\(name).paid"] = line.hasPayoff
      held["commitments.\(name).early"] = line.hasPayoff
    }
    return step(from: after, Event(actor: "Mara", text: "…"), held, isLine: true)
  }

  private func step(
    from snapshot: Snapshot, _ event: Event, _ told: [String: Bool], isLine: Bool
  ) -> Snapshot {
    var answers = Answers(for: program)
    let scene = Scene(event.text ?? "")
    while true {
      let open = program.uncheckedQuestions(
        at: snapshot, event: event, scene: scene, given: answers, isLine: isLine)
      if open.isEmpty { break }
      for question in open { answers[question] = told[program.questions[question].key] == true ? .yes : .no }
    }
    return program.uncheckedStep(from: snapshot, event: event, scene: scene, given: answers, isLine: isLine)
      .snapshot
  }
}
