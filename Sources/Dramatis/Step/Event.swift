/// Something that happened: who did or said what to whom.
///
/// Everything is optional, but for a turn one of ``text``, ``scene`` and a ``kind`` other than `speech` must be there: a
/// tick of a game needs no text.
///
/// ```swift
/// Event(actor: "Rowan", text: "You watered the ale!", to: ["Mara"])
/// ```
public struct Event: Hashable, Sendable {
  /// Who acts.
  public var actor: String?
  /// What is said or done, in words.
  public var text: String?
  /// Who is addressed; nil for everyone present.
  public var to: [String]?
  /// What kind of event it is; `speech` unless given.
  public var kind: String
  /// Further data that conditions read as `event.data.<key>`.
  public var data: [String: Datum]
  /// Who perceives it; nil for everyone.
  public var present: [String]?
  /// A scene that replaces the remembered one for this turn, byte for byte.
  public var scene: String?
  /// Whose partner topics are read, in order; nil for the actor's.
  public var partners: [String]?
  /// In which direction a person wishes the line to go; it moves no state.
  public var direction: Direction?

  /// The most bytes of UTF-8 that a text or a scene may have.
  public static let maximumTextBytes = 1 << 20

  /// The kind of an event that says no other.
  public static let speech = "speech"

  /// Makes an event; give a text, a scene or a kind at least.
  public init(
    actor: String? = nil, text: String? = nil, to: [String]? = nil, kind: String = Event.speech,
    data: [String: Datum] = [:], present: [String]? = nil, scene: String? = nil, partners: [String]? = nil,
    direction: Direction? = nil
  ) {
    self.actor = actor
    self.text = text
    self.to = to
    self.kind = kind
    self.data = data
    self.present = present
    self.scene = scene
    self.partners = partners
    self.direction = direction
  }
}

extension Event: Codable {
  enum CodingKeys: String, CodingKey, CaseIterable {
    case actor, text, to, kind, data, present, scene, partners, direction
  }

  /// Reads an event; absent keys take their defaults.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      actor: try container.decodeIfPresent(String.self, forKey: .actor),
      text: try container.decodeIfPresent(String.self, forKey: .text),
      to: try container.decodeIfPresent([String].self, forKey: .to),
      kind: try container.decodeIfPresent(String.self, forKey: .kind) ?? Self.speech,
      data: try container.decodeIfPresent([String: Datum].self, forKey: .data) ?? [:],
      present: try container.decodeIfPresent([String].self, forKey: .present),
      scene: try container.decodeIfPresent(String.self, forKey: .scene),
      partners: try container.decodeIfPresent([String].self, forKey: .partners),
      direction: try container.decodeIfPresent(Direction.self, forKey: .direction))
  }
}

/// A datum of an event: any JSON value, of which conditions read texts, numbers and booleans.
public enum Datum: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case text(String)
  /// A list, kept but not read by conditions.
  case list([Datum])
  /// An object, kept but not read by conditions.
  case object([String: Datum])

  /// Whether every number in it is one that JSON can write.
  var isFinite: Bool {
    switch self {
    case .number(let value): value.isFinite
    case .list(let values): values.allSatisfy(\.isFinite)
    case .object(let values): values.values.allSatisfy(\.isFinite)
    case .null, .boolean, .text: true
    }
  }
}

extension Datum: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByNilLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// `true` or `false`.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }

  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }

  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }

  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }

  /// `null`.
  public init(nilLiteral: ()) { self = .null }

  /// A list.
  public init(arrayLiteral values: Datum...) { self = .list(values) }

  /// An object; of a key that stands twice the last value counts.
  public init(dictionaryLiteral values: (String, Datum)...) {
    self = .object(Dictionary(values, uniquingKeysWith: { _, last in last }))
  }
}

extension Datum: Codable {
  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try Self.number(container) {
      self = .number(value)
    } else if let value = try? container.decode([Datum].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: Datum].self))
    }
  }

  /// Nil for anything but a number; throws for one that is too large to be held.
  private static func number(_ container: any SingleValueDecodingContainer) throws -> Double? {
    do {
      return try container.decode(Double.self)
    } catch DecodingError.typeMismatch {
      return nil
    }
  }

  /// Writes the JSON value that it was.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }
}

/// The side on which a character stands in an event.
public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
  /// The character acts.
  case active
  /// Somebody else acts, and it concerns the character.
  case passive
}
