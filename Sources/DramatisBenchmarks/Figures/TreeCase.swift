import Dramatis
import DramatisCompiler

/// A tree of questions, for the engine and for a recursive traversal in Python.
struct TreeCase {
  /// A node has a statement, and gates that open nodes.
  struct Node {
    let statement: Int
    let gates: [(question: Int, node: Node)]
  }

  static let questionCount = 64

  let program: Program
  let root: Node
  let event: PreparedEvent
  /// Sixteen ways to answer the questions, with 1 for yes.
  let answered: [[Int]]
  let answers: [Answers]

  init() throws {
    var random = SplitMix64(state: 13)
    var statementCount = 0
    root = Self.node(depth: 1, &statementCount, &random)
    let program = try Program(profile: Array(Self.profile(root).utf8), name: "tree.yaml")
    self.program = program
    event = program.uncheckedPrepared(Event(text: "…"))
    answered = (0..<16).map { _ in
      (0..<Self.questionCount).map { _ in Int.random(in: 0..<3, using: &random) > 0 ? 1 : 0 }
    }
    answers = answered.map { Self.answers($0, program) }
  }

  private static func node(depth: Int, _ statements: inout Int, _ random: inout SplitMix64) -> Node {
    statements += 1
    let own = statements
    let gateCount = depth == 5 ? 0 : 4
    return Node(
      statement: own,
      gates: (0..<gateCount).map { _ in
        (Int.random(in: 0..<questionCount, using: &random), node(depth: depth + 1, &statements, &random))
      })
  }

  private static func answers(_ answered: [Int], _ program: Program) -> Answers {
    let given = answered.enumerated().map { ("q\($0)", $1 == 1 ? Answer.yes : .no) }
    return program.answers(from: Dictionary(given, uniquingKeysWith: { first, _ in first })).answers
  }

  private static func profile(_ root: Node) -> String {
    """
    dramatis: 1
    character: Reader
    questions: { \((0..<questionCount).map { "q\($0): { ask: \"Is it \($0)?\" }" }.joined(separator: ", ")) }
    behavior: { personality: \(yaml(root)) }

    """
  }

  private static func yaml(_ node: Node) -> String {
    let gates = node.gates.map { "{ when: q\($0.question), then: \(yaml($0.node)) }" }
    return "[\((["Statement \(node.statement)."] + gates).joined(separator: ", "))]"
  }
}

extension TreeCase {
  /// How many gates a traversal tests, and the sum of the numbers of the statements that it gives.
  func reading(_ answered: [Int]) -> (gates: Int, sum: Int) { reading(root, answered) }

  private func reading(_ node: Node, _ answered: [Int]) -> (gates: Int, sum: Int) {
    node.gates.reduce((node.gates.count, node.statement)) { total, gate in
      guard answered[gate.question] == 1 else { return total }
      let below = reading(gate.node, answered)
      return (total.0 + below.gates, total.1 + below.sum)
    }
  }

  /// Prints the nanoseconds per gate and the sum of all statements.
  func script(traversals: Int) -> String {
    """
    import time

    tree = \(python(root))
    answered = \(answered)

    def traverse(node, answers, into):
        into.append(node[0])
        for question, child in node[1]:
            if answers[question] == 1:
                traverse(child, answers, into)

    gates = \((0..<traversals).reduce(0) { $0 + reading(answered[$1 % answered.count]).gates })
    total = 0
    start = time.process_time()
    for i in range(\(traversals)):
        statements = []
        traverse(tree, answered[i % len(answered)], statements)
        total += sum(statements)
    print((time.process_time() - start) * 1e9 / gates, total)
    """
  }

  private func python(_ node: Node) -> String {
    "(\(node.statement), [\(node.gates.map { "(\($0.question), \(python($0.node)))" }.joined(separator: ", "))])"
  }
}
