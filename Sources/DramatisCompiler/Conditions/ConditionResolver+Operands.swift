import Dramatis

extension ConditionResolver {
  /// Resolves a value and tells its type.
  func operand(_ syntax: ConditionSyntax) throws(ConditionProblem) -> (Operand, OperandType) {
    switch syntax.kind {
    case .integer(let value): (.integer(value), .integer)
    case .number(let value): (.number(value), .number)
    case .text(let value): (.text(value), .text)
    case .name(let name): try named(name, at: syntax.range)
    case .path(let parts): try path(parts, at: syntax.range)
    case .negation(let operand): try negation(operand)
    case .arithmetic(let left, let operation, let right): try arithmetic(left, operation, right)
    case .call("p", let arguments): try probability(of: arguments, at: syntax.range)
    case .call("previous", let arguments): try previous(arguments, at: syntax.range)
    case .call, .list, .not, .joined, .comparison, .membership:
      throw .type(
        "expected a value here, found a condition", at: syntax.range,
        help: ["a condition stands alone, or after 'not'"])
    }
  }

  private func named(_ name: String, at range: Range<Int>) throws(ConditionProblem) -> (Operand, OperandType)
  {
    switch name {
    case "true", "false": return (.boolean(name == "true"), .boolean)
    case "actor": return (.actor, .text)
    case "turn": return (.turn, .integer)
    default: break
    }
    switch names.meanings[name] {
    case .variable(let index): return (.variable(index), type(of: index))
    case .machine(let index): return (.machine(index), .machine(index))
    case .commitment(let index): return (.commitment(index), .commitment(index))
    case .question:
      throw .type(
        "'\(name)' is a question, not a value", at: range,
        help: ["a question is a condition by itself: write '\(name)' or 'not \(name)'"])
    case nil: throw unknown(name, at: range)
    }
  }

  private func type(of variable: Int) -> OperandType {
    switch names.variables[variable].kind {
    case .boolean: .boolean
    case .integer: .integer
    case .choice: .choice(variable: variable)
    }
  }

  /// `p(mood == wary)`: how probable a state is.
  private func probability(
    of arguments: [ConditionSyntax], at range: Range<Int>
  ) throws(ConditionProblem) -> (Operand, OperandType) {
    guard arguments.count == 1, case .comparison(let left, .equal, let right) = arguments[0].kind,
      case .name(let name) = left.kind, case .machine(let machine) = names.meanings[name]
    else {
      throw .type("'p' takes a machine compared with a state", at: range, help: ["write p(mood == wary)"])
    }
    guard case .state(_, let state) = try state(right, of: machine) else {
      throw .type("'p' takes a machine compared with a state", at: range, help: ["write p(mood == wary)"])
    }
    return (.probability(machine: machine, state: state), .number)
  }

  /// `previous(mood)`: what something was before the step.
  func previous(
    _ arguments: [ConditionSyntax], at range: Range<Int>
  ) throws(ConditionProblem) -> (Operand, OperandType) {
    guard arguments.count == 1, case .name(let name) = arguments[0].kind else {
      throw .type(
        "'previous' takes one name", at: range,
        help: ["write previous(mood), of a machine, a variable or a question"])
    }
    switch names.meanings[name] {
    case .machine, .variable, .question:
      if moment == .outside { throw outside("previous", at: range) }
    default: break
    }
    switch names.meanings[name] {
    case .machine, .variable:
      guard moment == .after else {
        throw .type(
          "'\(name)' is what it was before already where this is read", at: range,
          help: ["write '\(name)'; 'previous' tells old from new in trees, commitments and lines"])
      }
    default: break
    }
    switch names.meanings[name] {
    case .machine(let index): return (.previous(.machine(index)), .machine(index))
    case .variable(let index): return (.previous(.variable(index)), type(of: index))
    case .question(let index): return (.previous(.question(index)), .boolean)
    case .commitment:
      throw .type(
        "'previous' takes a machine, a variable or a question", at: arguments[0].range,
        label: "'\(name)' is a commitment")
    case nil:
      if NameTable.reserved.contains(name) {
        throw .type("'previous' takes a machine, a variable or a question", at: arguments[0].range)
      }
      throw unknown(name, at: arguments[0].range)
    }
  }

  private func path(_ parts: [String], at range: Range<Int>) throws(ConditionProblem) -> (
    Operand, OperandType
  ) {
    if parts == ["event", "kind"] { return (.kind, .text) }
    if parts.count == 3, parts.starts(with: ["event", "data"]) { return (.data(parts[2]), .datum) }
    if parts == ["event", "actor"] { return (.actor, .text) }
    if let name = parts.first, name != "event" {
      var help = "only 'event' has; write '\(name)' alone"
      if case .machine(let index) = names.meanings[name], parts.count == 2,
        names.stateIndex(parts[1], of: index) != nil
      {
        help = "write \(name) == \(parts[1])"
      }
      throw ConditionProblem(
        code: .unknownName, message: "'\(name)' has no parts", range: range, help: [help])
    }
    throw ConditionProblem(
      code: .unknownName, message: "unknown name '\(parts.joined(separator: "."))'", range: range,
      help: ["what can be read of an event is actor, event.kind and event.data.<key>"])
  }

  private func negation(_ syntax: ConditionSyntax) throws(ConditionProblem) -> (Operand, OperandType) {
    switch try operand(syntax) {
    case (.integer(let value), _): return (.integer(Arithmetic.minus(0, value)), .integer)
    case (.number(let value), _): return (.number(-value), .number)
    case (let operand, .integer): return (.negated(operand), .integer)
    case (_, let type): throw notWhole(type, at: syntax.range)
    }
  }

  private func arithmetic(
    _ left: ConditionSyntax, _ operation: Arithmetic, _ right: ConditionSyntax
  ) throws(ConditionProblem) -> (Operand, OperandType) {
    let operands = (try wholeNumber(left), try wholeNumber(right))
    if operation.needsDivisor {
      guard case .integer(let divisor) = operands.1, divisor != 0 else {
        throw .type("division is by a written number other than 0 only", at: right.range)
      }
    }
    return (.arithmetic(operands.0, operation, operands.1), .integer)
  }

  func wholeNumber(_ syntax: ConditionSyntax) throws(ConditionProblem) -> Operand {
    let (operand, type) = try operand(syntax)
    guard type == .integer else { throw notWhole(type, at: syntax.range) }
    return operand
  }

  private func notWhole(_ type: OperandType, at range: Range<Int>) -> ConditionProblem {
    .type("arithmetic needs whole numbers, found \(type.description(names))", at: range)
  }
}

extension ConditionResolver {
  /// A value as it is assigned to a variable: an expression of the variable's kind.
  func effectValue(_ text: String, of variable: Int) throws(ConditionProblem) -> Operand {
    let syntax = try ConditionParser.parse(text)
    switch names.variables[variable].kind {
    case .integer: return try assignedNumber(syntax)
    case .boolean: return try booleanValue(syntax)
    case .choice: return try choice(syntax, of: variable)
    }
  }

  private func assignedNumber(_ syntax: ConditionSyntax) throws(ConditionProblem) -> Operand {
    let (operand, type) = try operand(syntax)
    guard type == .integer else {
      throw .type("expected a whole number, found \(type.description(names))", at: syntax.range)
    }
    return operand
  }

  private func booleanValue(_ syntax: ConditionSyntax) throws(ConditionProblem) -> Operand {
    if case .not(let inner) = syntax.kind { return .inverted(try booleanValue(inner)) }
    guard case (let operand, .boolean) = try operand(syntax) else {
      throw .type("expected true, false or a boolean variable", at: syntax.range)
    }
    return operand
  }

  /// A value of an enumeration, bare or in quotes.
  func choice(_ syntax: ConditionSyntax, of variable: Int) throws(ConditionProblem) -> Operand {
    guard case .choice(let values) = names.variables[variable].kind, let word = syntax.word else {
      throw .type(
        "expected a value of '\(names.variables[variable].name)'", at: syntax.range, help: ["write its name"])
    }
    guard let value = values.firstIndex(of: word) else {
      throw ConditionProblem(
        code: .unknownWord, message: "unknown value '\(word)'", range: syntax.range,
        label: "'\(names.variables[variable].name)' has no value of this name",
        help: suggestion(for: word, among: values))
    }
    return .choice(variable: variable, value: value)
  }

  func suggestion(for word: String, among candidates: [String]) -> [String] {
    [
      names.suggestion(word, among: candidates).map { "did you mean '\($0)'?" }
        ?? "there \(candidates.count == 1 ? "is" : "are") \(candidates.prefix(12).joined(separator: ", "))"
    ]
  }
}

extension ConditionSyntax {
  /// A name as it may be written where only names of one kind can stand: bare or in quotes.
  var word: String? {
    switch kind {
    case .name(let word), .text(let word): word
    default: nil
    }
  }
}
