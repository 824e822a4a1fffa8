import Dramatis

/// What kind of value an operand comes to.
enum OperandType: Hashable {
  case integer
  case number
  case text
  case boolean
  /// A datum of the event, whose kind is known only when it comes.
  case datum
  case choice(variable: Int)
  case machine(Int)
  case commitment(Int)

  func description(_ names: NameTable) -> String {
    switch self {
    case .integer: "a whole number"
    case .number: "a number"
    case .text: "a text"
    case .boolean: "true or false"
    case .datum: "a datum of the event"
    case .choice(let variable): "the enumeration '\(names.variables[variable].name)'"
    case .machine(let machine): "the machine '\(names.machines[machine].name)'"
    case .commitment(let commitment): "the commitment '\(names.commitments[commitment])'"
    }
  }

  var isNumeric: Bool { self == .integer || self == .number }

  /// Whether two values can be compared at all.
  func isComparable(with other: OperandType) -> Bool {
    switch (self, other) {
    case (.datum, .integer), (.datum, .number), (.datum, .text), (.datum, .datum): true
    case (.integer, .datum), (.number, .datum), (.text, .datum): true
    case (.text, .text), (.boolean, .boolean): true
    default: isNumeric && other.isNumeric
    }
  }

  /// Whether `<` and its like mean something for it.
  var hasOrder: Bool { isNumeric || self == .datum }
}
