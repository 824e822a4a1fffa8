import Dramatis

extension ConditionResolver {
  func compare(
    _ left: ConditionSyntax, _ comparison: Comparison, _ right: ConditionSyntax
  ) throws(ConditionProblem) -> Condition {
    if let condition = try compareNamed(left, comparison, right) { return condition }
    if let condition = try compareNamed(right, comparison.mirrored, left) { return condition }
    let (leftOperand, leftType) = try operand(left)
    let (rightOperand, rightType) = try operand(right, beside: leftType)
    let range = left.range.lowerBound..<right.range.upperBound
    if let condition = try compareBoolean(leftOperand, comparison, rightOperand, at: range) {
      return condition
    }
    if let condition = try compareBoolean(rightOperand, comparison, leftOperand, at: range) {
      return condition
    }
    guard leftType.isComparable(with: rightType) else {
      throw .type(
        "\(leftType.description(names)) cannot be compared with \(rightType.description(names))", at: range)
    }
    guard Set((leftOperand.machines + rightOperand.machines)).count <= 1 else {
      throw .type(
        "probabilities of two machines cannot be compared", at: range,
        help: ["compare each of them with a number"])
    }
    try requireOrder(leftType.hasOrder && rightType.hasOrder, for: comparison, at: range)
    return .compare(leftOperand, comparison, rightOperand)
  }

  /// Beside a text, a name that nothing declares is most likely a text without quotes.
  private func operand(
    _ syntax: ConditionSyntax, beside type: OperandType
  ) throws(ConditionProblem) -> (Operand, OperandType) {
    do {
      return try operand(syntax)
    } catch {
      guard type == .text || type == .datum, error.code == .unknownName, let word = syntax.word else {
        throw error
      }
      var problem = error
      problem.help = ["put a text in quotes: \"\(word)\""]
      throw problem
    }
  }

  private func requireOrder(_ hasOrder: Bool, for comparison: Comparison, at range: Range<Int>)
    throws(ConditionProblem)
  {
    guard !hasOrder, comparison.needsOrder else { return }
    let others = Comparison.allCases.filter { !$0.needsOrder }.map { "'\($0.rawValue)'" }
    throw .type(
      "'\(comparison.rawValue)' needs numbers", at: range, help: ["use \(others.joined(separator: " or "))"])
  }

  /// A machine with a state, an enumeration with a value, a commitment with a status; else nil.
  private func compareNamed(
    _ left: ConditionSyntax, _ comparison: Comparison, _ right: ConditionSyntax
  ) throws(ConditionProblem) -> Condition? {
    guard let (meaning, isPrevious) = named(left) else { return nil }
    if isPrevious { _ = try self.operand(left) }
    guard let (operand, value) = try namedValue(right, of: meaning) else { return nil }
    try requireOrder(
      false, for: comparison, at: left.range.lowerBound..<max(left.range.upperBound, right.range.upperBound))
    return .compare(isPrevious ? operand.asPrevious : operand, comparison, value)
  }

  /// What a name stands for, alone or as `previous(name)`.
  private func named(_ syntax: ConditionSyntax) -> (meaning: NameTable.Meaning, isPrevious: Bool)? {
    switch syntax.kind {
    case .name(let name): return names.meanings[name].map { ($0, false) }
    case .call("previous", let arguments):
      guard arguments.count == 1, case .name(let name) = arguments[0].kind,
        let meaning = names.meanings[name], meaning.isMachineOrVariable
      else { return nil }
      return (meaning, true)
    default: return nil
    }
  }

  /// The value that a written word means beside something that has named values.
  private func namedValue(
    _ syntax: ConditionSyntax, of meaning: NameTable.Meaning
  ) throws(ConditionProblem) -> (Operand, Operand)? {
    // `mood != previous(mood)`
    if let other = named(syntax), other.isPrevious, other.meaning == meaning,
      let operand = operand(of: meaning)
    {
      _ = try self.operand(syntax)
      return (operand, operand.asPrevious)
    }
    switch meaning {
    case .machine(let index): return (.machine(index), try state(syntax, of: index))
    case .commitment(let index): return (.commitment(index), try status(syntax))
    case .variable(let index):
      guard case .choice = names.variables[index].kind else { return nil }
      return (.variable(index), try choice(syntax, of: index))
    case .question: return nil
    }
  }

  /// A machine or an enumeration as an operand.
  private func operand(of meaning: NameTable.Meaning) -> Operand? {
    switch meaning {
    case .machine(let index): .machine(index)
    case .variable(let index): if case .choice = names.variables[index].kind { .variable(index) } else { nil }
    case .commitment, .question: nil
    }
  }

  func state(_ syntax: ConditionSyntax, of machine: Int) throws(ConditionProblem) -> Operand {
    let name = names.machines[machine].name
    guard let word = syntax.word else {
      throw .type(
        "a machine is compared with one of its states", at: syntax.range, help: ["write \(name) == other"])
    }
    guard let state = names.stateIndex(word, of: machine) else {
      throw ConditionProblem(
        code: .unknownState, message: "unknown state '\(word)'", range: syntax.range,
        label: "no state of machine '\(name)' has this name",
        help: suggestion(for: word, among: names.machines[machine].states.map(\.name)))
    }
    return .state(machine: machine, state: state)
  }

  private func status(_ syntax: ConditionSyntax) throws(ConditionProblem) -> Operand {
    let statuses = CommitmentStatus.allCases.map(\.rawValue)
    guard let word = syntax.word else {
      throw .type(
        "a commitment is compared with a status", at: syntax.range,
        help: ["a status is \(statuses.joined(separator: ", "))"])
    }
    guard let status = CommitmentStatus(rawValue: word) else {
      throw ConditionProblem(
        code: .unknownWord, message: "unknown status '\(word)'", range: syntax.range,
        help: suggestion(for: word, among: statuses))
    }
    return .status(status)
  }

  /// Makes `x == true` the same as `x`; nil where the right side is not written as a boolean.
  private func compareBoolean(
    _ operand: Operand, _ comparison: Comparison, _ literal: Operand, at range: Range<Int>
  ) throws(ConditionProblem) -> Condition? {
    guard case .boolean(let value) = literal else { return nil }
    switch operand {
    case .data: break
    case .variable(let index), .previous(.variable(let index)):
      guard names.variables[index].kind == .boolean else { return nil }
    case .previous(.question): break
    default: return nil
    }
    try requireOrder(false, for: comparison, at: range)
    return comparison.equality(value) == .yes ? .holds(operand) : .not(.holds(operand))
  }
}

extension ConditionResolver {
  func membership(of left: ConditionSyntax, in list: ConditionSyntax) throws(ConditionProblem) -> Condition {
    guard case .list(let elements) = list.kind else {
      throw .type("'in' takes a list in brackets", at: list.range, help: ["write mood in [wary, warm]"])
    }
    guard !elements.isEmpty else {
      throw ConditionProblem(code: .nothingThere, message: "this list is empty", range: list.range)
    }
    if case .call = left.kind { _ = try operand(left) }
    if let (meaning, isPrevious) = named(left), let members = try namedMembers(elements, of: meaning) {
      return .isMember(isPrevious ? members.operand.asPrevious : members.operand, of: members.list)
    }
    let (operand, type) = try operand(left)
    guard type != .boolean else {
      throw .type(
        "true or false cannot be looked for in a list", at: left.range,
        help: ["use it as a condition by itself"])
    }
    return .isMember(operand, of: try members(elements, comparableWith: type))
  }

  private func namedMembers(
    _ elements: [ConditionSyntax], of meaning: NameTable.Meaning
  ) throws(ConditionProblem) -> (operand: Operand, list: [Operand])? {
    var members: (operand: Operand, list: [Operand])?
    for element in elements {
      guard let (operand, value) = try namedValue(element, of: meaning) else { return nil }
      members = (operand, (members?.list ?? []) + [value])
    }
    return members
  }

  private func members(
    _ elements: [ConditionSyntax], comparableWith type: OperandType
  ) throws(ConditionProblem) -> [Operand] {
    var operands: [Operand] = []
    for element in elements {
      let (operand, elementType) = try operand(element)
      guard type.isComparable(with: elementType) else {
        throw .type(
          "\(type.description(names)) cannot be compared with \(elementType.description(names))",
          at: element.range)
      }
      operands.append(operand)
    }
    return operands
  }
}

extension Operand {
  /// What a machine or a variable was before the step.
  fileprivate var asPrevious: Operand {
    switch self {
    case .machine(let index): .previous(.machine(index))
    case .variable(let index): .previous(.variable(index))
    default: self
    }
  }
}

extension NameTable.Meaning {
  fileprivate var isMachineOrVariable: Bool {
    switch self {
    case .machine, .variable: true
    case .question, .commitment: false
    }
  }
}
