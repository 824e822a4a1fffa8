/// What guards, gates and triggers are made of: a closed, total, three-valued language.
///
/// All names are resolved: questions, variables, machines, states and commitments stand as indices into
/// the ``Program`` that the condition belongs to. ``Program/text(of:)`` prints it the way an author writes it.
public indirect enum Condition: Hashable, Sendable {
  /// Always yes or always no.
  case constant(Bool)
  /// The answer to `program.questions[i]`.
  case question(Int)
  /// Yes with this probability; the site tells one draw from another.
  case chance(Double, site: Int)
  /// A boolean variable, or a datum of the event that is true.
  case holds(Operand)
  /// Two values compared; unknown where the event does not give one of them.
  case compare(Operand, Comparison, Operand)
  /// The value is one of those listed.
  case isMember(Operand, of: [Operand])
  /// Kleene's not.
  case not(Condition)
  /// Conditions joined by `and` or another connective.
  case joined(Connective, [Condition])

  /// Conditions joined by `and`.
  public static func all(_ conditions: [Condition]) -> Condition { .joined(.and, conditions) }

  /// Conditions joined by `or`.
  public static func any(_ conditions: [Condition]) -> Condition { .joined(.or, conditions) }
}

extension Condition {
  /// What it is made of, without `not` and connectives, in order.
  package var leaves: [Condition] {
    var leaves: [Condition] = []
    forEachLeaf { leaves.append($0) }
    return leaves
  }

  /// Calls for every one of its ``leaves``.
  package func forEachLeaf(_ body: (Condition) -> Void) {
    switch self {
    case .not(let condition): condition.forEachLeaf(body)
    case .joined(_, let conditions): for condition in conditions { condition.forEachLeaf(body) }
    case .constant, .question, .chance, .holds, .compare, .isMember: body(self)
    }
  }

  /// The questions that it names, in order, as often as it names them.
  package var questions: [Int] {
    leaves.compactMap { if case .question(let index) = $0 { index } else { nil } }
  }

  /// The operands that its parts compare and look at, in order.
  package var operands: [Operand] { leaves.flatMap(\.ownOperands) }

  /// The operands of a comparison itself.
  package var ownOperands: [Operand] {
    switch self {
    case .holds(let operand): [operand]
    case .compare(let left, _, let right): [left, right]
    case .isMember(let operand, let list): [operand] + list
    case .constant, .question, .chance, .not, .joined: []
    }
  }
}

extension Condition: Codable {
  /// The name of a case, or that of a value within it.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }

    static let first = Key(stringValue: "_0")
    static let second = Key(stringValue: "_1")
    static let third = Key(stringValue: "_2")
    static let site = Key(stringValue: "site")
    static let list = Key(stringValue: "of")
  }

  private var key: String {
    switch self {
    case .constant: "constant"
    case .question: "question"
    case .chance: "chance"
    case .holds: "holds"
    case .compare: "compare"
    case .isMember: "isMember"
    case .not: "not"
    case .joined(let connective, _): connective.key
    }
  }

  /// Writes an object whose one key tells the case.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    var values = container.nestedContainer(keyedBy: Key.self, forKey: Key(stringValue: key))
    switch self {
    case .constant(let value): try values.encode(value, forKey: .first)
    case .question(let index): try values.encode(index, forKey: .first)
    case .chance(let probability, let site):
      try values.encode(probability, forKey: .first)
      try values.encode(site, forKey: .site)
    case .holds(let operand): try values.encode(operand, forKey: .first)
    case .compare(let left, let comparison, let right):
      try values.encode(left, forKey: .first)
      try values.encode(comparison, forKey: .second)
      try values.encode(right, forKey: .third)
    case .isMember(let operand, let list):
      try values.encode(operand, forKey: .first)
      try values.encode(list, forKey: .list)
    case .not(let condition): try values.encode(condition, forKey: .first)
    case .joined(_, let conditions): try values.encode(conditions, forKey: .first)
    }
  }

  /// Reads an object whose one key tells the case.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    guard let key = container.allKeys.first, container.allKeys.count == 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: container.codingPath, debugDescription: "a condition has one key"))
    }
    let values = try container.nestedContainer(keyedBy: Key.self, forKey: key)
    func value<Value: Decodable>(_ key: Key) throws -> Value { try values.decode(Value.self, forKey: key) }
    switch key.stringValue {
    case "constant": self = .constant(try value(.first))
    case "question": self = .question(try value(.first))
    case "chance": self = .chance(try value(.first), site: try value(.site))
    case "holds": self = .holds(try value(.first))
    case "compare": self = .compare(try value(.first), try value(.second), try value(.third))
    case "isMember": self = .isMember(try value(.first), of: try value(.list))
    case "not": self = .not(try value(.first))
    default:
      guard let connective = Connective.allCases.first(where: { $0.key == key.stringValue }) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container, debugDescription: "no condition is called so")
      }
      self = .joined(connective, try value(.first))
    }
  }
}
