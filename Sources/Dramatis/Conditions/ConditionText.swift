/// Prints conditions and operands the way an author writes them.
///
/// Parsing what is printed gives the same condition back.
struct ConditionText {
  let program: Program

  /// How tightly an operator binds; higher binds tighter.
  private struct Precedence {
    let rank: Int

    static let loosest = Precedence(rank: 0)
    static let not = Precedence(rank: Connective.allCases.count)
    static let comparison = Precedence(rank: not.rank + 1)
    static let prefix = Precedence(Arithmetic.Level.allCases.count)

    init(rank: Int) { self.rank = rank }
    init(_ connective: Connective) { rank = connective.rawValue }
    init(_ level: Arithmetic.Level) { self.init(level.rawValue) }

    /// By the place among the levels of arithmetic.
    private init(_ level: Int) { rank = Self.comparison.rank + 1 + level }

    var tighter: Precedence { Precedence(rank: rank + 1) }
  }

  func text(_ condition: Condition) -> String {
    text(condition, within: .loosest)
  }

  func text(_ operand: Operand) -> String {
    text(operand, within: .loosest)
  }

  private func text(_ condition: Condition, within outer: Precedence) -> String {
    switch condition {
    case .constant(let value): value ? "true" : "false"
    case .question(let index): question(program.questions[index])
    case .chance(let probability, _): "chance(\(probability))"
    case .holds(let operand): text(operand, within: .comparison)
    case .compare(let left, let comparison, let right):
      parenthesised("\(term(left)) \(comparison.rawValue) \(term(right))", if: .comparison, within: outer)
    case .isMember(let operand, let list):
      parenthesised(
        "\(term(operand)) in [\(list.map(term).joined(separator: ", "))]", if: .comparison, within: outer)
    case .not(let condition):
      parenthesised("not \(text(condition, within: .not))", if: .not, within: outer)
    case .joined(let connective, let conditions):
      if let index = condition.newlyAsked {
        "newly(\(question(program.questions[index])))"
      } else {
        joined(conditions, by: connective, within: outer)
      }
    }
  }

  /// An operand as a side of a comparison.
  private func term(_ operand: Operand) -> String { text(operand, within: .comparison.tighter) }

  private func joined(
    _ conditions: [Condition], by connective: Connective, within outer: Precedence
  ) -> String {
    let own = Precedence(connective)
    let parts = conditions.map { text($0, within: own.tighter) }
    return parenthesised(parts.joined(separator: " \(connective.word) "), if: own, within: outer)
  }

  private func parenthesised(_ text: String, if own: Precedence, within outer: Precedence) -> String {
    own.rank < outer.rank ? "(\(text))" : text
  }

  private func name(of past: Past) -> String {
    switch past {
    case .machine(let index): program.machines[index].name
    case .variable(let index): program.variables[index].name
    case .question(let index): question(program.questions[index])
    }
  }

  private func question(_ question: Question) -> String {
    question.name ?? "ask(\(question.text.conditionQuoted))"
  }

  private func text(_ operand: Operand, within outer: Precedence) -> String {
    switch operand {
    case .integer(let value):
      value < 0 ? parenthesised(String(value), if: .prefix, within: outer) : String(value)
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
    case .previous(let past): "previous(\(name(of: past)))"
    case .negated(let operand):
      parenthesised("-\(text(operand, within: .prefix))", if: .prefix, within: outer)
    case .inverted(let operand): "not \(text(operand, within: .prefix))"
    case .arithmetic(let left, let operation, let right):
      parenthesised(
        calculation(left, operation, right), if: Precedence(operation.level), within: outer)
    }
  }

  private func calculation(_ left: Operand, _ operation: Arithmetic, _ right: Operand) -> String {
    let own = Precedence(operation.level)
    return "\(text(left, within: own)) \(operation.rawValue) \(text(right, within: own.tighter))"
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

  /// Why something became of a commitment, as an author writes it.
  package func reason(for change: CommitmentChange) -> String {
    let commitment = commitments[change.commitment]
    let check = "commitments.\(commitment.name)"
    return switch change.kind {
    case .planted: commitment.plant.map { text(of: $0) } ?? "at once"
    case .triggered: text(of: commitment.trigger)
    case .abandoned: commitment.abandonWhen.map { text(of: $0) } ?? "never"
    case .written: "\(check).planted"
    case .paid: "\(check).paid"
    case .early: "\(check).early"
    case .missed: "not \(check).paid"
    }
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
