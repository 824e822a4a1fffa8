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
    tried[turn] = tried[turn].with(steps, tried[turn].snapshot)
    for number in turn..<tried.count {
      turnsLeft -= 1
      guard turnsLeft > 0 else { return }
      let snapshot = snapshot(after: tried[number].steps, from: tried[number - 1].snapshot)
      // The rest of the way is as it was.
      if snapshot == tried[number].snapshot {
        path = tried
        return
      }
      tried[number] = tried[number].with(tried[number].steps, snapshot)
    }
    if let last = tried.last, isEnd(last.snapshot) { path = tried }
  }

  private func snapshot(after steps: [ExploredStep], from before: Snapshot) -> Snapshot {
    var snapshot = steps.isEmpty ? before.aged : before
    for step in steps {
      let event = step.side.event(for: choices.program)
      let answers = choices.answers(step.picks, on: step.side)
      snapshot =
        choices.program.step(
          from: snapshot, event: event, scene: Scene(event.text ?? ""), given: answers,
          isLine: step.side == .line
        ).snapshot
    }
    return snapshot.comparable(in: choices.program, noLaterThan: choices.turnBound)
  }
}

extension Exploration.Position {
  fileprivate func with(_ steps: [ExploredStep], _ snapshot: Snapshot) -> Exploration.Position {
    Exploration.Position(snapshot: snapshot, parent: parent, steps: steps, turns: turns)
  }
}
