/// Where a character stands, in a form that is stepped in place.
///
/// The small counterpart of a ``Snapshot`` for games with many characters: a step changes it without
/// allocating. Make one with ``Program/position(seed:)``; it belongs to the program that made it.
public struct Position: Hashable, Sendable {
  /// Decides every draw.
  public let seed: UInt64
  /// How many turns have been taken.
  public internal(set) var turn: Int
  /// The states of machines, the values of variables, the statuses of commitments, and for each transition of role
  /// `any` whether it has fired in this turn.
  var cells: [Int]
  /// The probabilities of the machines that carry a belief, one machine after the other.
  var beliefs: [Double]
  /// Where the commitments stand; the cells repeat the statuses, for conditions.
  var commitments: [CommitmentProgress]
  private let machineCount: Int

  /// - Parameter once: The transitions of role `any`, in the order of their cells.
  init(_ snapshot: Snapshot, once: [TransitionPlace]) {
    seed = snapshot.seed
    turn = snapshot.turn
    cells = snapshot.states + snapshot.variables + snapshot.commitments.map(\.status.cell)
    if !once.isEmpty { cells += once.map { snapshot.spent.contains($0) ? 1 : 0 } }
    beliefs = snapshot.beliefs.count == 1 ? snapshot.beliefs[0] : Array(snapshot.beliefs.joined())
    commitments = snapshot.commitments
    machineCount = snapshot.states.count
  }

  /// The current state of `program.machines[machine]`, an index into its states.
  public func state(of machine: Int) -> Int {
    precondition(machine < machineCount, "there is no such machine")
    return cells[machine]
  }

  /// The stored value of `program.variables[variable]`.
  public func value(of variable: Int) -> Int { cells[machineCount + variable] }

  /// Where `program.commitments[commitment]` stands.
  public func progress(of commitment: Int) -> CommitmentProgress { commitments[commitment] }
}

extension CommitmentStatus {
  /// How it stands in a cell: its place among the cases.
  @inline(__always)
  var cell: Int {
    switch self {
    case .planned: 0
    case .planted: 1
    case .triggered: 2
    case .paid: 3
    case .abandoned: 4
    }
  }
}
