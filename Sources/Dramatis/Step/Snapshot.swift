/// Where a character stands: states, variables, commitments and the turn, but no text.
///
/// A snapshot belongs to the program that made it: another one, also another version of it, refuses it with a
/// ``StepError``. ``Program/named(_:)`` gives the form that goes from one to the other.
public struct Snapshot: Hashable, Sendable {
  /// Decides every draw; see ``Program/initialSnapshot(seed:)``.
  public let seed: UInt64
  /// How many turns have been taken.
  public internal(set) var turn: Int
  /// The current state of each machine, an index into its states.
  public internal(set) var states: [Int]
  /// The probability of each state of each machine that carries a belief; empty for the others.
  public internal(set) var beliefs: [[Double]]
  /// The stored value of each variable.
  public internal(set) var variables: [Int]
  /// Where each commitment stands.
  public internal(set) var commitments: [CommitmentProgress]
  /// The transitions of role `any` that have fired in this turn, and will not fire in it again.
  package internal(set) var spent: [TransitionPlace] = []
  /// What conditions read of the step before.
  var memory = Memory()
  /// The program that made it.
  var identity = ProgramIdentity.none
  /// Which entries of lore stay, and which have to wait.
  public internal(set) var lore = LoreMemory()
}

/// A transition by its machine and its index within it.
package struct TransitionPlace: Hashable, Sendable, Codable {
  /// Index of the machine.
  package let machine: Int
  /// Index of the transition within the machine.
  package let transition: Int
}

extension Snapshot {
  /// Writes a variable as a game would, clamped to its bounds.
  ///
  /// - Throws: ``SettingError`` where the program has no such variable or the value is of another kind.
  public mutating func set(_ name: String, to value: Datum, in program: Program) throws(SettingError) {
    guard identity == program.identity else { throw .otherProgram }
    guard let index = program.variables.firstIndex(where: { $0.name == name }) else {
      throw .unknownVariable(name)
    }
    let variable = program.variables[index]
    guard let stored = variable.stored(value) else { throw .wrongKind(name, expected: variable.expectation) }
    variables[index] = stored
  }

  /// Puts a machine into a state, whatever its transitions say; a belief is then certain of it.
  ///
  /// - Throws: ``SettingError`` where the program has no such machine or state.
  public mutating func force(
    _ machine: String, to state: String, in program: Program
  ) throws(SettingError) {
    guard identity == program.identity else { throw .otherProgram }
    guard let index = program.machines.firstIndex(where: { $0.name == machine }) else {
      throw .unknownMachine(machine)
    }
    guard let place = program.machines[index].states.firstIndex(where: { $0.name == state }) else {
      throw .unknownState(state, machine: machine)
    }
    states[index] = place
    beliefs[index] = beliefs[index].indices.map { $0 == place ? 1 : 0 }
  }
}

/// Why a variable could not be written, or a machine not be put into a state.
public enum SettingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program has no variable of this name.
  case unknownVariable(String)
  /// The value is not of the variable's kind.
  case wrongKind(String, expected: String)
  /// The program has no machine of this name.
  case unknownMachine(String)
  /// The machine has no state of this name.
  case unknownState(String, machine: String)
  /// The snapshot was made by another program.
  case otherProgram

  /// What went wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .unknownVariable(let name): "no variable is named '\(name)'"
    case .wrongKind(let name, let expected): "variable '\(name)' takes \(expected)"
    case .unknownMachine(let name): "no machine is named '\(name)'"
    case .unknownState(let name, let machine): "machine '\(machine)' has no state '\(name)'"
    case .otherProgram: StepError.otherProgram(.snapshot).description
    }
  }
}

extension Snapshot {
  /// The same position a turn later.
  package var aged: Snapshot {
    var aged = self
    aged.turn += 1
    aged.spent = []
    return aged
  }

  /// The same position without what no later step can tell apart.
  ///
  /// - Parameter bound: The turn from which on no condition tells turns apart; nil for none.
  package func comparable(in program: Program, noLaterThan bound: Int?) -> Snapshot {
    var comparable = self
    comparable.spent = []
    comparable.lore = LoreMemory()
    if let bound { comparable.turn = min(turn, bound) }
    for (index, commitment) in program.commitments.enumerated() {
      var progress = CommitmentProgress(commitments[index].status)
      progress.recent = commitments[index].recent
      // How long ago it was planted matters only until its trigger is looked at.
      if progress.status == .planted, let planted = commitments[index].planted {
        progress.planted = comparable.turn - min(turn - planted, commitment.notBefore)
      }
      comparable.commitments[index] = progress
    }
    return comparable
  }
}
