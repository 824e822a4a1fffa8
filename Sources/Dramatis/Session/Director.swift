/// Moves a story that goes on by itself toward what it owes.
///
/// Whoever speaks is told what would make a planted commitment due, by the question of its trigger and never by its payoff.
/// What is told is recorded with the turn; it moves nothing by itself.
public struct Director: Hashable, Sendable {
  /// In how many turns nothing may have fallen due before; nil for what the story says.
  public let stall: Int?

  /// Makes a director.
  ///
  /// - Parameter stall: In how many turns nothing may have fallen due before it speaks; nil for what the story says, 0 for
  ///   at once.
  public init(stall: Int? = nil) {
    self.stall = stall
  }

  /// What leads to something due, and the questions that have to come true.
  struct Lead {
    let direction: Direction
    let questions: [Question]
  }

  /// Where a line is to lead.
  ///
  /// - Parameters:
  ///   - speaker: Who speaks.
  ///   - members: Everybody, as they stand before the line.
  ///   - company: Those who are there.
  ///   - turn: The turn of the line.
  func lead(for speaker: Int, among members: [Member], present company: [Int], turn: Int) -> Lead? {
    let all = members.flatMap(\.ownCommitments)
    guard !all.contains(where: { $0.progress.status == .triggered }) else { return nil }
    let last =
      all.compactMap { [$0.progress.triggered, $0.progress.settled].compactMap(\.self).max() }.max() ?? 0
    let patience = stall ?? members.compactMap { $0.program.telling?.stall }.first ?? Telling.standardStall
    guard turn - last >= patience else { return nil }
    // Others bring it about, where there are others.
    let owners = company.filter { $0 != speaker }
    for owners in [owners, [speaker]] {
      let leads = owners.flatMap { members[$0].leads(in: turn) }.sorted {
        ($1.priority, $0.planted) < ($0.priority, $1.planted)
      }
      // One that leads nowhere for long makes room for another.
      if !leads.isEmpty { return leads[(turn - last) / Self.perseverance % leads.count].lead }
    }
    return nil
  }

  /// For how many turns the same is wished before something else is.
  private static let perseverance = 4
}

/// A commitment that could be made due.
private struct PossibleLead {
  let priority: Int
  let planted: Int
  let lead: Director.Lead
}

extension Member {
  fileprivate var ownCommitments: [(index: Int, progress: CommitmentProgress)] {
    program.commitments.indices.filter { program.owns(program.commitments[$0]) }.map {
      ($0, snapshot.commitments[$0])
    }
  }

  /// What would make planted commitments due whose trigger is looked at, once their foreshadow has been seen.
  fileprivate func leads(in turn: Int) -> [PossibleLead] {
    ownCommitments.compactMap { index, progress in
      let commitment = program.commitments[index]
      guard progress.status == .planted, let planted = progress.planted,
        progress.written != nil || turn - planted >= 5, turn - planted >= commitment.notBefore,
        commitment.after.allSatisfy({ snapshot.commitments[$0].status == .paid })
      else { return nil }
      let questions = wantedQuestions(of: commitment.trigger).map { program.questions[$0] }
      guard let first = questions.first else { return nil }
      return PossibleLead(
        priority: commitment.priority, planted: planted,
        lead: Director.Lead(
          direction: Direction(toward: first.text, for: commitment.name), questions: questions))
    }
  }

  /// The questions whose yes helps a condition to be yes, in order; for a state those of the ways into it.
  private func wantedQuestions(of condition: Condition) -> [Int] {
    switch condition {
    case .question(let index): [index]
    case .joined(_, let conditions): conditions.flatMap(wantedQuestions)
    case .compare(.machine(let machine), .equal, .state(_, let state)):
      program.machines[machine].transitions.filter {
        $0.to == state && $0.from.contains(snapshot.states[machine]) && $0.to != snapshot.states[machine]
      }.flatMap { $0.guardCondition.questions }
    case .constant, .chance, .holds, .compare, .isMember, .not: []
    }
  }
}
