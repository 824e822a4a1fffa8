/// How many rounds the logic of a small program can take.
extension NaiveCondition {
  /// The questions that it names, each once, ascending.
  var questions: [Int] {
    switch self {
    case .ask(let index), .newly(let index): [index]
    case .not(let condition): condition.questions
    case .and(let conditions), .or(let conditions): Set(conditions.flatMap(\.questions)).sorted()
    case .state, .variable, .variableIn, .datum, .turn, .wasState, .wasVariable: []
    }
  }

  /// The questions of which it says that they are newly yes.
  var remembered: [Int] {
    switch self {
    case .newly(let index): [index]
    case .not(let condition): condition.remembered
    case .and(let conditions), .or(let conditions): conditions.flatMap(\.remembered)
    default: []
    }
  }

  /// Whether it reads what transitions change.
  var readsPosition: Bool {
    switch self {
    case .state, .variable, .variableIn: true
    case .not(let condition): condition.readsPosition
    case .and(let conditions), .or(let conditions): conditions.contains(where: \.readsPosition)
    case .ask, .newly, .datum, .turn, .wasState, .wasVariable: false
    }
  }
}

extension NaiveProgram {
  /// The questions that are asked in every turn, so that it is known when they become yes.
  var remembered: Set<Int> {
    let guards = machines.flatMap(\.transitions).flatMap(\.guardCondition.remembered)
    return topics.reduce(into: Set(guards)) { $0.formUnion(Self.remembered(below: $1.root)) }
  }

  private static func remembered(below node: Node) -> Set<Int> {
    node.items.reduce(into: []) { all, item in
      guard case .gate(let condition, let then, let otherwise, let unknown) = item else { return }
      all.formUnion(condition.remembered)
      for next in [then, otherwise, unknown].compactMap(\.self) { all.formUnion(remembered(below: next)) }
    }
  }

  /// The longest chain of conditions of which each must be decided before the next is asked.
  var depth: Int {
    let first = relevance.map { $0.questions.isEmpty ? 0 : 1 } ?? 0
    let asksGuards = machines.flatMap(\.transitions).contains { !$0.guardCondition.questions.isEmpty }
    let guards = first + (asksGuards || !remembered.isEmpty ? 1 : 0)
    return topics.map { Self.depth(of: $0.root, from: first, guards: guards) }.reduce(guards, max)
  }

  private static func depth(of node: Node, from start: Int, guards: Int) -> Int {
    var deepest = start
    for case .gate(let condition, let then, let otherwise, let unknown) in node.items {
      let asked = start + (condition.questions.isEmpty ? 0 : 1)
      let decided = condition.readsPosition ? max(asked, guards) : asked
      for next in [then, otherwise, unknown].compactMap(\.self) {
        deepest = max(deepest, depth(of: next, from: decided, guards: guards))
      }
      deepest = max(deepest, asked)
    }
    return deepest
  }
}
