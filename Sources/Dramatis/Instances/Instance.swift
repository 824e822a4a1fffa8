/// One character of a program under a name of its own, with where it stands, what it heard and what it said.
///
/// Many instances share one program: two hundred guards are one profile. Everything is by name, synchronous, and a value: a
/// copy goes its own way. For thousands at once there is a ``Crowd``; for conversations with models and undo a ``Session``.
///
/// ```swift
/// var guardian = Instance(of: guardProgram, named: "Guard 17", seed: 17)
/// let turn = try guardian.turn(Event(actor: "Rowan", text: "Let me in!", data: ["torch": true])) { request in
///   request.question.name == "isNight" ? .yes : nil
/// }
/// print(turn.line ?? "…", try guardian.state(of: "mood"))
/// ```
///
/// Instances are told apart by their names alone: it is the caller who keeps them unique.
public struct Instance: Sendable {
  /// The program, in which the character has this instance's name.
  public let program: Program
  /// Whether names that the program does not know are refused: of questions that are answered, and an event's kind and data.
  public var isStrict = false
  var position: Position
  /// What it heard, said and did lately.
  var memory = InstanceMemory()
  /// What an own model may speak from, until the line is said or the next turn begins.
  var request: LineRequest?
  /// What is derived from the program once and shared by all of its instances.
  let kit: InstanceKit

  /// Makes a character to whom nothing has happened yet.
  ///
  /// - Parameters:
  ///   - program: What it is an instance of.
  ///   - name: What it is called, instead of the program's names; the program's own unless given, or where it is empty.
  ///   - seed: Decides every draw and every choice among authored lines.
  public init(of program: Program, named name: String? = nil, seed: UInt64 = 0) {
    let name = name.flatMap { $0.isEmpty ? nil : $0 }
    self.init(
      of: name.map(program.renamed) ?? program, at: program.position(seed: seed), kit: InstanceKit.of(program)
    )
  }

  init(of program: Program, at position: Position, kit: InstanceKit) {
    self.program = program
    self.position = position
    self.kit = kit
  }

  /// What the character is called.
  public var name: String { program.character }
  /// How many turns have been taken.
  public var turn: Int { position.turn }
  /// Where the character stands, by the program's indices.
  public var snapshot: Snapshot { program.uncheckedSnapshot(at: position) }
}

extension Instance {
  /// The name of the current state of a machine.
  ///
  /// - Throws: ``InstanceError/noSuchMachine(_:nearest:)``.
  public func state(of machine: String) throws(InstanceError) -> String {
    let index = try index(ofMachine: machine)
    return program.machines[index].states[position.cells[index]].name
  }

  /// The probability of each state of a machine: what is believed, or certainty.
  ///
  /// - Throws: ``InstanceError/noSuchMachine(_:nearest:)``.
  public func probabilities(of machine: String) throws(InstanceError) -> [String: Double] {
    let index = try index(ofMachine: machine)
    let beliefs = Array(position.beliefs[program.flat.beliefs(of: index)])
    var result: [String: Double] = [:]
    for (place, state) in program.machines[index].states.enumerated() {
      result[state.name] = beliefs.isEmpty ? (place == position.cells[index] ? 1 : 0) : beliefs[place]
    }
    return result
  }

  /// The value of a variable.
  ///
  /// - Throws: ``InstanceError/noSuchVariable(_:nearest:)``.
  public func value(of variable: String) throws(InstanceError) -> Datum {
    let index = try index(ofVariable: variable)
    return program.variables[index].datum(position.cells[program.flat.firstVariable + index])
  }

  /// How far a commitment has come.
  ///
  /// - Throws: ``InstanceError/noSuchCommitment(_:nearest:)``.
  public func progress(of commitment: String) throws(InstanceError) -> CommitmentProgress {
    guard let index = program.commitments.firstIndex(where: { $0.name == commitment }) else {
      throw .noSuchCommitment(
        commitment, nearest: nearest(commitment, among: program.commitments.map(\.name)))
    }
    return position.commitments[index]
  }

  /// The state of every machine, by name.
  public var states: [String: String] {
    Dictionary(
      program.machines.enumerated().map { ($1.name, $1.states[position.cells[$0]].name) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The value of every variable, by name.
  public var variables: [String: Datum] {
    Dictionary(
      program.variables.enumerated().map {
        ($1.name, $1.datum(position.cells[program.flat.firstVariable + $0]))
      },
      uniquingKeysWith: { first, _ in first })
  }

  /// Writes a variable; a number out of bounds becomes the nearest one within.
  ///
  /// - Throws: ``InstanceError`` where there is no such variable, or the value is of another kind.
  public mutating func set(_ variable: String, to value: Datum) throws(InstanceError) {
    let index = try index(ofVariable: variable)
    let declared = program.variables[index]
    guard let stored = declared.stored(value) else {
      throw .wrongValue(variable, expected: declared.expectation)
    }
    position.cells[program.flat.firstVariable + index] = stored
  }

  /// Puts a machine into a state, whatever its transitions say; a belief is then certain of it.
  ///
  /// - Throws: ``InstanceError`` where there is no such machine or state.
  public mutating func force(_ machine: String, to state: String) throws(InstanceError) {
    let index = try index(ofMachine: machine)
    let states = program.machines[index].states
    guard let place = states.firstIndex(where: { $0.name == state }) else {
      throw .noSuchState(state, machine: machine, nearest: nearest(state, among: states.map(\.name)))
    }
    position.cells[index] = place
    for (offset, cell) in program.flat.beliefs(of: index).enumerated() {
      position.beliefs[cell] = offset == place ? 1 : 0
    }
  }

  /// Puts the character where a snapshot says, as one of a session.
  ///
  /// - Throws: ``InstanceError/otherProgram(_:)``.
  public mutating func resume(_ snapshot: Snapshot) throws(InstanceError) {
    guard snapshot.identity == program.identity else { throw .otherProgram("the snapshot") }
    position = program.uncheckedPosition(at: snapshot)
  }

  private func index(ofMachine name: String) throws(InstanceError) -> Int {
    guard let index = program.machines.firstIndex(where: { $0.name == name }) else {
      throw .noSuchMachine(name, nearest: nearest(name, among: program.machines.map(\.name)))
    }
    return index
  }

  private func index(ofVariable name: String) throws(InstanceError) -> Int {
    guard let index = program.variables.firstIndex(where: { $0.name == name }) else {
      throw .noSuchVariable(name, nearest: nearest(name, among: program.variables.map(\.name)))
    }
    return index
  }
}
