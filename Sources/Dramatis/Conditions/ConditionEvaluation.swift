/// What conditions read: a position, an event and the answers given so far.
struct Facts {
  var states: [Int]
  var beliefs: [[Double]]
  var variables: [Int]
  var commitments: [CommitmentProgress]
  /// The transitions of role `any` that have fired in this turn.
  let spent: [TransitionPlace]
  /// What `previous` comes to.
  let past: [Past: Int]
  let seed: UInt64
  let turn: Int
  let event: Event
  let role: Role
  var answers: Answers
  let rules: Rules
  /// Whether `chance(q)` counts q instead of being drawn, as it does in probabilistic machines.
  var weighsChance = false

  /// - Parameter isStepped: Whether the snapshot has stepped on the event already, so that what was before is what it keeps.
  init(
    _ snapshot: Snapshot, turn: Int, event: Event, role: Role, answers: Answers, rules: Rules = .current,
    isStepped: Bool = false
  ) {
    past = isStepped ? snapshot.memory.values : snapshot.past(isLine: turn == snapshot.turn)
    states = snapshot.states
    beliefs = snapshot.beliefs
    variables = snapshot.variables
    commitments = snapshot.commitments
    spent = rules > .first && turn == snapshot.turn ? snapshot.spent : []
    seed = snapshot.seed
    self.turn = turn
    self.event = event
    self.role = role
    self.answers = answers
    self.rules = rules
  }

  /// The probability of a state: what is believed, or certainty.
  func probability(of state: Int, in machine: Int) -> Double {
    if beliefs[machine].isEmpty { states[machine] == state ? 1 : 0 } else { beliefs[machine][state] }
  }

  /// A draw; in a probabilistic machine the probability itself.
  fileprivate func chance(_ probability: Double, at site: Int) -> Answer {
    if weighsChance, let answer = Answer(probability: probability) { return answer }
    let number = Draw.number(seed: seed, turn: turn, site: Draw.Site.chance(site, in: role))
    return number < probability ? .yes : .no
  }
}

/// Evaluation over the tree, for working out what can still matter, which lines fit and why something moved.
///
/// A step evaluates the flat form of the same conditions; a test holds the two to the same values.
extension Condition {
  /// The condition's answer, with an unanswered question counting as unknown.
  ///
  /// Kleene's logic extended to probabilities, as ``Connective`` says; a comparison counts 1 or 0, or one half
  /// where the event does not say.
  func answer(_ facts: Facts) -> Answer {
    switch self {
    case .constant(let value): value ? .yes : .no
    case .question(let index): facts.answers[index] ?? .unknown
    case .chance(let probability, let site): facts.chance(probability, at: site)
    case .holds(let operand): Answer(operand.value(facts).isTrue)
    case .compare(let left, let comparison, let right):
      Answer(left.value(facts).truth(of: comparison, with: right.value(facts)))
    case .isMember(let operand, let list): Answer(operand.membership(in: list, facts: facts))
    case .not(let condition): condition.answer(facts).inverted
    case .joined(let connective, let conditions):
      conditions.reduce(Answer(connective.neutral)) { $0.joined(by: connective, with: $1.answer(facts)) }
    }
  }

  /// Between which probabilities the condition lies, with a draw counting as its probability.
  func range(_ facts: Facts) -> ProbabilityRange {
    switch self {
    case .chance(let probability, _): ProbabilityRange(probability)
    case .not(let condition): condition.range(facts).inverted
    case .joined(let connective, let conditions):
      conditions.reduce(ProbabilityRange(Answer(connective.neutral).probability)) {
        $0.joined(by: connective, with: $1.range(facts))
      }
    case .constant, .question, .holds, .compare, .isMember:
      ProbabilityRange(answer(facts), rules: facts.rules)
    }
  }

  /// Whether the condition is yes, no or unknown.
  func truth(_ facts: Facts) -> Truth { answer(facts).truth }
}

extension Operand {
  fileprivate func membership(in list: [Operand], facts: Facts) -> Truth {
    let value = value(facts)
    var found = Truth.no
    for operand in list {
      switch value.truth(of: .equal, with: operand.value(facts)) {
      case .yes: return .yes
      case .unknown: found = .unknown
      case .no: break
      }
    }
    return found
  }

  /// What the operand comes to; missing where the event does not give it.
  func value(_ facts: Facts) -> Value<String> {
    switch self {
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .text(let value): .text(value)
    case .boolean(let value): .boolean(value)
    case .variable(let index): .integer(facts.variables[index])
    case .choice(_, let value): .integer(value)
    case .machine(let index): .integer(facts.states[index])
    case .state(_, let state): .integer(state)
    case .probability(let machine, let state): .number(facts.probability(of: state, in: machine))
    case .commitment(let index): .text(facts.commitments[index].status.rawValue)
    case .status(let status): .text(status.rawValue)
    case .actor: facts.event.actor.map { .name(FoldedName($0)) } ?? .missing
    case .kind: .text(facts.event.kind)
    case .data(let key): Value(facts.event.data[key])
    case .turn: .integer(facts.turn)
    case .previous(let past): .integer(facts.past[past] ?? 0)
    case .negated(let operand): operand.value(facts).negated
    case .inverted(let operand): operand.value(facts).inverted
    case .arithmetic(let left, let operation, let right):
      left.value(facts).combined(by: operation, with: right.value(facts))
    }
  }
}

extension Value<String> {
  fileprivate init(_ datum: Datum?) {
    switch datum {
    case .boolean(let value): self = .boolean(value)
    case .number(let value): self = .number(value)
    case .text(let value): self = .text(value)
    case .null, .list, .object, nil: self = .missing
    }
  }
}
