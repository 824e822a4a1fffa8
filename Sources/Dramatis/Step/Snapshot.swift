/// Where a character stands: states, variables, commitments and the turn, but no text.
///
/// A snapshot belongs to the program that made it; use it with that one only.
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
}

extension Snapshot {
  /// Writes a variable as a game would, clamped to its bounds.
  ///
  /// - Throws: ``SettingError`` where the program has no such variable or the value is of another kind.
  public mutating func set(_ name: String, to value: Datum, in program: Program) throws(SettingError) {
    guard let index = program.variables.firstIndex(where: { $0.name == name }) else {
      throw .unknownVariable(name)
    }
    let variable = program.variables[index]
    guard let stored = variable.stored(value) else { throw .wrongKind(name, expected: variable.expectation) }
    variables[index] = stored
  }
}

/// Why a variable could not be written.
public enum SettingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program has no variable of this name.
  case unknownVariable(String)
  /// The value is not of the variable's kind.
  case wrongKind(String, expected: String)

  /// What went wrong, in a sentence without a full stop.
  public var description: String {
    switch self {
    case .unknownVariable(let name): "no variable is named '\(name)'"
    case .wrongKind(let name, let expected): "variable '\(name)' takes \(expected)"
    }
  }
}

extension Variable {
  /// The stored form of a value from outside; nil where it is of another kind.
  func stored(_ value: Datum) -> Int? {
    switch (kind, value) {
    case (.boolean, .boolean(let value)): value ? 1 : 0
    case (.integer, .number(let value)): Int(exactly: value).map(clamped)
    case (.choice(let values), .text(let value)): values.firstIndex(of: value)
    default: nil
    }
  }

  var expectation: String {
    switch kind {
    case .boolean: "true or false"
    case .integer(let min, let max): "a whole number from \(min) to \(max)"
    case .choice(let values): "one of \(values.joined(separator: ", "))"
    }
  }

  /// A stored value in the form in which it goes outside.
  package func datum(_ stored: Int) -> Datum {
    switch kind {
    case .boolean: .boolean(stored != 0)
    case .integer: .number(Double(stored))
    case .choice(let values): .text(values.indices.contains(stored) ? values[stored] : "")
    }
  }

  /// A stored value as a reader sees it.
  package func text(_ stored: Int) -> String {
    switch kind {
    case .boolean: stored != 0 ? "true" : "false"
    case .integer: String(stored)
    case .choice(let values): values.indices.contains(stored) ? values[stored] : ""
    }
  }
}
