/// A snapshot by names instead of indices: the form to store, which outlives changes of the profile.
///
/// ```swift
/// let bytes = try JSONEncoder().encode(mara.uncheckedNamed(snapshot))
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
  /// By machine the transitions of role `any` that have fired in this turn; nil for none.
  let spent: [String: [Int]]?
  /// What is remembered of entries of lore; nil for nothing.
  let lore: LoreMemory?
  /// What conditions read of the step before; nil for nothing.
  let past: NamedPast?
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
  /// It is that of another character.
  case otherCharacter(String, expected: String)

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .unsupportedVersion(let version):
      "this snapshot has version \(version), and this library reads \(NamedSnapshot.currentVersion); update the library"
    case .otherCharacter(let name, let expected):
      "this snapshot is that of '\(name.oneLine)', and the program that of '\(expected)'; take the program of '\(name.oneLine)'"
    }
  }
}

extension Program {
  /// A position of this program by names.
  ///
  /// - Throws: ``StepError/otherProgram(_:)``.
  public func named(_ snapshot: Snapshot) throws(StepError) -> NamedSnapshot {
    try check(snapshot)
    return uncheckedNamed(snapshot)
  }

  package func uncheckedNamed(_ snapshot: Snapshot) -> NamedSnapshot {
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
      commitments: Dictionary(uniqueKeysWithValues: zip(commitments.map(\.name), snapshot.commitments)),
      spent: snapshot.spent.isEmpty
        ? nil
        : Dictionary(grouping: snapshot.spent) { machines[$0.machine].name }.mapValues {
          $0.map(\.transition)
        }, lore: snapshot.lore == LoreMemory() ? nil : snapshot.lore,
      past: snapshot.memory.values.isEmpty ? nil : NamedPast(snapshot.memory, in: self))
  }

  /// The position that a stored snapshot stands for, whatever has changed in the profile since.
  ///
  /// States and variables are carried over by name. A state that is gone becomes `other`, a value that is gone
  /// the initial one, a number out of bounds the nearest one; what is new starts at its beginning.
  ///
  /// - Returns: The position, and what could not be carried over as it was, sorted by name.
  /// - Throws: ``SnapshotError`` where the stored form is of a later version or of another character.
  public func snapshot(
    from named: NamedSnapshot
  ) throws(SnapshotError) -> (snapshot: Snapshot, changes: [SnapshotChange]) {
    guard named.version == NamedSnapshot.currentVersion else { throw .unsupportedVersion(named.version) }
    guard isCalled(named.character) || named.character == originalName else {
      throw .otherCharacter(named.character, expected: character)
    }
    var restorer = SnapshotRestorer(program: self, named: named)
    restorer.restore()
    return (restorer.snapshot, restorer.changes.sorted { $0.name < $1.name })
  }
}

/// Carries a stored snapshot over to a program by names.
struct SnapshotRestorer {
  /// Far beyond any conversation, and far from where counting on would overflow.
  private static let latestTurn = 1 << 53

  private let program: Program
  private let named: NamedSnapshot
  private(set) var snapshot: Snapshot
  private(set) var changes: [SnapshotChange] = []

  init(program: Program, named: NamedSnapshot) {
    self.program = program
    self.named = named
    snapshot = program.initialSnapshot(seed: named.seed)
    snapshot.turn = min(max(named.turn, 0), Self.latestTurn)
  }

  mutating func restore() {
    for index in program.machines.indices { restoreMachine(index) }
    for index in program.variables.indices { restoreVariable(index) }
    for (index, commitment) in program.commitments.enumerated() {
      let stored = named.commitments[commitment.name] ?? CommitmentProgress(.planned)
      snapshot.commitments[index] = stored.restored(at: snapshot.turn)
    }
    snapshot.spent = program.placesOfOnce.filter {
      named.spent?[program.machines[$0.machine].name]?.contains($0.transition) ?? false
    }
    snapshot.lore = program.lore.isEmpty ? LoreMemory() : named.lore ?? LoreMemory()
    if let past = named.past { snapshot.memory = past.memory(in: program, asOf: snapshot) }
    noteRemoved(named.states, known: program.machines.map(\.name), text: \.self)
    noteRemoved(named.variables, known: program.variables.map(\.name), text: \.text)
    noteRemoved(named.commitments, known: program.commitments.map(\.name), text: \.status.rawValue)
  }

  private mutating func restoreMachine(_ index: Int) {
    let machine = program.machines[index]
    guard let state = named.states[machine.name] else { return }
    if let known = machine.states.firstIndex(where: { $0.name == state }) {
      snapshot.states[index] = known
    } else {
      snapshot.states[index] = machine.states.count - 1
      note(machine.name, was: state, .replaced(by: machine.states.last?.name ?? ""))
    }
    if machine.kind == .belief { restoreBelief(of: machine, at: index) }
  }

  /// What was believed of states that are gone goes to `other`; without a belief the state is certain.
  private mutating func restoreBelief(of machine: Machine, at index: Int) {
    let stored = named.beliefs[machine.name] ?? [:]
    var belief = machine.states.map { max(stored[$0.name] ?? 0, 0) }
    let known = Set(machine.states.map(\.name))
    let lost = stored.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }.reduce(0) {
      $0 + max($1.value, 0)
    }
    belief[belief.count - 1] += lost
    let sum = belief.reduce(0, +)
    let isUsable = sum.isFinite && sum > 0
    // A belief that was stored by this program comes back bit by bit, so that a replay is exact.
    let isWhole = lost == 0 && abs(sum - 1) < 1e-9
    let certain = machine.states.indices.map { $0 == snapshot.states[index] ? 1.0 : 0 }
    snapshot.beliefs[index] = isWhole ? belief : isUsable ? belief.map { $0 / sum } : certain
    snapshot.states[index] = snapshot.beliefs[index].mostProbable
  }

  private mutating func restoreVariable(_ index: Int) {
    let variable = program.variables[index]
    guard let value = named.variables[variable.name] else { return }
    snapshot.variables[index] = variable.stored(value) ?? variable.initial
    let restored = variable.text(snapshot.variables[index])
    if restored != value.text { note(variable.name, was: value.text, .replaced(by: restored)) }
  }

  private mutating func noteRemoved<Stored>(
    _ stored: [String: Stored], known: [String], text: (Stored) -> String
  ) {
    for (name, value) in stored where !known.contains(name) { note(name, was: text(value), .removed) }
  }

  private mutating func note(_ name: String, was value: String, _ outcome: SnapshotChange.Outcome) {
    changes.append(SnapshotChange(name: name, value: value, outcome: outcome))
  }
}

extension Datum {
  /// The datum as a reader sees it.
  var text: String {
    switch self {
    case .null: "null"
    case .boolean(let value): value ? "true" : "false"
    case .number(let value): Int(exactly: value).map(String.init) ?? String(value)
    case .text(let value): value
    case .list: "a list"
    case .object: "an object"
    }
  }
}
