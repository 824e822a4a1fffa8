extension Transcript {
  /// The turns on the way to an entry, taken again with the recorded answers and lines.
  ///
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  /// - Complexity: Proportional to the number of turns; a step each, and no model.
  public func turns(to id: Int) throws(TranscriptError) -> [Turn] {
    var replay = Replay(header)
    var turns: [Turn] = []
    for entry in path(to: id) {
      if let turn = try replay.take(entry) { turns.append(turn) }
    }
    return turns
  }

  /// Where the engine comes to something else now than what was recorded, turn by turn up to an entry.
  ///
  /// - Returns: The differences of the first turn that has any; empty where all is the same.
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  public func differences(to id: Int) throws(TranscriptError) -> [ReplayDifference] {
    for turn in try turns(to: id) {
      guard let recorded = entry(turn.id)?.turn else { continue }
      let found = zip(turn.records, recorded.characters).flatMap { record, recorded in
        ReplayDifference.between(recorded.after, record.program.named(record.after), of: turn)
      }
      if !found.isEmpty { return found }
    }
    return []
  }
}

/// Something that a turn came to when it was recorded, and comes to no longer.
public struct ReplayDifference: Hashable, Sendable, Codable {
  /// The entry of the turn.
  public let entry: Int
  /// The number of the turn.
  public let turn: Int
  /// Whose state it is.
  public let character: String
  /// The machine, the variable or the commitment.
  public let name: String
  /// What was recorded.
  public let recorded: String
  /// What it comes to now.
  public let replayed: String

  static func between(_ recorded: NamedSnapshot, _ replayed: NamedSnapshot, of turn: Turn) -> [Self] {
    let (old, new) = (recorded.texts, replayed.texts)
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      guard old[name] != new[name] else { return nil }
      return Self(
        entry: turn.id, turn: turn.number, character: recorded.character, name: name,
        recorded: old[name] ?? "nothing", replayed: new[name] ?? "nothing")
    }
  }
}

extension NamedSnapshot {
  /// Everything in words, by name.
  fileprivate var texts: [String: String] {
    var texts = states
    for (name, belief) in beliefs {
      texts["p(\(name))"] = belief.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", ")
    }
    for (name, value) in variables { texts[name] = value.text }
    for (name, status) in commitments { texts[name] = status.rawValue }
    texts["turn"] = String(turn)
    return texts
  }
}
