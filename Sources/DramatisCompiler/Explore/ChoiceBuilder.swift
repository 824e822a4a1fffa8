import Dramatis

/// Rewrites the conditions of a program so that choices stand in them as questions.
struct ChoiceBuilder {
  private let source: Program
  private let values: EventValues
  private(set) var questions: [Question]
  /// What each added question stands for, in their order.
  private var added: [Condition] = []
  private var sources: [Choice.Source] = []
  private var known: [Condition: Int] = [:]
  private(set) var notes: [String] = []

  init(source: Program) {
    self.source = source
    values = EventValues(of: source)
    questions = source.questions
    let effects = source.machines.flatMap(\.transitions).flatMap(\.effects)
    if effects.flatMap(\.value.atoms).contains(where: { $0.field != nil }) {
      note("an effect reads the event, which is not followed")
    }
  }

  private mutating func note(_ text: String) {
    if !notes.contains(text) { notes.append(text) }
  }

  /// A condition whose draws and comparisons with the event are questions.
  mutating func withChoices(_ condition: Condition) -> Condition {
    condition.mapLeaves { leafWithChoices($0) }
  }

  private mutating func leafWithChoices(_ leaf: Condition) -> Condition {
    switch leaf {
    case .chance(let probability, let site):
      if probability <= 0 || probability >= 1 { return .constant(probability >= 1) }
      return question(for: leaf, .chance(site))
    case .holds, .compare, .isMember: return comparisonWithChoices(leaf)
    case .constant, .question, .not, .joined: return leaf
    }
  }

  private mutating func comparisonWithChoices(_ leaf: Condition) -> Condition {
    let reads = leaf.reads
    let fields = Set(reads.compactMap(\.field))
    let isBelief = reads.contains { readsBelief($0) }
    if reads.contains(where: \.readsPast) {
      note("what was before the turn is taken as free")
      return question(for: leaf, .comparison(leaf))
    }
    if fields.isEmpty, !isBelief { return leaf }
    let isPlain = reads.allSatisfy { $0.field != nil || $0.isConstant }
    if let field = fields.first, fields.count == 1, isPlain { return question(for: leaf, .field(field)) }
    note(
      isBelief
        ? "probabilities of states are taken as free"
        : "comparisons of the event with variables are taken as free")
    return question(for: leaf, .comparison(leaf))
  }

  private func readsBelief(_ operand: Operand) -> Bool {
    if case .probability(let machine, _) = operand { source.machines[machine].kind == .belief } else { false }
  }

  private mutating func question(for leaf: Condition, _ choice: Choice.Source) -> Condition {
    if let index = known[leaf] { return .question(index) }
    let index = questions.count
    questions.append(Question(name: nil, text: ""))
    added.append(leaf)
    sources.append(choice)
    known[leaf] = index
    return .question(index)
  }

  /// A question of its own for something that no condition says.
  private mutating func pick(_ choice: Choice.Source) -> Condition {
    let index = questions.count
    questions.append(Question(name: nil, text: ""))
    added.append(.constant(true))
    sources.append(choice)
    return .question(index)
  }

  mutating func withChoices(_ gate: Gate) -> Gate {
    Gate(condition: withChoices(gate.condition), then: gate.then, else: gate.else, unknown: gate.unknown)
  }

  mutating func withChoices(_ commitment: Commitment) -> Commitment {
    let trigger = withChoices(commitment.trigger)
    // Of the checks on a line only that of the payoff changes the status.
    return commitment.with(
      trigger: trigger, plant: commitment.plant.map { withChoices($0) },
      abandonWhen: commitment.abandonWhen.map { withChoices($0) },
      checks: Commitment.Checks(planted: nil, paid: commitment.checks?.paid, early: nil))
  }
}

extension ChoiceBuilder {
  /// A machine that moves on choices alone.
  mutating func machine(_ index: Int) -> Machine {
    let machine = source.machines[index]
    let transitions =
      switch machine.kind {
      case .deterministic: machine.transitions.map { with($0, guardedBy: withChoices($0.guardCondition)) }
      case .sample: machine.transitions.indices.map { drawn($0, of: index) }
      case .belief: believed(index)
      }
    return Machine(name: machine.name, states: machine.states, transitions: transitions)
  }

  private func with(_ transition: Transition, guardedBy condition: Condition) -> Transition {
    Transition(
      from: transition.from, to: transition.to, guardCondition: condition, role: transition.role,
      effects: transition.effects)
  }

  /// What a guard asks is all as the transition would have it; only what states and variables rule out is.
  private mutating func drawn(_ index: Int, of machine: Int) -> Transition {
    let transition = source.machines[machine].transitions[index]
    return with(
      transition,
      guardedBy: .all([pick(.draw(machine: machine, transition: index)), hopeful(transition.guardCondition)]))
  }

  /// A condition where all that is asked is as a transition would have it.
  ///
  /// What stands under one `not` is the opposite. Of a connective that is not monotone this cannot be told part by
  /// part, so that the whole of it is as the transition would have it.
  private func hopeful(_ condition: Condition, positive: Bool = true) -> Condition {
    switch condition {
    case .not(let inner): .not(hopeful(inner, positive: !positive))
    case .joined(let connective, let parts) where connective.isMonotone:
      .joined(connective, parts.map { hopeful($0, positive: positive) })
    case .constant: condition
    case .chance(let probability, _) where probability <= 0 || probability >= 1:
      .constant(probability >= 1)
    case .holds, .compare, .isMember:
      condition.reads.contains { $0.isOfTurn || readsBelief($0) || $0.readsPast }
        ? .constant(positive) : condition
    case .question, .chance, .joined: .constant(positive)
    }
  }

  private mutating func believed(_ index: Int) -> [Transition] {
    let machine = source.machines[index]
    note("the most probable state of '\(machine.name)' is taken as free")
    let roles = Set(machine.transitions.map(\.role))
    // A belief moves on the event and on the line; a transition of role `any` would fire on one of them only.
    let tried: [Transition.RoleFilter] =
      roles == [.passive] || roles == [.active] ? Array(roles) : [.passive, .active]
    return machine.statesInReach.flatMap { state in
      let condition = pick(.belief(machine: index, state: state))
      return tried.map { role in
        Transition(
          from: machine.states.indices.filter { $0 != state }, to: state, guardCondition: condition,
          role: role,
          effects: [])
      }
    }
  }
}

extension ChoiceBuilder {
  /// The choices, and for each question the one that answers it.
  ///
  /// - Parameter polarity: What the conditions can tell apart in an answer.
  func choices(reduced polarity: AnswerPolarity) -> (choices: [Choice], ofQuestion: [Int]) {
    var choices: [Choice] = []
    var ofQuestion = [Int](repeating: 0, count: questions.count)
    for question in source.questions.indices {
      ofQuestion[question] = choices.count
      choices.append(
        choice(.question(question), answering: question, with: polarity.truths(of: question)))
    }
    var ofField: [EventField: Int] = [:]
    for (offset, source) in sources.enumerated() {
      let question = self.source.questions.count + offset
      guard case .field(let field) = source else {
        ofQuestion[question] = choices.count
        choices.append(choice(source, answering: question, with: truths(of: source)))
        continue
      }
      ofQuestion[question] = ofField[field] ?? choices.count
      if ofField[field] == nil {
        ofField[field] = choices.count
        choices.append(choice(of: field))
      }
    }
    return (choices, ofQuestion)
  }

  private func truths(of source: Choice.Source) -> [Truth] {
    if case .comparison = source { [.yes, .no, .unknown] } else { [.yes, .no] }
  }

  private func choice(_ source: Choice.Source, answering question: Int, with truths: [Truth]) -> Choice {
    let options = truths.map {
      Choice.Option(label: $0.rawValue, value: nil, replies: [.init(question: question, truth: $0)])
    }
    return Choice(
      source: source,
      options: Dictionary(uniqueKeysWithValues: EventSide.allCases.map { ($0, options) }))
  }

  /// Values that every comparison treats alike are one option.
  private func choice(of field: EventField) -> Choice {
    let compared = sources.indices.filter { sources[$0] == .field(field) }
    let options = EventSide.allCases.map { side in
      var options: [Choice.Option] = []
      for value in values.values(of: field, on: side) {
        let replies = compared.map { offset in
          Choice.Option.Reply(
            question: source.questions.count + offset,
            truth: Circumstances(of: source, on: Event(field, value: value)).truth(of: added[offset]))
        }
        if !options.contains(where: { $0.replies == replies }) {
          options.append(Choice.Option(label: value?.label ?? "none", value: value, replies: replies))
        }
      }
      return (side, options)
    }
    return Choice(source: .field(field), options: Dictionary(uniqueKeysWithValues: options))
  }
}

extension Event {
  fileprivate init(_ field: EventField, value: Datum?) {
    self.init()
    set(field, to: value)
  }
}

extension Datum {
  /// As conditions write it.
  fileprivate var label: String {
    switch self {
    case .text(let text): text.conditionQuoted
    case .number(let number): Int(exactly: number).map(String.init) ?? String(number)
    case .boolean(let value): String(value)
    case .null, .list, .object: "null"
    }
  }
}

extension Operand {
  /// Whether it is written in the condition rather than read.
  fileprivate var isConstant: Bool {
    switch self {
    case .integer, .number, .text, .boolean, .choice, .state, .status: true
    default: false
    }
  }

  /// Whether the event or the turn gives it.
  fileprivate var isOfTurn: Bool { field != nil || self == .turn }
}

extension Machine {
  /// The states to which transitions lead from the first, whatever their guards.
  var statesInReach: [Int] {
    var reached: Set<Int> = [0]
    var waiting = [0]
    while let state = waiting.popLast() {
      for transition in transitions where transition.from.contains(state) {
        if reached.insert(transition.to).inserted { waiting.append(transition.to) }
      }
    }
    return reached.sorted()
  }
}
