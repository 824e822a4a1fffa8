/// What a condition is evaluated on.
struct NaiveMoment {
  var states: [Int]
  var variables: [Int]
  let turn: Int
  let event: NaiveEvent
  let answers: [NaiveTruth]
  let before: NaivePosition
}

extension NaiveComparison {
  func holds(_ left: Int, _ right: Int) -> NaiveTruth {
    let holds =
      switch self {
      case .equal: left == right
      case .notEqual: left != right
      case .less: left < right
      case .lessOrEqual: left <= right
      case .greater: left > right
      case .greaterOrEqual: left >= right
      }
    return holds ? .yes : .no
  }
}

extension NaiveTruth {
  var opposite: NaiveTruth { self == .yes ? .no : self == .no ? .yes : .unknown }
}

extension NaiveCondition {
  func truth(_ moment: NaiveMoment) -> NaiveTruth {
    switch self {
    case .ask(let question): moment.answers[question]
    case .newly(let question): moment.before.held.contains(question) ? .no : moment.answers[question]
    case .wasState(let machine, let states): states.contains(moment.before.states[machine]) ? .yes : .no
    case .wasVariable(let index, let comparison, let value):
      comparison.holds(moment.before.variables[index], value)
    case .state(let machine, let states): states.contains(moment.states[machine]) ? .yes : .no
    case .variable(let index, let comparison, let value): comparison.holds(moment.variables[index], value)
    case .variableIn(let index, let values): values.contains(moment.variables[index]) ? .yes : .no
    case .datum(let comparison, let value):
      moment.event.datum.map { comparison.holds($0, value) } ?? .unknown
    case .turn(let comparison, let value): comparison.holds(moment.turn, value)
    case .not(let condition): condition.truth(moment).opposite
    case .and(let conditions): Self.extreme(conditions, moment) { $0 < $1 }
    case .or(let conditions): Self.extreme(conditions, moment) { $0 > $1 }
    }
  }

  private static func extreme(
    _ conditions: [NaiveCondition], _ moment: NaiveMoment, _ isBefore: (Int, Int) -> Bool
  ) -> NaiveTruth {
    let truths = conditions.map { $0.truth(moment) }
    return truths.min { isBefore($0.rawValue, $1.rawValue) } ?? .unknown
  }
}

extension NaiveProgram {
  var start: NaivePosition {
    NaivePosition(states: machines.map { _ in 0 }, variables: variables.map(\.initial), turn: 0)
  }

  /// One turn's step by the rules, read aloud.
  func step(_ position: NaivePosition, _ event: NaiveEvent, _ answers: [NaiveTruth]) -> NaiveOutcome {
    var outcome = NaiveOutcome(position: position)
    outcome.position.turn += 1
    var moment = NaiveMoment(
      states: position.states, variables: position.variables, turn: position.turn + 1, event: event,
      answers: answers, before: position)
    guard let role = role(moment) else { return outcome }
    outcome.role = role
    if role == "passive" { outcome.position.held = remembered.filter { answers[$0] == .yes } }
    move(&outcome, moment, role)
    moment.states = outcome.position.states
    moment.variables = outcome.position.variables
    if role == "passive" { outcome.statements = activeTopics(event).flatMap { read($0.root, moment) } }
    return outcome
  }

  func role(_ moment: NaiveMoment) -> String? {
    if moment.event.actor == "Mara" { return "active" }
    if let relevance, relevance.truth(moment) != .yes { return nil }
    return "passive"
  }

  /// Guards read what was; effects read what is.
  private func move(_ outcome: inout NaiveOutcome, _ moment: NaiveMoment, _ role: String) {
    for (index, machine) in machines.enumerated() {
      for (number, transition) in machine.transitions.enumerated() {
        guard transition.isTried(from: moment.states[index], role) else { continue }
        guard transition.guardCondition.truth(moment) == .yes else { continue }
        outcome.fired.append([index, number])
        outcome.position.states[index] = transition.to
        for effect in transition.effects { apply(effect, &outcome.position.variables) }
        break
      }
    }
  }

  private func apply(_ effect: Effect, _ values: inout [Int]) {
    let value =
      switch effect.value {
      case .constant(let value): value
      case .plus(let variable, let value): values[variable] + value
      case .minus(let left, let right): values[left] - values[right]
      }
    let bounds = variables[effect.variable]
    values[effect.variable] = min(max(value, bounds.least), bounds.greatest)
  }

  func activeTopics(_ event: NaiveEvent) -> [Topic] {
    topics.filter { $0.partner == nil } + topics.filter { $0.partner == event.actor }
  }

  private func read(_ node: Node, _ moment: NaiveMoment) -> [String] {
    let statements = node.items.compactMap { if case .statement(let text) = $0 { text } else { nil } }
    return statements
      + node.items.flatMap { item -> [String] in
        guard case .gate(let condition, let then, let otherwise, let unknown) = item else { return [] }
        let next: Node? =
          switch condition.truth(moment) {
          case .yes: then
          case .no: otherwise
          case .unknown: unknown
          }
        return next.map { read($0, moment) } ?? []
      }
  }
}

extension NaiveProgram.Transition {
  func isTried(from state: Int, _ role: String) -> Bool {
    from.contains(state) && (self.role == "any" || self.role == role)
  }
}
