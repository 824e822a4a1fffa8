/// A snapshot by names instead of indices: the form to store, which outlives changes of the profile.
///
/// ```swift
/// let bytes = try JSONEncoder().encode(mara.named(snapshot))
/// let (snapshot, changes) = try mara.snapshot(from: JSONDecoder().decode(NamedSnapshot.self, from: bytes))
/// ```
///
/// It holds no text; for three machines it takes some hundred bytes of JSON.
public struct NamedSnapshot: Hashable, Sendable, Codable {
  /// The version that this library writes and reads.
  public static let currentVersion = 1

  /// The version of this form.
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
  /// Where each commitment stands.
  public let commitments: [String: CommitmentProgress]
}

/// Something in a stored snapshot that the program no longer has, and what became of it.
public struct SnapshotChange: Hashable, Sendable, CustomStringConvertible {
  /// What became of something that was stored.
  public enum Outcome: Hashable, Sendable {
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
  public let outcome: Outcome

  /// The change in words: `mood: tavern became other`.
  public var description: String {
    switch outcome {
    case .removed: "\(name): \(value) is gone"
    case .replaced(let other): "\(name): \(value) became \(other)"
    }
  }
}

/// Why a stored snapshot was refused.
public enum SnapshotError: Error, Hashable, Sendable, CustomStringConvertible {
  /// It was written by a later version of the library.
  case unsupportedVersion(Int)

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .unsupportedVersion(let version):
      "this snapshot has version \(version), and this library reads \(NamedSnapshot.currentVersion); update the library"
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
      version: NamedSnapshot.currentVersion, character: character, seed: snapshot.seed, turn: snapshot.turn,
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
  /// - Throws: ``SnapshotError`` where the stored form is of a later version.
  public func snapshot(
    from named: NamedSnapshot
  ) throws(SnapshotError) -> (snapshot: Snapshot, changes: [SnapshotChange]) {
    guard named.version == NamedSnapshot.currentVersion else { throw .unsupportedVersion(named.version) }
    var restorer = SnapshotRestorer(program: self, named: named)
    restorer.restore()
    return (restorer.snapshot, restorer.changes.sorted { $0.name < $1.name })
  }
}
