import Dramatis

/// A branch of a gate, with all that must hold to come to it.
struct TreeBranch: Sendable {
  /// A gate on the way, and what its condition has to come to.
  struct Passage: Sendable {
    let condition: Condition
    let truth: Truth
  }

  /// Such as `personality.2.then`, counted from 1.
  let place: String
  /// Index of the node that it leads to.
  let node: Int
  /// The gates from the root on, its own last.
  let path: [Passage]
}

extension Program {
  /// Every branch of a topic that leads somewhere, depth first.
  func branches(of topic: Int) -> [TreeBranch] {
    branches(below: topics[topic].root, at: topics[topic].name, [])
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private func branches(below node: Int, at place: String, _ path: [TreeBranch.Passage]) -> [TreeBranch] {
    treeNodes[node].gates.enumerated().flatMap { index, gate in
      let ends: [(String, Truth, Int?)] = [
        ("then", .yes, gate.then), ("else", .no, gate.else), ("unknown", .unknown, gate.unknown),
      ]
      return ends.flatMap { name, truth, next -> [TreeBranch] in
        guard let next else { return [] }
        let path = path + [TreeBranch.Passage(condition: gate.condition, truth: truth)]
        let place = "\(place).\(index + 1).\(name)"
        return [TreeBranch(place: place, node: next, path: path)] + branches(below: next, at: place, path)
      }
    }
  }
}
