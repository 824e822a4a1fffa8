import TestSupport

/// A small program with probabilistic machines as plain data, for an evaluator that shares nothing with
/// the engine.
struct ChainProgram {
  struct Machine {
    /// `true`, `false`, `belief` or `sample`, as written.
    let kind: String
    /// `unactivated`, then `s1` and so on, then `other`.
    let stateCount: Int
    let stay: [Double]
    let transitions: [Transition]

    var isBelief: Bool { ["true", "belief"].contains(kind) }
    var isSample: Bool { kind == "sample" }

    func name(_ state: Int) -> String {
      state == 0 ? "unactivated" : state == stateCount - 1 ? "other" : "s\(state)"
    }
  }

  struct Transition {
    let from: [Int]
    let to: Int
    let when: ChainFormula
    let role: String
    let bias: Double
    /// What is added to `x`; nil without an effect.
    let adds: Int?
  }

  static let bounds = -3...3

  let questionCount: Int
  let machines: [Machine]
  let gates: [ChainFormula]
}

indirect enum ChainFormula {
  case constant(Bool)
  case ask(Int)
  case chance(Double)
  case datum(NaiveComparison, Int)
  case variable(NaiveComparison, Int)
  case state(machine: Int, state: Int)
  case likelier(machine: Int, state: Int, than: Double)
  case not(ChainFormula)
  case and([ChainFormula])
  case or([ChainFormula])

  var questions: Set<Int> {
    switch self {
    case .ask(let index): [index]
    case .not(let inner): inner.questions
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.questions) }
    default: []
    }
  }
}

extension ChainProgram {
  /// The program as an author writes it.
  var yaml: String {
    "dramatis: 1\ncharacter: Mara\nvariables:\n  x: { initial: 0, min: -3, max: 3 }\nquestions:\n"
      + (0..<questionCount).map { "  q\($0): { ask: \"Q\($0)?\" }\n" }.joined() + "machines:\n"
      + machines.indices.map { yaml(of: machines[$0], $0) }.joined()
      + (gates.isEmpty ? "" : "behavior:\n  t:\n" + gates.enumerated().map(gate).joined())
  }

  private func yaml(of machine: Machine, _ index: Int) -> String {
    let names = (0..<machine.stateCount).map(machine.name)
    let stays = zip(names, machine.stay).filter { $1 != 0 }.map { "\($0): \($1)" }
    return "  m\(index):\n    probabilistic: \(machine.kind)\n"
      + "    states: { \(names.map { "\($0): \"\"" }.joined(separator: ", ")) }\n"
      + (stays.isEmpty ? "" : "    stay: { \(stays.joined(separator: ", ")) }\n")
      + "    transitions:\(machine.transitions.isEmpty ? " []" : "")\n"
      + machine.transitions.map { "      - \(yaml(of: $0, machine))\n" }.joined()
  }

  private func yaml(of transition: Transition, _ machine: Machine) -> String {
    let sources = transition.from.map(machine.name).joined(separator: ", ")
    let effect = transition.adds.map { ", set: { x: x + \($0) }" } ?? ""
    let bias = transition.bias == 0 ? "" : ", bias: \(transition.bias)"
    return "{ from: [\(sources)], to: \(machine.name(transition.to)), "
      + "when: \(yamlQuoted(text(transition.when))), role: \(transition.role)\(bias)\(effect) }"
  }

  private func gate(_ index: Int, _ formula: ChainFormula) -> String {
    "    - when: \(yamlQuoted(text(formula)))\n      then: [yes \(index)]\n      else: [no \(index)]\n"
  }

  private func text(_ formula: ChainFormula) -> String {
    switch formula {
    case .constant(let value): "\(value)"
    case .ask(let index): "q\(index)"
    case .chance(let probability): "chance(\(probability))"
    case .datum(let comparison, let value): "event.data.n \(comparison.rawValue) \(value)"
    case .variable(let comparison, let value): "x \(comparison.rawValue) \(value)"
    case .state(let machine, let state): "m\(machine) == \(machines[machine].name(state))"
    case .likelier(let machine, let state, let bound):
      "p(m\(machine) == \(machines[machine].name(state))) > \(bound)"
    case .not(let inner): "not (\(text(inner)))"
    case .and(let parts): "(" + parts.map(text).joined(separator: " and ") + ")"
    case .or(let parts): "(" + parts.map(text).joined(separator: " or ") + ")"
    }
  }
}
