extension Transcript {
  /// What becomes of everyone who stands at the head, if the session goes on with another cast.
  ///
  /// - Returns: By character what cannot be carried over as it was; nobody for whom all stays.
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  public func changes(to cast: [Program]) throws(TranscriptError) -> [String: [SnapshotChange]] {
    let members = try standing(at: head).moment.members
    var changes: [String: [SnapshotChange]] = [:]
    for program in cast {
      guard let member = members.first(where: { $0.program.character == program.character }),
        let restored = try? program.snapshot(from: member.named), !restored.changes.isEmpty
      else { continue }
      changes[program.character] = restored.changes
    }
    return changes
  }

  /// Records that the session goes on with other programs after an entry.
  mutating func migrate(_ entry: Int, to cast: [Program]) throws(TranscriptError) {
    let members = try standing(at: entry).moment.members
    let turn = members.map(\.snapshot.turn).max() ?? 0
    let after = cast.enumerated().map { index, program in
      let known = members.first { $0.program.character == program.character }
      if let known, let restored = try? program.snapshot(from: known.named) {
        return program.named(restored.snapshot)
      }
      var new = Moment(cast: cast, seed: header.seed).members[index].snapshot
      new.turn = turn
      return program.named(new)
    }
    _ = append(.change(ChangeEntry(reason: .migrated, cast: cast, after: after)), after: entry)
  }

  /// Where everyone stands after an entry, and the last turn on the way to it.
  func standing(at id: Int) throws(TranscriptError) -> (moment: Moment, turn: Turn?) {
    var replay = Replay(header)
    var last: Turn?
    for entry in path(to: id) { last = try replay.take(entry) ?? last }
    return (replay.moment, last)
  }
}
