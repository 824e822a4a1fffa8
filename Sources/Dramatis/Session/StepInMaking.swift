/// What a member steps on, and what is known of it before anything is asked.
struct StepPlan {
  let member: Member
  let event: Event
  /// Replies that are used instead of asking, as soon as their questions are open.
  let offered: [Int: Reply]
  var isLine = false
  var isKnown = false
  var attempt = 0
}

/// A step whose questions are answered round after round until none is open.
struct StepInMaking {
  let plan: StepPlan
  let scene: Scene
  let scope: ReplyCache.Scope
  private let lore: [Int]
  private let asking: Asking
  private let rules: Rules
  private var answers: Answers
  private var replies: [Int: Reply] = [:]
  private var rounds: [[Int]] = []

  init(_ plan: StepPlan, asking: Asking, rules: Rules) {
    self.plan = plan
    self.asking = asking
    self.rules = rules
    scene = plan.member.scene(of: plan.event)
    scope = ReplyCache.Scope(plan.member.program, scene: scene)
    lore =
      plan.isLine
      ? [] : plan.member.loreInQuestion(on: plan.event) + plan.member.program.standingConditions
    answers = Answers(for: plan.member.program)
  }

  /// The open questions to which no reply is offered; none when the step can be taken.
  mutating func open(choosesLine: Bool) -> [Int] {
    while true {
      let open = plan.member.program.uncheckedQuestions(
        at: plan.member.snapshot, event: plan.event, scene: scene, given: answers, isLine: plan.isLine,
        isKnown: plan.isKnown, lore: lore, choosesLine: choosesLine, asking: asking, rules: rules)
      let offered = open.compactMap { question in plan.offered[question].map { (question, $0) } }
      guard !offered.isEmpty else { return open }
      note(offered)
    }
  }

  /// Takes what was answered in a round.
  mutating func take(_ round: [(question: Int, reply: Reply)]) {
    rounds.append(round.map(\.question))
    note(round)
  }

  private mutating func note(_ round: [(question: Int, reply: Reply)]) {
    for (question, reply) in round {
      replies[question] = reply
      answers[question] = reply.answer
    }
  }

  /// The step, once no question is open.
  var record: StepRecord {
    let (member, event) = (plan.member, plan.event)
    let step = member.program.uncheckedStep(
      from: member.snapshot, event: event, scene: scene, given: answers, isLine: plan.isLine,
      isKnown: plan.isKnown, rules: rules)
    return StepRecord(
      event: event, scene: scene,
      lore: plan.isLine ? nil : member.lore(after: step, on: event, given: answers, attempt: plan.attempt),
      rounds: rounds, replies: replies, step: step, selection: member.selection(of: step), answers: answers,
      isLine: plan.isLine, isKnown: plan.isKnown, rules: rules)
  }
}

extension Session {
  /// Steps of several members on the same event; what they ask goes out together, round after round.
  ///
  /// - Parameter choosesLine: Whether the questions of a member's lines are asked too; nil until the steps before it tell.
  func steps(
    _ plans: [StepPlan], choosesLine: (_ place: Int, _ taken: [StepRecord?]) -> Bool? = { _, _ in false }
  ) async throws -> [StepRecord] {
    var steps = plans.map { StepInMaking($0, asking: asking, rules: rules) }
    var taken: [StepRecord?] = plans.map { _ in nil }
    while taken.contains(where: { $0 == nil }) {
      var round: [(place: Int, open: [Int])] = []
      for place in steps.indices where taken[place] == nil {
        let choosesLine = choosesLine(place, taken)
        let open = steps[place].open(choosesLine: choosesLine ?? false)
        if !open.isEmpty {
          round.append((place, open))
        } else if choosesLine != nil {
          taken[place] = steps[place].record
        }
      }
      try await ask(round.map { (steps[$0.place], $0.open) })
      for (place, open) in round {
        let scope = steps[place].scope
        steps[place].take(
          open.map { ($0, asked[scope, question: $0] ?? Reply(.unknown, source: "nobody")) })
      }
    }
    return taken.compactMap(\.self)
  }

  /// Puts a round to the discriminator, except for what was answered in an attempt that failed.
  private func ask(_ round: [(step: StepInMaking, open: [Int])]) async throws {
    let missing = round.map { step, open in
      (step: step, questions: open.filter { asked[step.scope, question: $0] == nil })
    }.filter { !$0.questions.isEmpty }
    // Where the cast is not answered at once, a round that fails must lose none that was answered before it.
    let calls = discriminator is any CastDiscriminator ? [missing] : missing.map { [$0] }
    for call in calls where !call.isEmpty {
      try Task.checkCancellation()
      let replies = try await discriminator.checkedReplies(
        to: call.map { step, questions in
          let program = step.plan.member.program
          return QuestionRound(questions.map { program.questions[$0] }, about: step.scene, of: program)
        })
      for ((step, questions), replies) in zip(call, replies) {
        for (question, reply) in zip(questions, replies) {
          asked[step.scope, question: question] =
            reply.orOtherwise(step.plan.member.program.questions[question])
        }
      }
    }
  }
}
