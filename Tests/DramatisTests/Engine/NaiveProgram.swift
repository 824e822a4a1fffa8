/// A small program as plain data, for an evaluator that shares nothing with the engine.
struct NaiveProgram {
  struct Variable {
    let initial, least, greatest: Int
  }

  struct Machine {
    /// `unactivated`, then `s1` and so on, then `other`.
    let stateCount: Int
    let transitions: [Transition]

    func name(_ state: Int) -> String {
      state == 0 ? "unactivated" : state == stateCount - 1 ? "other" : "s\(state)"
    }
  }

  struct Transition {
    let from: [Int]
    let to: Int
    let guardCondition: NaiveCondition
    let role: String
    let effects: [Effect]
  }

  struct Effect {
    let variable: Int
    let value: NaiveExpression
  }

  struct Topic {
    let partner: String?
    let root: Node
  }

  indirect enum Item {
    case statement(String)
    case gate(NaiveCondition, then: Node, else: Node?, unknown: Node?)
  }

  /// Statements and gates in the order written.
  struct Node {
    let items: [Item]
  }

  let questionCount: Int
  let relevance: NaiveCondition?
  let variables: [Variable]
  let machines: [Machine]
  let topics: [Topic]
}

enum NaiveExpression {
  case constant(Int)
  case plus(Int, Int)
  case minus(Int, Int)
}

enum NaiveComparison: String, CaseIterable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

indirect enum NaiveCondition {
  case ask(Int)
  /// Yes in the first of consecutive turns in which the question is.
  case newly(Int)
  /// What a machine was in, and a variable had, before the turn.
  case wasState(machine: Int, isIn: [Int])
  case wasVariable(Int, NaiveComparison, Int)
  case state(machine: Int, isIn: [Int])
  case variable(Int, NaiveComparison, Int)
  case variableIn(Int, [Int])
  case datum(NaiveComparison, Int)
  case turn(NaiveComparison, Int)
  case not(NaiveCondition)
  case and([NaiveCondition])
  case or([NaiveCondition])
}

/// Ordered so that `and` is the least and `or` the greatest.
enum NaiveTruth: Int, CaseIterable {
  case no, unknown, yes
}

struct NaiveEvent {
  let actor: String
  let datum: Int?
}

struct NaivePosition: Equatable {
  var states: [Int]
  var variables: [Int]
  var turn: Int
  /// The questions under `newly` that were yes in the last turn that concerned the character.
  var held: Set<Int> = []
}

struct NaiveOutcome: Equatable {
  var position: NaivePosition
  var role: String?
  var fired: [[Int]] = []
  var statements: [String] = []
}
