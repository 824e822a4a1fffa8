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

  static func between(_ recorded: TurnEntry, and replayed: Turn) -> [Self] {
    zip(recorded.characters, replayed.records).flatMap {
      between($0.after, and: $1.program.uncheckedNamed($1.after), of: replayed)
    }
  }

  private static func between(
    _ recorded: NamedSnapshot, and replayed: NamedSnapshot, of turn: Turn
  ) -> [Self] {
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
    for (name, progress) in commitments { texts[name] = progress.text }
    texts["turn"] = String(turn)
    for (key, effect) in lore?.sticky ?? [:] {
      texts["lore \(key.book).\(key.id) stays"] = "\(effect.start) to \(effect.end)"
    }
    for (key, effect) in lore?.cooldown ?? [:] {
      texts["lore \(key.book).\(key.id) waits"] = "\(effect.start) to \(effect.end)"
    }
    return texts
  }
}

extension Transcript {
  /// Where the engine comes to something else now than what was recorded.
  ///
  /// - Parameter id: The entry up to which turns are taken again; those of all branches unless given.
  /// - Returns: The differences of the first turn that has any, and how many turns were the same before it.
  /// - Throws: ``TranscriptError/misfit(entry:)``.
  public func differences(
    to id: Int? = nil
  ) throws(TranscriptError) -> (differences: [ReplayDifference], same: Int) {
    let wanted = id.map { path(to: $0) } ?? entries
    let children = Dictionary(grouping: wanted, by: \.parent)
    var open = (children[0] ?? []).reversed().map { ($0, Replay(header)) }
    var same = 0
    while let (entry, before) = open.popLast() {
      var replay = before
      if let turn = try replay.apply(entry), let recorded = entry.turn {
        let found = ReplayDifference.between(recorded, and: turn)
        guard found.isEmpty else { return (found, same) }
        same += 1
      }
      open += (children[entry.id] ?? []).reversed().map { ($0, replay) }
    }
    return ([], same)
  }
}
