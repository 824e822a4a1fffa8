/// One event in, at most one line out: what it did to everyone in the cast.
public struct Turn: Sendable {
  /// The identity of the turn among the entries of the transcript; 0 where none is kept.
  public internal(set) var id: Int
  /// The number of the turn, from 1.
  public let number: Int
  /// How many lines had been made for this event before, by ``Session/retry(speaker:)``.
  public let attempt: Int
  /// What happened.
  public let event: Event
  /// One record a member of the cast, in the order of the cast.
  public let records: [TurnRecord]
  /// What was said in response, if anybody said anything.
  public let line: Line?
  /// In which direction the line was to go: what people wished, then the director.
  public var directions: [Direction] = []
}

/// What a member of the cast said in a turn.
public struct Line: Hashable, Sendable {
  /// The turn in which it was said; 0 for a greeting.
  public let turn: Int
  /// Who said it.
  public let character: String
  /// What was said, and how it came to its end.
  let spoken: SpokenLine
  /// The line as an event that the others perceive.
  let event: Event
  /// Whether everyone who heard it has stepped on it in its own turn.
  let isHeard: Bool

  /// What was said.
  public var text: String { spoken.text }
  /// Why it ends before its end; nil where it is whole.
  public var cut: LineCut? { spoken.cut }
  /// What a model wrote besides, and nobody said; in order.
  public var leftOut: [String] { spoken.leftOut }
  /// What is wrong with it and could not be mended.
  public var flaws: [LineFlaw] { spoken.flaws }
  /// The place of the text among all texts of the profile's lines; nil for words made for the occasion.
  package var authored: Int? { spoken.authored }
}

/// What a turn did to one character.
public struct TurnRecord: Sendable {
  /// The character's program.
  public let program: Program
  /// Where the character stood before the turn.
  public let before: Snapshot
  /// Where the character stands after the turn, its line included, whoever said it.
  public let after: Snapshot
  /// How the event was taken; nil for the character's own line, which was taken in its own turn.
  public let event: StepRecord?
  /// How the character's own line of this turn was taken, if there is one.
  public let line: StepRecord?
  /// How another member's line of this turn was taken; nil where nobody else spoke, or the character was not there.
  public let heard: StepRecord?
  /// What the character keeps after the turn in answer to its standing questions, with what it rests on.
  public let memory: [KeptAnswer]
  /// What the character keeps of the events for which there was no room; nil for nothing.
  public let past: KeptPast?

  /// For each probabilistic machine by name the distribution over its states that the turn left.
  ///
  /// For a sampled machine it is what the state was drawn from last; before any draw it is certainty.
  public var distributions: [String: [String: Double]] {
    var result: [String: [String: Double]] = [:]
    for (index, machine) in program.machines.enumerated() where machine.kind != .deterministic {
      result[machine.name] = Dictionary(
        zip(machine.states.map(\.name), distribution(of: index)), uniquingKeysWith: { first, _ in first })
    }
    return result
  }

  /// For each machine by name that is of a mixed mood after the turn its states, the most probable first.
  ///
  /// See ``Machine/mixture(of:)``.
  public var mixtures: [String: [String]] {
    var result: [String: [String]] = [:]
    for (index, machine) in program.machines.enumerated() where machine.kind != .deterministic {
      let states = machine.mixture(of: distribution(of: index))
      if !states.isEmpty { result[machine.name] = states.map { machine.states[$0].name } }
    }
    return result
  }

  private func distribution(of index: Int) -> [Double] {
    let machine = program.machines[index]
    let last = steps.reversed().map(\.step.grounding.distributions).first { !$0.isEmpty }
    let certain = machine.states.indices.map { after.states[index] == $0 ? 1.0 : 0 }
    return last?[index] ?? (machine.kind == .belief ? after.beliefs[index] : certain)
  }

  /// The steps, in order: on the event, and on the line of the turn, whoever said it.
  public var steps: [StepRecord] { [event, line, heard].compactMap(\.self) }

  /// How each of the ``steps`` came about; empty for one that did not concern the character.
  public var explanations: [Explanation] {
    var before = before
    return steps.map { record in
      defer { before = record.step.snapshot }
      return program.uncheckedExplanation(
        of: record.step, from: before, event: record.event, given: record.answers, isLine: record.isLine,
        isKnown: record.isKnown, rules: record.rules)
    }
  }
}

/// One step with all that led to it.
public struct StepRecord: Sendable {
  /// What was stepped on.
  public let event: Event
  /// What the questions were about.
  public let scene: Scene
  /// What lore comes to; nil where the character has none, or the step is no event's that concerns it.
  public let lore: LoreReport?
  /// The rounds put to the discriminator, as indices of questions.
  public let rounds: [[Int]]
  /// Every answer there was, given or asked for, by question.
  public let replies: [Int: Reply]
  /// The outcome.
  public let step: Step
  /// Which of its statements are handed to the performer, and which are left out and why.
  public let selection: StatementSelection
  /// The same answers as the step read them.
  package let answers: Answers
  /// Whether it is a line of the cast, taken in the turn in which it was said.
  package let isLine: Bool
  /// Whether it is a line that the character had heard in the turn before.
  package let isKnown: Bool
  /// By which rules the step went.
  package let rules: Rules

  /// Whether something was said to the character and no question about it was answered yes.
  public var isUnheard: Bool {
    event.text != nil && step.grounding.isRelevant && step.grounding.role == .passive
      && !replies.contains { $0.value.answer.truth == .yes }
  }
}
