import Dramatis

/// Turns written conditions into resolved ones, checking names and types.
struct ConditionResolver {
  /// When in a turn a condition is read.
  enum Moment {
    /// By the machines, before anything has changed.
    case before
    /// By trees, commitments and lines, once the machines have moved.
    case after
    /// Before it is known whether the turn concerns the character, or outside of turns.
    case outside
  }

  var names: NameTable
  var moment = Moment.after

  /// Parses and resolves a condition.
  mutating func condition(_ text: String) throws(ConditionProblem) -> Condition {
    try resolve(try ConditionParser.parse(text))
  }

  mutating func resolve(_ syntax: ConditionSyntax) throws(ConditionProblem) -> Condition {
    switch syntax.kind {
    case .not(let operand): .not(try resolve(operand))
    case .joined(let connective, let operands): .joined(connective, try resolve(operands))
    case .comparison(let left, let comparison, let right): try compare(left, comparison, right)
    case .membership(let operand, let list): try membership(of: operand, in: list)
    case .call(let name, let arguments): try call(name, with: arguments, at: syntax.range)
    case .name(let name): try bare(name, at: syntax.range)
    case .path: try holds(syntax)
    case .integer, .number, .text, .list, .negation, .arithmetic:
      throw .type(
        "this is a value, not a condition", at: syntax.range, help: ["compare it with something: trust >= 1"])
    }
  }

  private mutating func resolve(_ operands: [ConditionSyntax]) throws(ConditionProblem) -> [Condition] {
    var conditions: [Condition] = []
    for operand in operands { conditions.append(try resolve(operand)) }
    return conditions
  }

  private mutating func call(
    _ name: String, with arguments: [ConditionSyntax], at range: Range<Int>
  ) throws(ConditionProblem) -> Condition {
    switch name {
    case "ask": return .question(names.question(asking: try questionText(arguments, at: range)))
    case "previous": return try held(before: arguments, at: range)
    case "newly": return .newly(try question(of: arguments, at: range))
    case "chance": return .chance(try probability(arguments, at: range), site: names.nextChance())
    default:
      if name == "p" {
        throw .type(
          "a probability is a number, not a condition", at: range, help: ["compare it: p(mood == wary) > 0.4"]
        )
      }
      let help = nearest(name, among: ["ask", "chance", "newly", "previous"]).map {
        ["did you mean '\($0)'?"]
      }
      throw ConditionProblem(
        code: .unknownName, message: "unknown function '\(name)'", range: range,
        help: help ?? [
          "the functions are ask(\"…\"), chance(0.3), p(mood == wary), previous(mood) and newly(asked)"
        ])
    }
  }

  /// `newly(asked)` or `newly(ask("…"))`: the question.
  private mutating func question(
    of arguments: [ConditionSyntax], at range: Range<Int>
  ) throws(ConditionProblem) -> Int {
    let help = ["write newly(asked), with a name declared under questions"]
    guard arguments.count == 1 else { throw .type("'newly' takes one question", at: range, help: help) }
    guard case .question(let index) = try resolve(arguments[0]) else {
      throw .type("'newly' takes a question", at: arguments[0].range, help: help)
    }
    guard moment != .outside else { throw outside("newly", at: range) }
    return index
  }

  /// `previous(met)`: whether a boolean variable or a question was yes before.
  private mutating func held(
    before arguments: [ConditionSyntax], at range: Range<Int>
  ) throws(ConditionProblem) -> Condition {
    if arguments.count == 1, case .call("ask", _) = arguments[0].kind {
      guard moment != .outside else { throw outside("previous", at: range) }
      guard case .question(let index) = try resolve(arguments[0]) else {
        throw .type("'previous' takes a name", at: range)
      }
      return .holds(.previous(.question(index)))
    }
    let (operand, type) = try previous(arguments, at: range)
    guard type == .boolean else {
      throw .type(
        "this is \(type.description(names)), not a condition", at: range,
        help: ["compare it with a value, as in previous(mood) == calm"])
    }
    return .holds(operand)
  }

  func outside(_ word: String, at range: Range<Int>) -> ConditionProblem {
    .type(
      "'\(word)' cannot be used here", at: range, label: "nothing is remembered where this is read",
      help: ["use it in guards, trees, commitments and lines"])
  }

  private func questionText(_ arguments: [ConditionSyntax], at range: Range<Int>) throws(ConditionProblem)
    -> String
  {
    guard arguments.count == 1, let argument = arguments.first, case .text(let text) = argument.kind else {
      throw .type(
        "'ask' takes one question in quotes", at: range, help: ["write ask(\"Is a guest in danger?\")"])
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw ConditionProblem(code: .nothingThere, message: "this question is empty", range: argument.range)
    }
    return text
  }

  private func probability(_ arguments: [ConditionSyntax], at range: Range<Int>) throws(ConditionProblem)
    -> Double
  {
    let value: Double? =
      switch arguments.first?.kind {
      case .integer(let value) where arguments.count == 1: Double(value)
      case .number(let value) where arguments.count == 1: value
      default: nil
      }
    guard let value else {
      let parts = arguments.map(\.kind)
      if parts.count == 2, case .integer(let whole) = parts[0], case .integer(let rest) = parts[1] {
        throw .type(
          "a number is written with a point and not with a comma", at: range,
          help: ["write chance(\(whole).\(rest))"])
      }
      throw .type("'chance' takes one number from 0 to 1", at: range, help: ["write chance(0.3)"])
    }
    guard (0...1).contains(value) else {
      throw ConditionProblem(
        code: .numberOutOfRange, message: "a chance is a number from 0 to 1", range: arguments[0].range)
    }
    return value
  }

  private func bare(_ name: String, at range: Range<Int>) throws(ConditionProblem) -> Condition {
    if name == "true" || name == "false" { return .constant(name == "true") }
    switch names.meanings[name] {
    case .question(let index): return .question(index)
    case .variable(let index) where names.variables[index].kind == .boolean: return .holds(.variable(index))
    case .variable, .machine, .commitment:
      throw .type(
        "'\(name)' is \(meaning(of: name)), not a condition", at: range, help: [comparisonExample(name)])
    case nil:
      if NameTable.reserved.contains(name) {
        throw .type("'\(name)' alone is not a condition", at: range, help: [reservedExample(name)])
      }
      throw unknown(name, at: range)
    }
  }

  private func holds(_ syntax: ConditionSyntax) throws(ConditionProblem) -> Condition {
    let (operand, type) = try self.operand(syntax)
    guard type == .datum else {
      throw .type(
        "this is \(type.description(names)), not a condition", at: syntax.range,
        help: ["compare it: event.kind == \"speech\""])
    }
    return .holds(operand)
  }
}

extension ConditionResolver {
  /// A name that nothing declares, with the nearest that something does.
  func unknown(_ name: String, at range: Range<Int>) -> ConditionProblem {
    var help: [String] = []
    if let (letters, script, plain) = name.lookAlikes, names.meanings[plain] != nil {
      help = ["write '\(plain)': here '\(letters)' \(letters.count == 1 ? "is" : "are") \(script)"]
    } else if let meant = name.meantBoolean {
      help = ["a boolean is written true or false: write \(meant)"]
    } else if let near = names.suggestion(name, among: names.order) {
      help = ["did you mean '\(near)'? it is \(meaning(of: near))"]
    } else if let machine = names.machines.first(where: { $0.states.contains { $0.name == name } }) {
      help = ["'\(name)' is a state: write \(machine.name) == \(name)"]
    } else {
      help = ["declare it under variables, questions, machines or commitments"]
    }
    return ConditionProblem(
      code: .unknownName, message: "unknown name '\(name)'", range: range,
      label: "nothing of this name is declared", help: help)
  }

  func meaning(of name: String) -> String {
    switch names.meanings[name] {
    case .variable(let index):
      switch names.variables[index].kind {
      case .boolean: "a boolean variable"
      case .integer: "a whole number"
      case .choice: "an enumeration"
      }
    case let meaning?: meaning.description
    case nil: "not declared"
    }
  }

  private func comparisonExample(_ name: String) -> String {
    switch names.meanings[name] {
    case .machine(let index):
      "compare it with a state: \(name) == \(names.machines[index].states.dropFirst().first?.name ?? "other")"
    case .commitment: "compare it with a status: \(name) == triggered"
    case .variable(let index):
      "compare it with a value: \(name) == \(names.variables[index].text(names.variables[index].initial))"
    case .question, nil: "write '\(name)'"
    }
  }

  private func reservedExample(_ word: String) -> String {
    switch word {
    case "actor", "user": "compare it: actor == \"Rowan\""
    case "turn": "compare it: turn > 3"
    case "event": "compare a part of it: event.kind == \"speech\" or event.data.place == \"cellar\""
    case "chance": "give it a probability: chance(0.3)"
    case "ask": "give it a question: ask(\"Is a guest in danger?\")"
    default: "see the reference of conditions"
    }
  }
}
