/// Where a character stands, in a form that is stepped in place.
///
/// The small counterpart of a ``Snapshot`` for games with many characters: a step changes it without
/// allocating. Make one with ``Program/position(seed:)``; it belongs to the program that made it.
public struct Position: Hashable, Sendable {
  /// Decides every draw.
  public internal(set) var seed: UInt64
  /// How many turns have been taken.
  public internal(set) var turn: Int
  /// The states of machines, the values of variables, the statuses of commitments, what conditions read of the step
  /// before, and for each transition of role `any` whether it has fired in this turn.
  var cells: [Int]
  /// The probabilities of the machines that carry a belief, one machine after the other.
  var beliefs: [Double]
  /// Where the commitments stand; the cells repeat the statuses, for conditions.
  var commitments: [CommitmentProgress]
  /// The program that made it.
  let identity: ProgramIdentity
  private let machineCount, variableCount: Int

  /// - Parameter identity: That of the program.
  init(_ snapshot: Snapshot, of flat: FlatProgram, identity: ProgramIdentity) {
    self.identity = identity
    seed = snapshot.seed
    turn = snapshot.turn
    cells = snapshot.states + snapshot.variables + snapshot.commitments.map(\.status.cell)
    for past in flat.pasts { cells += snapshot.memory.cells(of: past) }
    if !flat.once.isEmpty { cells += flat.once.map { snapshot.spent.contains($0) ? 1 : 0 } }
    beliefs = snapshot.beliefs.count == 1 ? snapshot.beliefs[0] : Array(snapshot.beliefs.joined())
    commitments = snapshot.commitments
    machineCount = snapshot.states.count
    variableCount = snapshot.variables.count
  }

  /// The current state of `program.machines[machine]`, an index into its states.
  ///
  /// - Throws: ``StepError/noSuchMachine(_:)``.
  public func state(of machine: Int) throws(StepError) -> Int {
    guard machine >= 0, machine < machineCount else { throw .noSuchMachine(machine) }
    return cells[machine]
  }

  /// The stored value of `program.variables[variable]`.
  ///
  /// - Throws: ``StepError/noSuchVariable(_:)``.
  public func value(of variable: Int) throws(StepError) -> Int {
    guard variable >= 0, variable < variableCount else { throw .noSuchVariable(variable) }
    return cells[machineCount + variable]
  }

  /// Where `program.commitments[commitment]` stands.
  ///
  /// - Throws: ``StepError/noSuchCommitment(_:)``.
  public func progress(of commitment: Int) throws(StepError) -> CommitmentProgress {
    guard commitments.indices.contains(commitment) else { throw .noSuchCommitment(commitment) }
    return commitments[commitment]
  }
}

extension Memory {
  /// How something stands in its two cells: what it was, and whether it is a question that is yes now.
  fileprivate func cells(of past: Past) -> [Int] {
    guard case .question(let question) = past else { return [values[past] ?? 0, 0] }
    return [values[past] ?? 0, held.contains(question) ? 1 : 0]
  }

  /// - Parameter cells: Those of all in order, two for each.
  init(of pasts: [Past], in cells: ArraySlice<Int>) {
    for (place, past) in pasts.enumerated() {
      values[past] = cells[cells.startIndex + 2 * place]
      if case .question(let question) = past, cells[cells.startIndex + 2 * place + 1] != 0 {
        held.insert(question)
      }
    }
  }
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
