/// What a session leaves behind when it goes from one entry of its transcript to another.
///
/// Nothing of it is erased: going back to ``entry`` has it all again.
public struct LeftBehind: Hashable, Sendable {
  /// A variable or a machine that somebody put elsewhere between two turns, or whether somebody is muted.
  public struct Setting: Hashable, Sendable {
    /// Whose it is, and what it is called.
    public let character, name: String
    /// What it was set to, in words.
    public let value: String
  }

  /// The entry that was gone away from.
  public let entry: Int
  /// The entries of the turns that are no longer on the way, in order.
  public let turns: [Int]
  /// What was set on the way, each once and with the last value.
  public let settings: [Setting]
}

extension Transcript {
  /// What going from one entry to another leaves behind.
  ///
  /// - Complexity: Proportional to the entries before both.
  public func leftBehind(from old: Int, to new: Int) -> LeftBehind {
    let kept = Set(path(to: new).map(\.id))
    let left = path(to: old).filter { !kept.contains($0.id) }
    var settings: [LeftBehind.Setting] = []
    for entry in left {
      guard case .change(let change) = entry.content, change.reason != .migrated else { continue }
      for setting in self.settings(of: change, after: entry.parent) {
        settings.removeAll { $0.character == setting.character && $0.name == setting.name }
        settings.append(setting)
      }
    }
    return LeftBehind(entry: old, turns: left.filter(\.isTurn).map(\.id), settings: settings)
  }

  /// The last entry that belongs to a turn: the turn itself, or what was set after it where it was gone on from last.
  ///
  /// - Parameter number: 0 for the beginning, before the first turn.
  /// - Returns: The identity of the entry; nil where no turn has this number.
  public func end(ofTurn number: Int) -> Int? {
    entry(ofTurn: number).map(end)
  }

  /// The last entry that was set by hand after an entry, on this branch if it leads there.
  public func end(after id: Int) -> Int {
    let here = Set(path(to: head).map(\.id))
    var end = id
    while true {
      let changes = entries.filter { $0.parent == end && $0.isChange }
      guard let next = changes.last(where: { here.contains($0.id) }) ?? changes.last else { return end }
      end = next.id
    }
  }

  private func settings(of change: ChangeEntry, after parent: Int) -> [LeftBehind.Setting] {
    let before = places(at: parent)
    if let muted = change.muted {
      let earlier = self.muted(at: parent)
      return Set(muted).symmetricDifference(earlier).sorted().map { name in
        LeftBehind.Setting(character: name, name: "muted", value: earlier.contains(name) ? "no" : "yes")
      }
    }
    return zip(change.after, before).flatMap { (after, before) -> [LeftBehind.Setting] in
      let (new, old) = (after.settable, before.settable)
      return new.keys.sorted().compactMap { name in
        guard let value = new[name], value != old[name] else { return nil }
        return LeftBehind.Setting(character: after.character, name: name, value: value)
      }
    }
  }

  /// Who says nothing unasked after an entry.
  private func muted(at id: Int) -> Set<String> {
    for entry in path(to: id).reversed() {
      if case .change(let change) = entry.content, let muted = change.muted { return Set(muted) }
    }
    return []
  }

  /// Where everyone stands after an entry, as it was recorded.
  private func places(at id: Int) -> [NamedSnapshot] {
    for entry in path(to: id).reversed() {
      switch entry.content {
      case .turn(let turn): return turn.characters.map(\.after)
      case .change(let change): return change.after
      case .opening, .greeting: continue
      }
    }
    return SessionState(cast: header.cast, seed: header.seed).members.map(\.named)
  }
}

extension TranscriptEntry {
  /// Whether somebody was put elsewhere by hand.
  fileprivate var isChange: Bool {
    if case .change(let change) = content { change.reason != .migrated } else { false }
  }
}

extension NamedSnapshot {
  /// What can be set, in words.
  fileprivate var settable: [String: String] {
    states.merging(variables.mapValues(\.text)) { state, _ in state }
  }
}
