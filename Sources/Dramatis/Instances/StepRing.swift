/// The last steps of a character with all that led to them, so that they can be explained afterwards.
struct StepRing: Hashable, Sendable {
  /// A step that can be explained.
  struct Taken: Hashable, Sendable {
    let event: Event
    let before: Snapshot
    let answers: Answers
    let step: Step
    let isLine, isKnown: Bool
  }

  /// How many steps are kept.
  var capacity = 0 {
    didSet { if steps.count > capacity { steps.removeFirst(steps.count - capacity) } }
  }
  private(set) var steps: [Taken] = []

  mutating func note(_ step: @autoclosure () -> Taken) {
    guard capacity > 0 else { return }
    if steps.count == capacity { steps.removeFirst() }
    steps.append(step())
  }
}

/// How a step came about, by names: which guards were looked at, what each came to and which parts made it so.
///
/// ```swift
/// guardian.remembersSteps = 8
/// _ = try guardian.turn(event)
/// for step in guardian.explanations { print(step) }
/// ```
public struct StepExplanation: Hashable, Sendable, Codable, CustomStringConvertible {
  /// A condition that was looked at.
  public struct Looked: Hashable, Sendable, Codable {
    /// What it decides: `mood → tense`, `duty`, `debt: trigger`.
    public let place: String
    /// The condition as an author writes it.
    public let condition: String
    /// What it came to.
    public let answer: Answer
    /// Whether it led anywhere: the transition was taken, the gate opened, the commitment moved on.
    public let isTaken: Bool
    /// The parts that made it so, each with what it came to.
    public let decidedBy: [String]
  }

  /// The name of the instance.
  public let instance: String
  /// The turn in which it was taken.
  public let turn: Int
  /// What was stepped on.
  public let event: Event
  /// Whether it was a line and not an event.
  public let isLine: Bool
  /// The side on which the character stood; nil where the event did not concern it.
  public let role: Role?
  /// The guards of the transitions out of each machine's state, the gates that were reached and the conditions of
  /// commitments, in order.
  public let looked: [Looked]

  /// The step in lines: what was taken is marked with `>`.
  public var description: String {
    let title =
      "\(instance.oneLine), turn \(turn), on \((event.text ?? event.kind).oneLine)"
      + (event.actor.map { " by \($0.oneLine)" } ?? "") + (role == nil ? ": does not concern it" : "")
    let lines = looked.map { looked in
      "\(looked.isTaken ? ">" : " ") \(looked.place): \(looked.condition) is \(looked.answer.truth.rawValue)"
        + (looked.decidedBy.isEmpty ? "" : " (\(looked.decidedBy.joined(separator: ", ")))")
    }
    return ([title] + lines).joined(separator: "\n")
  }
}

extension Instance {
  /// How many of its last steps the instance keeps to explain them; none unless set, and it costs nothing then.
  public var remembersSteps: Int {
    get { memory.steps.capacity }
    set { memory.steps.capacity = max(newValue, 0) }
  }

  /// How the last steps came about, oldest first; worked out when it is asked for.
  public var explanations: [StepExplanation] {
    memory.steps.steps.map { StepExplanation(of: $0, by: program) }
  }
}

extension StepExplanation {
  init(of taken: StepRing.Taken, by program: Program) {
    let explanation = program.uncheckedExplanation(
      of: taken.step, from: taken.before, event: taken.event, given: taken.answers, isLine: taken.isLine,
      isKnown: taken.isKnown)
    instance = program.character
    turn = taken.step.snapshot.turn
    event = taken.event
    isLine = taken.isLine
    role = taken.step.grounding.role
    let fired = taken.step.grounding.fired
    let guards = explanation.guards.map { outcome in
      let machine = program.machines[outcome.machine]
      let transition = machine.transitions[outcome.transition]
      return Looked(
        place: "\(machine.name) → \(machine.states[transition.to].name)",
        condition: program.text(of: transition.guardCondition), answer: outcome.answer,
        isTaken: fired.contains { $0.machine == outcome.machine && $0.transition == outcome.transition },
        decidedBy: Self.parts(outcome.decidedBy, of: program))
    }
    let gates = explanation.gates.map { outcome in
      Looked(
        place: program.topics[outcome.topic].name, condition: program.text(of: outcome.condition),
        answer: Answer(outcome.truth), isTaken: outcome.isOpen, decidedBy: [])
    }
    let moved = taken.step.grounding.commitments.map(\.commitment)
    let commitments = explanation.commitments.compactMap { outcome -> Looked? in
      let commitment = program.commitments[outcome.commitment]
      let condition: Condition? =
        switch outcome.part {
        case .abandon: commitment.abandonWhen
        case .plant: commitment.plant
        case .trigger: commitment.trigger
        }
      guard let condition else { return nil }
      return Looked(
        place: "\(commitment.name): \(outcome.part.rawValue)", condition: program.text(of: condition),
        answer: outcome.answer, isTaken: outcome.answer.truth == .yes && moved.contains(outcome.commitment),
        decidedBy: Self.parts(outcome.decidedBy, of: program))
    }
    looked = guards + gates + commitments
  }

  private static func parts(_ parts: [DecidingPart], of program: Program) -> [String] {
    parts.map { "\(program.text(of: $0.condition)): \($0.truth.rawValue)" }
  }
}
