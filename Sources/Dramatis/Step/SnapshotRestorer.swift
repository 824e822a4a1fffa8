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
    noteRemoved(named.states, known: program.machines.map(\.name)) { $0 }
    noteRemoved(named.variables, known: program.variables.map(\.name), \.text)
    noteRemoved(named.commitments, known: program.commitments.map(\.name), \.status.rawValue)
  }

  private mutating func restoreMachine(_ index: Int) {
    let machine = program.machines[index]
    guard let state = named.states[machine.name] else { return }
    if let known = machine.states.firstIndex(where: { $0.name == state }) {
      snapshot.states[index] = known
    } else {
      snapshot.states[index] = machine.states.count - 1
      change(machine.name, state, .replaced(by: machine.states.last?.name ?? ""))
    }
    if machine.kind == .belief { restoreBelief(index, machine) }
  }

  /// What was believed of states that are gone goes to `other`; without a belief the state is certain.
  private mutating func restoreBelief(_ index: Int, _ machine: Machine) {
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
    if restored != value.text { change(variable.name, value.text, .replaced(by: restored)) }
  }

  private mutating func noteRemoved<Value>(
    _ stored: [String: Value], known: [String], _ text: (Value) -> String
  ) {
    for (name, value) in stored where !known.contains(name) { change(name, text(value), .removed) }
  }

  private mutating func change(_ name: String, _ value: String, _ outcome: SnapshotChange.Outcome) {
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
