import Dramatis

extension PromptRenderer {
  /// How many foreshadows that are not due a prompt tells of, so that it stays short.
  static let plantedLimit = 6

  /// What the line owes the story: due payoffs as requirements, what is planted as colour that settles nothing.
  func pool(for request: LineRequest) -> [String] {
    let (program, snapshot) = (request.program, request.snapshot)
    let due = request.grounding.due.map { index in
      let progress = snapshot.commitments[index]
      let payoff = program.commitments[index].payoff
      guard !program.isOverdue(index, at: snapshot), progress.misses < 2 else {
        return "- This is long due. Whatever else happens, it must happen now, as a concrete event: \(payoff)"
      }
      return progress.misses == 0
        ? "- In this reply this happens, as a concrete event: \(payoff)"
        : "- It has not happened yet. In this very reply it really happens, not as a hint: \(payoff)"
    }
    let planted = program.planted(at: snapshot).prefix(Self.plantedLimit).map { index in
      let foreshadow = program.commitments[index].foreshadow
      return snapshot.commitments[index].written == nil
        ? "- Let this show in passing, and explain or resolve nothing of it: \(foreshadow)"
        : "- True, and not to be resolved yet: \(foreshadow)"
    }
    return due + planted
  }
}
