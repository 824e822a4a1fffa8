extension FlatCompiler {
  /// Adds a machine with the candidates that leave each of its states.
  mutating func compile(_ machine: Machine, _ index: Int) {
    let added = FlatMachine(
      kind: machine.kind, firstState: flat.stayBiases.count, stateCount: machine.states.count,
      firstBelief: firstBeliefs[index],
      firstTransition: flat.transitions.count)
    flat.machines.append(added)
    flat.stayBiases += machine.states.map(\.stayBias)
    var lists = [[FlatCandidate]](repeating: [], count: 2 * machine.states.count)
    for transition in machine.transitions {
      let candidate = compile(transition, machine.kind)
      for state in Set(transition.from) {
        for role in Role.allCases where transition.role.admits(role) {
          lists[added.list(from: state, role) - 2 * added.firstState].append(candidate)
        }
      }
    }
    if machine.kind != .deterministic {
      flat.longestRow = max(flat.longestRow, 1 + (lists.map(\.count).max() ?? 0))
    }
    for list in lists {
      flat.candidates += list
      flat.listStarts.append(flat.candidates.count)
    }
  }

  private mutating func compile(_ transition: Transition, _ kind: Machine.Kind) -> FlatCandidate {
    let isWeighed = kind != .deterministic
    let condition = transition.guardCondition
    let (key, rest) = isWeighed ? (nil, condition) : split(condition)
    let way =
      isWeighed
      ? compile(condition, wanting: .no, surely: true, then: .end(0), else: .end(1))
      : compile(rest, wanting: .yes, then: .end(1), else: .end(0))
    let firstEffect = flat.effects.count
    for effect in transition.effects { compile(effect) }
    let weight = isWeighed ? weigh(condition) : -1
    flat.transitions.append(
      FlatTransition(
        to: transition.to, effects: firstEffect..<flat.effects.count, weight: weight, bias: transition.bias))
    return FlatCandidate(key: key, way: way, transition: Int32(flat.transitions.count - 1))
  }

  private mutating func compile(_ effect: Effect) {
    let range = program.variables[effect.variable].range
    flat.effects.append(
      FlatEffect(
        cell: flat.firstVariable + effect.variable, value: assigned(effect.value),
        least: range.lowerBound, greatest: range.upperBound))
  }

  private mutating func assigned(_ operand: Operand) -> FlatEffect.Value {
    if let value = integer(operand) { return .constant(value) }
    if case .arithmetic(let left, let operation, let right) = operand, let cell = cell(left),
      let value = integer(right), let addend = operation.addend(value)
    {
      return .sum(cell: Int(cell), addend)
    }
    return .operand(place(of: operand))
  }

  /// A guard's first comparison of the event with a text, if it begins with one, and all that is left.
  private mutating func split(_ condition: Condition) -> (key: FlatCandidate.Key?, rest: Condition) {
    switch condition {
    case .compare(let left, .equal, .text(let text)):
      guard let slot = textSlot(left) else { return (nil, condition) }
      return (FlatCandidate.Key(slot: slot, text: slots.texts.number(of: text)), .constant(true))
    case .all(let parts):
      guard let first = parts.first, case (let key?, let rest) = split(first) else { return (nil, condition) }
      return (key, .all([rest] + parts.dropFirst()))
    default: return (nil, condition)
    }
  }

  /// Adds a condition to the table of weights.
  private mutating func weigh(_ condition: Condition) -> Int32 {
    let weight = weight(condition)
    flat.weights.append(weight)
    return Int32(flat.weights.count - 1)
  }

  private mutating func weight(_ condition: Condition) -> FlatWeight {
    switch condition {
    case .constant(let value): .constant(value ? 1 : 0)
    case .question(let index): .question(Int32(index))
    case .chance(let probability, _): .constant(probability)
    case .holds(let operand): .holds(place(of: operand))
    case .compare(let left, let comparison, let right):
      .compares(add(place(of: left), comparison, place(of: right)))
    case .isMember(let operand, let list): weight(operand, of: list)
    case .not(let inner): .inverted(weigh(inner))
    case .all(let parts): list(parts.map { weigh($0) }) { .least(first: $0, count: $1) }
    case .any(let parts): list(parts.map { weigh($0) }) { .greatest(first: $0, count: $1) }
    }
  }

  private mutating func weight(_ operand: Operand, of list: [Operand]) -> FlatWeight {
    let left = place(of: operand)
    var parts: [Int32] = []
    for right in list {
      flat.weights.append(.compares(add(left, .equal, place(of: right))))
      parts.append(Int32(flat.weights.count - 1))
    }
    return self.list(parts) { .greatest(first: $0, count: $1) }
  }

  private mutating func list(_ parts: [Int32], _ make: (Int32, Int32) -> FlatWeight) -> FlatWeight {
    flat.weightLists += parts
    return make(Int32(flat.weightLists.count - parts.count), Int32(parts.count))
  }
}

extension Arithmetic {
  /// What adding comes to the same as combining with a value, at the ends of Int's range too.
  fileprivate func addend(_ value: Int) -> Int? {
    switch self {
    case .plus: value
    case .minus: value == .min ? nil : -value
    case .times, .dividedBy: nil
    }
  }
}
