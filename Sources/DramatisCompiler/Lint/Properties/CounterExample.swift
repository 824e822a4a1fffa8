import Dramatis

/// Leaves out of a way what it comes to its end without: answers that may as well be unknown.
struct NeededAnswers {
  /// How many turns are tried, which bounds the time for long ways.
  private static let mostTurns = 20_000

  private let choices: ChoiceProgram
  private let isEnd: (Snapshot) -> Bool
  private var path: [Exploration.Position]
  private var turnsLeft = Self.mostTurns

  /// The same way with fewer answers.
  ///
  /// - Parameters:
  ///   - path: A shortest way, its initial position first.
  ///   - program: What was explored.
  ///   - isEnd: Whether a position is one that the way may end in.
  static func path(
    _ path: [Exploration.Position], in program: Program, to isEnd: @escaping (Snapshot) -> Bool
  ) -> [Exploration.Position] {
    var needed = NeededAnswers(choices: ChoiceProgram(program), isEnd: isEnd, path: path)
    needed.leaveOut()
    return needed.path
  }

  private init(choices: ChoiceProgram, isEnd: @escaping (Snapshot) -> Bool, path: [Exploration.Position]) {
    (self.choices, self.isEnd, self.path) = (choices, isEnd, path)
  }

  private mutating func leaveOut() {
    for turn in path.indices.dropFirst() {
      for step in path[turn].steps.indices {
        for pick in path[turn].steps[step].picks where isAnswer(pick) {
          leaveOut(pick, ofStep: step, inTurn: turn)
        }
      }
    }
  }

  private func isAnswer(_ pick: Pick) -> Bool {
    if case .question = choices.choices[pick.choice].source { true } else { false }
  }

  private mutating func leaveOut(_ pick: Pick, ofStep step: Int, inTurn turn: Int) {
    var tried = path
    var steps = tried[turn].steps
    steps[step] = ExploredStep(side: steps[step].side, picks: steps[step].picks.filter { $0 != pick })
    tried[turn] = tried[turn].with(steps, to: tried[turn].snapshot)
    for number in turn..<tried.count {
      turnsLeft -= 1
      guard turnsLeft > 0 else { return }
      let snapshot = snapshot(after: tried[number].steps, from: tried[number - 1].snapshot)
      // The rest of the way is as it was.
      if snapshot == tried[number].snapshot {
        path = tried
        return
      }
      tried[number] = tried[number].with(tried[number].steps, to: snapshot)
    }
    if let last = tried.last, isEnd(last.snapshot) { path = tried }
  }

  private func snapshot(after steps: [ExploredStep], from before: Snapshot) -> Snapshot {
    var snapshot = steps.isEmpty ? before.aged : before
    for step in steps {
      let event = step.side.event(for: choices.program)
      let answers = choices.answers(step.picks, on: step.side)
      snapshot =
        choices.program.uncheckedStep(
          from: snapshot, event: event, scene: Scene(event.text ?? ""), given: answers,
          isLine: step.side == .line
        ).snapshot
    }
    return snapshot.comparable(in: choices.program, noLaterThan: choices.turnBound)
  }
}

extension Exploration.Position {
  fileprivate func with(_ steps: [ExploredStep], to snapshot: Snapshot) -> Exploration.Position {
    Exploration.Position(snapshot: snapshot, parent: parent, steps: steps, turns: turns)
  }
}

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
      if isUneventful(number, of: path), number < path.count - 1 {
        quiet += 1
        continue
      }
      if quiet > 0 { turns.append(Self.quiet(from: number - quiet, to: number - 1)) }
      quiet = 0
      turns.append("turn \(number): \(turn(from: path[number - 1], to: path[number]))")
    }
    let more = turns.count - Self.namedTurns
    return more <= 0 ? turns : turns.prefix(Self.namedTurns - 1) + ["… and \(more + 1) turns more"]
  }

  private static func quiet(from first: Int, to last: Int) -> String {
    (first == last ? "turn \(first)" : "turns \(first) to \(last)") + ": nothing happens that matters"
  }

  private func isUneventful(_ index: Int, of path: [Exploration.Position]) -> Bool {
    let (before, after) = (path[index - 1].snapshot, path[index].snapshot)
    return before.states == after.states && before.variables == after.variables
      && before.commitments.map(\.status) == after.commitments.map(\.status)
  }

  private func turn(from before: Exploration.Position, to after: Exploration.Position) -> String {
    let changes = changes(from: before.snapshot, to: after.snapshot)
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

  private func changes(from before: Snapshot, to after: Snapshot) -> String {
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
