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
