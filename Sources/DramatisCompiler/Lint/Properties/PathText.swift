import Dramatis

/// A way through an exploration in words.
struct PathText {
  /// How many answers of *no* are named rather than counted.
  private static let namedDenials = 3
  /// How many turns are told.
  private static let namedTurns = 30

  /// What was explored, which may have a machine more than the reader knows of.
  let program: Program
  /// What the reader knows.
  let visible: Program
  let exploration: Exploration

  /// The turns of a way from the initial position: `turn 1: accused = yes → mood wary`.
  func text(of path: [Exploration.Position]) -> [String] {
    guard path.count > 1 else { return ["it is so from the start"] }
    var turns: [String] = []
    var quiet = 0
    for number in 1..<path.count {
      if isUneventful(path, number), number < path.count - 1 {
        quiet += 1
        continue
      }
      if quiet > 0 { turns.append(Self.quiet(number - quiet, number - 1)) }
      quiet = 0
      turns.append("turn \(number): \(turn(path[number - 1], path[number]))")
    }
    let more = turns.count - Self.namedTurns
    return more <= 0 ? turns : turns.prefix(Self.namedTurns - 1) + ["… and \(more + 1) turns more"]
  }

  private static func quiet(_ first: Int, _ last: Int) -> String {
    (first == last ? "turn \(first)" : "turns \(first) to \(last)") + ": nothing happens that matters"
  }

  private func isUneventful(_ path: [Exploration.Position], _ index: Int) -> Bool {
    let (before, after) = (path[index - 1].snapshot, path[index].snapshot)
    return before.states == after.states && before.variables == after.variables
      && before.commitments.map(\.status) == after.commitments.map(\.status)
  }

  private func turn(_ before: Exploration.Position, _ after: Exploration.Position) -> String {
    let changes = changes(before.snapshot, after.snapshot)
    let steps = after.steps.map(step).filter { !$0.isEmpty }.joined(separator: ", then ")
    let cause = steps.isEmpty ? "anything" : steps
    return changes.isEmpty ? cause : "\(cause) → \(changes)"
  }

  private func step(_ step: ExploredStep) -> String {
    let picks = step.picks.map { pick in
      let choice = exploration.choices[pick.choice]
      return (name: name(choice.source), label: choice.options(on: step.side)[pick.option].label)
    }
    let denials = picks.filter { $0.label == Truth.no.rawValue }
    var words = picks.filter { $0.label != Truth.no.rawValue }.map { "\($0.name) = \($0.label)" }
    if denials.count <= Self.namedDenials {
      words += denials.map { "\($0.name) = no" }
    } else {
      words.append("\(denials.count) others = no")
    }
    let text = words.joined(separator: ", ")
    switch step.side {
    case .passive: return text
    case .active: return "\(program.character) acts" + (text.isEmpty ? "" : " with \(text)")
    case .line: return text.isEmpty ? "" : "a line with \(text)"
    }
  }

  private func name(_ source: Choice.Source) -> String {
    switch source {
    case .question(let index): program.questions[index].key
    case .chance: "chance"
    case .draw(let machine, let transition): "draw of \(program.machines[machine].name).\(transition + 1)"
    case .belief(let machine, let state):
      "\(program.machines[machine].name) believed \(program.stateName(machine: machine, state: state))"
    case .field(let field): field.name
    case .comparison(let condition): program.text(of: condition)
    }
  }

  private func changes(_ before: Snapshot, _ after: Snapshot) -> String {
    let states = visible.machines.indices.filter { before.states[$0] != after.states[$0] }.map {
      "\(visible.machines[$0].name) \(visible.stateName(machine: $0, state: after.states[$0]))"
    }
    let variables = visible.variables.indices.filter { before.variables[$0] != after.variables[$0] }.map {
      "\(visible.variables[$0].name) \(visible.variables[$0].text(after.variables[$0]))"
    }
    let commitments = visible.commitments.indices.filter {
      before.commitments[$0].status != after.commitments[$0].status
    }
    .map { "\(visible.commitments[$0].name) \(after.commitments[$0].status.rawValue)" }
    return (states + variables + commitments).joined(separator: ", ")
  }
}
