/// A snapshot by names instead of indices: the form to store, which outlives changes of the profile.
///
/// ```swift
/// let bytes = try JSONEncoder().encode(mara.named(snapshot))
/// let (snapshot, changes) = mara.snapshot(from: try JSONDecoder().decode(NamedSnapshot.self, from: bytes))
/// ```
///
/// It holds no text; for three machines it takes some hundred bytes of JSON.
public struct NamedSnapshot: Hashable, Sendable, Codable {
  /// The version of this form, 1.
  public let version: Int
  /// The character whose position it is.
  public let character: String
  /// Decides every draw.
  public let seed: UInt64
  /// How many turns have been taken.
  public let turn: Int
  /// The state of each machine.
  public let states: [String: String]
  /// The probability of each state, for machines that carry a belief.
  public let beliefs: [String: [String: Double]]
  /// The value of each variable.
  public let variables: [String: Datum]
  /// The status of each commitment.
  public let commitments: [String: CommitmentStatus]
}

/// Something in a stored snapshot that the program no longer has, and what became of it.
public struct SnapshotChange: Hashable, Sendable, CustomStringConvertible {
  /// What it concerns.
  public enum Subject: Hashable, Sendable {
    /// A machine, a variable or a commitment is gone.
    case removed
    /// A state, a value or a status is gone or out of bounds, and this stands in its place.
    case replaced(by: String)
  }

  /// The name of the machine, variable or commitment.
  public let name: String
  /// What it was.
  public let value: String
  /// What became of it.
  public let subject: Subject

  /// The change in words: `mood: tavern became other`.
  public var description: String {
    switch subject {
    case .removed: "\(name): \(value) is gone"
    case .replaced(let other): "\(name): \(value) became \(other)"
    }
  }
}

extension Program {
  /// A position of this program by names.
  public func named(_ snapshot: Snapshot) -> NamedSnapshot {
    let beliefs = zip(machines, snapshot.beliefs).filter { $0.0.kind == .belief }.map { machine, belief in
      (machine.name, Dictionary(uniqueKeysWithValues: zip(machine.states.map(\.name), belief)))
    }
    return NamedSnapshot(
      version: 1, character: character, seed: snapshot.seed, turn: snapshot.turn,
      states: Dictionary(
        uniqueKeysWithValues: zip(machines, snapshot.states).map { ($0.name, $0.states[$1].name) }),
      beliefs: Dictionary(uniqueKeysWithValues: beliefs),
      variables: Dictionary(
        uniqueKeysWithValues: zip(variables, snapshot.variables).map { ($0.name, $0.datum($1)) }),
      commitments: Dictionary(uniqueKeysWithValues: zip(commitments.map(\.name), snapshot.commitments)))
  }

  /// The position that a stored snapshot stands for, whatever has changed in the profile since.
  ///
  /// States and variables are carried over by name. A state that is gone becomes `other`, a value that is gone
  /// the initial one, a number out of bounds the nearest one; what is new starts at its beginning.
  ///
  /// - Returns: The position, and what could not be carried over as it was, sorted by name.
  public func snapshot(from named: NamedSnapshot) -> (snapshot: Snapshot, changes: [SnapshotChange]) {
    var restorer = SnapshotRestorer(program: self, named: named)
    restorer.restore()
    return (restorer.snapshot, restorer.changes.sorted { $0.name < $1.name })
  }
}
