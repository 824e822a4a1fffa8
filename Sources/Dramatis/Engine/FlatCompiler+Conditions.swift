extension FlatCompiler {
  /// Compiles whether a condition is yes, or whether it is no.
  ///
  /// The graph grows from its ends to its beginning: what comes after stands earlier in the table.
  ///
  /// - Parameters:
  ///   - wanted: `yes` or `no`: what the condition is tested for.
  ///   - surely: Whether only states, variables and constants count, so that whatever reads an answer, the
  ///     event or a draw is never surely the one or the other.
  mutating func compile(
    _ condition: Condition, wanting wanted: Truth, surely: Bool = false, then yes: Int32, else no: Int32
  ) -> Int32 {
    if yes == no { return yes }
    switch condition {
    case .constant(let value): return Truth(value) == wanted ? yes : no
    case .not(let inner):
      return compile(inner, wanting: wanted.opposite, surely: surely, then: yes, else: no)
    case .all(let parts): return compile(parts, every: wanted == .yes, wanted, surely, yes, no)
    case .any(let parts): return compile(parts, every: wanted == .no, wanted, surely, yes, no)
    case .chance(let probability, let site):
      return compile(FlatChance(site: site, probability: probability), wanted, surely, yes, no)
    case .question(let index):
      if surely { return no }
      let test: Decision.Test =
        wanted == .yes ? .isYes(question: Int32(index)) : .isNo(question: Int32(index))
      return decide(test, then: yes, else: no)
    case .holds(let operand):
      return surely && operand.readsEvent ? no : compileHolds(operand, wanted, yes, no)
    case .compare(let left, let comparison, let right):
      if surely, left.readsEvent || right.readsEvent { return no }
      return compile(left, comparison, right, wanted, yes, no)
    case .isMember(let operand, let list):
      if surely, ([operand] + list).contains(where: \.readsEvent) { return no }
      return compile(operand, of: list, wanted, yes, no)
    }
  }

  /// All parts must be what is wanted, or one of them must.
  private mutating func compile(
    _ parts: [Condition], every: Bool, _ wanted: Truth, _ surely: Bool, _ yes: Int32, _ no: Int32
  ) -> Int32 {
    parts.reversed().reduce(every ? yes : no) { next, part in
      compile(part, wanting: wanted, surely: surely, then: every ? next : yes, else: every ? no : next)
    }
  }

  private mutating func compile(
    _ chance: FlatChance, _ wanted: Truth, _ surely: Bool, _ yes: Int32, _ no: Int32
  ) -> Int32 {
    if chance.probability <= 0 { return wanted == .no ? yes : no }
    if chance.probability >= 1 { return wanted == .yes ? yes : no }
    if surely { return no }
    flat.chances.append(chance)
    let (then, otherwise) = wanted == .yes ? (yes, no) : (no, yes)
    return decide(.other(.draws(chance: Int32(flat.chances.count - 1))), then: then, else: otherwise)
  }

  private mutating func compileHolds(
    _ operand: Operand, _ wanted: Truth, _ yes: Int32, _ no: Int32
  ) -> Int32 {
    if case .variable(let index) = operand {
      let (zero, other) = wanted == .yes ? (no, yes) : (yes, no)
      return compile(Int32(flat.firstVariable + index), .equal, 0, then: zero, else: other)
    }
    return decide(.other(.holds(place(of: operand), is: wanted)), then: yes, else: no)
  }

  private mutating func compile(
    _ left: Operand, _ comparison: Comparison, _ right: Operand, _ wanted: Truth, _ yes: Int32, _ no: Int32
  ) -> Int32 {
    if let cell = cell(left), let value = integer(right) {
      return wanted == .yes
        ? compile(cell, comparison, value, then: yes, else: no)
        : compile(cell, comparison, value, then: no, else: yes)
    }
    if case .text(let text) = right, let slot = textSlot(left), comparison.isEquality {
      let isWanted = (comparison == .equal) == (wanted == .yes)
      let text = slots.texts.number(of: text)
      return decide(.slot(isWanted ? .holds(slot, text) : .differs(slot, text)), then: yes, else: no)
    }
    return decide(
      .other(.compares(add(place(of: left), comparison, place(of: right)), is: wanted)), then: yes, else: no)
  }

  /// A whole number against a constant: within a range or not.
  private mutating func compile(
    _ cell: Int32, _ comparison: Comparison, _ value: Int, then yes: Int32, else no: Int32
  ) -> Int32 {
    let range =
      switch comparison {
      case .equal, .notEqual: value...value
      case .less, .greaterOrEqual: value...(.max)
      case .greater, .lessOrEqual: .min...value
      }
    let isWithin = [.equal, .greaterOrEqual, .lessOrEqual].contains(comparison)
    return decide(
      .cellIsWithin(FlatRange(range), cell: cell), then: isWithin ? yes : no, else: isWithin ? no : yes)
  }

  /// Membership is being equal to one of those listed.
  private mutating func compile(
    _ operand: Operand, of list: [Operand], _ wanted: Truth, _ yes: Int32, _ no: Int32
  ) -> Int32 {
    let isWanted = wanted == .yes
    let left = isSimple(operand) ? nil : place(of: operand)
    return list.reversed().reduce(isWanted ? no : yes) { next, right in
      let (then, otherwise) = isWanted ? (yes, next) : (next, no)
      guard let left else { return compile(operand, .equal, right, wanted, then, otherwise) }
      return decide(
        .other(.compares(add(left, .equal, place(of: right)), is: wanted)), then: then, else: otherwise)
    }
  }
}

extension Truth {
  fileprivate var opposite: Truth { self == .yes ? .no : .yes }
}

extension Comparison {
  fileprivate var isEquality: Bool { self == .equal || self == .notEqual }
}

extension FlatCompiler {
  /// The cell that an operand reads, if it is nothing but a cell.
  func cell(_ operand: Operand) -> Int32? {
    switch operand {
    case .machine(let index): Int32(index)
    case .variable(let index): Int32(flat.firstVariable + index)
    default: nil
    }
  }

  /// The whole number that an operand is as written.
  func integer(_ operand: Operand) -> Int? {
    switch operand {
    case .integer(let value), .choice(_, let value), .state(_, let value): value
    default: nil
    }
  }

  /// The slot that an operand reads, if what it holds may be a text.
  mutating func textSlot(_ operand: Operand) -> Int32? {
    switch operand {
    case .kind: slots.kindSlot()
    case .data(let key): slots.dataSlot(key)
    default: nil
    }
  }

  /// Whether reading an operand again costs nothing, so that it need not be shared.
  func isSimple(_ operand: Operand) -> Bool {
    switch operand {
    case .negated, .inverted, .arithmetic: false
    default: true
    }
  }

  /// Adds an operand to the table.
  mutating func place(of operand: Operand) -> Int32 {
    let flattened = flattened(operand)
    flat.operands.append(flattened)
    return Int32(flat.operands.count - 1)
  }

  /// Adds a comparison to the table.
  mutating func add(_ left: Int32, _ comparison: Comparison, _ right: Int32) -> Int32 {
    flat.comparisons.append(FlatComparison(left: left, comparison: comparison, right: right))
    return Int32(flat.comparisons.count - 1)
  }

  private mutating func flattened(_ operand: Operand) -> FlatOperand {
    switch operand {
    case .integer(let value), .choice(_, let value), .state(_, let value): .constant(.integer(value))
    case .number(let value): .constant(.number(value))
    case .text(let text): .constant(.text(slots.texts.number(of: text)))
    case .boolean(let value): .constant(.boolean(value))
    case .status(let status): .constant(.text(slots.texts.number(of: status.rawValue)))
    case .machine(let index): .cell(Int32(index))
    case .variable(let index): .cell(Int32(flat.firstVariable + index))
    case .commitment(let index): .status(cell: Int32(flat.firstCommitment + index))
    case .probability(let machine, let state): probability(machine, state)
    case .actor: .slot(slots.actorSlot())
    case .kind: .slot(slots.kindSlot())
    case .data(let key): .slot(slots.dataSlot(key))
    case .turn: .turn
    case .negated(let operand): .negated(place(of: operand))
    case .inverted(let operand): .inverted(place(of: operand))
    case .arithmetic(let left, let operation, let right):
      .arithmetic(place(of: left), operation, place(of: right))
    }
  }

  private func probability(_ machine: Int, _ state: Int) -> FlatOperand {
    guard program.machines[machine].kind == .belief else {
      return .certainty(cell: Int32(machine), state: Int32(state))
    }
    return .belief(Int32(firstBeliefs[machine] + state))
  }
}
