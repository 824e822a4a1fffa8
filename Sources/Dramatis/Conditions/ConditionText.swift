/// Prints conditions and operands the way an author writes them.
///
/// Parsing what is printed gives the same condition back.
struct ConditionText {
  let program: Program

  /// How tightly an operator binds; higher binds tighter.
  private enum Precedence: Int {
    case or, and, not, comparison, sum, product, prefix
  }

  func text(_ condition: Condition) -> String {
    text(condition, within: .or)
  }

  func text(_ operand: Operand) -> String {
    text(operand, within: .or)
  }

  private func text(_ condition: Condition, within outer: Precedence) -> String {
    switch condition {
    case .constant(let value): value ? "true" : "false"
    case .question(let index): question(program.questions[index])
    case .chance(let probability, _): "chance(\(probability))"
    case .holds(let operand): text(operand, within: .comparison)
    case .compare(let left, let comparison, let right):
      parenthesised(
        "\(text(left, within: .sum)) \(comparison.rawValue) \(text(right, within: .sum))", .comparison, outer)
    case .isMember(let operand, let list):
      parenthesised(
        "\(text(operand, within: .sum)) in [\(list.map { text($0, within: .sum) }.joined(separator: ", "))]",
        .comparison, outer)
    case .not(let condition): parenthesised("not \(text(condition, within: .not))", .not, outer)
    case .all(let conditions): joined(conditions, " and ", .and, outer)
    case .any(let conditions): joined(conditions, " or ", .or, outer)
    }
  }

  private func joined(
    _ conditions: [Condition], _ word: String, _ own: Precedence, _ outer: Precedence
  ) -> String {
    let inner: Precedence = own == .or ? .and : .not
    return parenthesised(conditions.map { text($0, within: inner) }.joined(separator: word), own, outer)
  }

  private func parenthesised(_ text: String, _ own: Precedence, _ outer: Precedence) -> String {
    own.rawValue < outer.rawValue ? "(\(text))" : text
  }

  private func question(_ question: Question) -> String {
    question.name ?? "ask(\(question.text.conditionQuoted))"
  }

  private func text(_ operand: Operand, within outer: Precedence) -> String {
    switch operand {
    case .integer(let value): value < 0 ? parenthesised(String(value), .prefix, outer) : String(value)
    case .number(let value): String(describing: value)
    case .text(let value): value.conditionQuoted
    case .boolean(let value): value ? "true" : "false"
    case .variable(let index): program.variables[index].name
    case .choice(let variable, let value): program.variables[variable].text(value)
    case .machine(let index): program.machines[index].name
    case .state(let machine, let state): program.machines[machine].states[state].name
    case .probability(let machine, let state):
      "p(\(program.machines[machine].name) == \(program.stateName(machine: machine, state: state)))"
    case .commitment(let index): program.commitments[index].name
    case .status(let status): status.rawValue
    case .actor: "actor"
    case .kind: "event.kind"
    case .data(let key): "event.data.\(key)"
    case .turn: "turn"
    case .negated(let operand): parenthesised("-\(text(operand, within: .prefix))", .prefix, outer)
    case .inverted(let operand): "not \(text(operand, within: .prefix))"
    case .arithmetic(let left, let operation, let right): arithmetic(left, operation, right, outer)
    }
  }

  private func arithmetic(
    _ left: Operand, _ operation: Arithmetic, _ right: Operand, _ outer: Precedence
  ) -> String {
    let isSum = operation == .plus || operation == .minus
    let own: Precedence = isSum ? .sum : .product
    let tighter: Precedence = isSum ? .product : .prefix
    let text = "\(text(left, within: own)) \(operation.rawValue) \(text(right, within: tighter))"
    return parenthesised(text, own, outer)
  }
}

extension Program {
  /// A condition as an author writes it, in canonical spelling.
  public func text(of condition: Condition) -> String {
    ConditionText(program: self).text(condition)
  }

  /// A value as an author writes it, in canonical spelling.
  package func text(of operand: Operand) -> String {
    ConditionText(program: self).text(operand)
  }

  /// Why a machine moved: the guard of the transition, or that a belief now has another most probable state.
  package func reason(for fired: FiredTransition) -> String {
    guard let transition = fired.transition else { return "most probable" }
    return text(of: machines[fired.machine].transitions[transition].guardCondition)
  }

  /// A state as a reader sees it.
  package func stateName(machine: Int, state: Int) -> String {
    machines[machine].states[state].name
  }
}

extension String {
  /// The text in double quotes of the condition language, with everything escaped that would end it or the line.
  package var conditionQuoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
