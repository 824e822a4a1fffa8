import Dramatis

/// A place at which a program asks a question.
public struct QuestionUse: Hashable, Sendable {
  /// What kind of place it is.
  public enum Kind: String, Sendable {
    case relevance, `guard`, gate, commitment, line, lore, remember
  }

  /// What kind of place it is.
  public let kind: Kind
  /// Where it is: `mood.3`, `personality.2.then.1`, `silver_key.trigger`, counted from 1.
  public let place: String

  package init(kind: Kind, place: String) {
    self.kind = kind
    self.place = place
  }
}

extension Program {
  /// For each question every place that asks it, in the order of the program.
  public var questionUses: [[QuestionUse]] {
    var uses = questions.map { _ in [QuestionUse]() }
    func add(_ condition: Condition?, as kind: QuestionUse.Kind, at place: String) {
      let use = QuestionUse(kind: kind, place: place)
      for question in condition?.questions ?? [] where uses[question].last != use {
        uses[question].append(use)
      }
    }
    add(relevance, as: .relevance, at: "relevance")
    for machine in machines {
      for (index, transition) in machine.transitions.enumerated() {
        add(transition.guardCondition, as: .guard, at: "\(machine.name).\(index + 1)")
      }
    }
    for (path, gate) in gatePaths { add(gate.condition, as: .gate, at: path) }
    for commitment in commitments {
      add(commitment.plant, as: .commitment, at: "\(commitment.name).plant")
      add(commitment.trigger, as: .commitment, at: "\(commitment.name).trigger")
      add(commitment.abandonWhen, as: .commitment, at: "\(commitment.name).abandon")
      add(commitment.checks?.planted.map { .question($0) }, as: .commitment, at: "\(commitment.name).planted")
      add(commitment.checks?.paid.map { .question($0) }, as: .commitment, at: "\(commitment.name).paid")
      add(commitment.checks?.early.map { .question($0) }, as: .commitment, at: "\(commitment.name).early")
    }
    for (index, line) in lines.enumerated() { add(line.condition, as: .line, at: "lines.\(index + 1)") }
    for book in lore {
      for (index, entry) in book.entries.enumerated() {
        let condition = entry.condition.map { loreConditions[$0] }
        add(condition, as: .lore, at: "lore.\(book.name).\(index + 1)")
      }
    }
    for standing in standingQuestions {
      add(standing.condition.map { loreConditions[$0] }, as: .remember, at: "remember.\(standing.name)")
    }
    return uses
  }

  /// Every gate with its place, depth first.
  private var gatePaths: [(path: String, gate: Gate)] {
    topics.flatMap { gatePaths(below: $0.root, at: $0.name) }
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private func gatePaths(below node: Int, at path: String) -> [(path: String, gate: Gate)] {
    treeNodes[node].gates.enumerated().flatMap { index, gate in
      let own = "\(path).\(index + 1)"
      let branches = [("then", gate.then), ("else", gate.else), ("unknown", gate.unknown)]
      return [(own, gate)]
        + branches.flatMap { name, next in next.map { gatePaths(below: $0, at: "\(own).\(name)") } ?? [] }
    }
  }

  /// How many gates, statements and nodes a tree has, and how deep it is: 1 with a root alone.
  package func size(of topic: Topic) -> (gates: Int, statements: Int, depth: Int) {
    size(below: topic.root)
  }

  private func size(below node: Int) -> (gates: Int, statements: Int, depth: Int) {
    let source = treeNodes[node]
    var size = (gates: source.gates.count, statements: source.statements.count, depth: 1)
    for next in source.gates.flatMap({ [$0.then, $0.else, $0.unknown].compactMap(\.self) }) {
      let below = self.size(below: next)
      size = (size.gates + below.gates, size.statements + below.statements, max(size.depth, below.depth + 1))
    }
    return size
  }
}
