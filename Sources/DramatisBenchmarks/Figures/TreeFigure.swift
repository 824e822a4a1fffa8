import Dramatis

/// Reading a tree, per gate, against a recursive traversal in Python.
struct TreeFigure {
  let rounds: Int
  private let traversals = 8_000

  func run() throws {
    let tree = try TreeCase()
    Report.title("reading a tree: \(tree.program.statements.count) nodes, 5 deep")
    var (ours, theirs): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
      let own = try walk(tree)
      ours.append(own.time)
      let script = tree.script(traversals: traversals)
      guard let numbers = Python.output(of: script, for: "a traversal in Python") else { break }
      guard numbers.last == Double(own.sum) else {
        throw WrongResult(description: "Python reads \(numbers), the engine \(own.sum)")
      }
      theirs.append(numbers[0])
    }
    let median = ours.sorted()[ours.count / 2]
    Report.line("ours: \(rounded(median)) ns a gate")
    guard !theirs.isEmpty else { return }
    let peer = theirs.sorted()[theirs.count / 2]
    Report.line("Python: \(rounded(peer)) ns a gate; statements compared")
    Report.figure("Python against ours", peer / median, " times", aim: .atLeast(20))
  }

  /// Statements are summed as Python sums them; the sum is of places, which are one less than the numbers.
  private func walk(_ tree: TreeCase) throws -> (time: Double, sum: Int) {
    var stepper = Stepper(for: tree.program)
    var position = tree.program.position()
    let gates = (0..<traversals).reduce(0) {
      $0 + tree.reading(tree.answered[$1 % tree.answered.count]).gates
    }
    var sum = 0
    let time = try nanoseconds(per: gates) {
      for number in 0..<traversals {
        try stepper.step(&position, on: tree.event, given: tree.answers[number % tree.answers.count])
        for fired in stepper.statements { sum += fired.statement + 1 }
      }
    }
    return (time, sum)
  }
}
