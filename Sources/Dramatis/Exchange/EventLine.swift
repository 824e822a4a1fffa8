import FoundationEssentials

/// One line of JSON that comes in: an event, answers to questions and variables to write.
public struct EventLine: Decodable, Sendable {
  /// What happened; it needs a text, a scene or a kind for a turn.
  public let event: Event
  /// Answers by question name or exact text.
  public let answers: [String: Answer]
  /// Variables to write before the event, by name.
  public let set: [String: Datum]
  /// Keys that nothing reads, sorted.
  public let unknownKeys: [String]

  /// The keys that are read.
  public static let keys = [
    "actor", "text", "to", "kind", "data", "answers", "set", "scene", "partners", "present",
    "direction",
  ]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// Reads an object; absent keys take their defaults, and those that are not known are noted.
  public init(from decoder: any Decoder) throws {
    event = try Event(from: decoder)
    let container = try decoder.container(keyedBy: Key.self)
    answers = try container.decodeIfPresent([String: Answer].self, forKey: Key(stringValue: "answers")) ?? [:]
    set = try container.decodeIfPresent([String: Datum].self, forKey: Key(stringValue: "set")) ?? [:]
    unknownKeys = container.allKeys.map(\.stringValue).filter { !Self.keys.contains($0) }.sorted()
  }

  /// Reads a line of JSON.
  ///
  /// - Throws: ``ExchangeError/malformed(_:)``.
  public init(json: String) throws(ExchangeError) {
    do {
      self = try JSONDecoder().decode(EventLine.self, from: Data(json.utf8))
    } catch let error as DecodingError {
      throw .malformed(Self.reason(for: error))
    } catch {
      throw .malformed("this is not JSON")
    }
  }

  private static func reason(for error: DecodingError) -> String {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context): mismatch(context)
    case .keyNotFound(_, let context): context.debugDescription
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "'\(path(context))': \(context.debugDescription)"
    case .dataCorrupted: "this is not a JSON object on one line"
    @unknown default: "this cannot be read"
    }
  }

  private static func path(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }

  private static func mismatch(_ context: DecodingError.Context) -> String {
    guard let key = context.codingPath.first?.stringValue else { return "an event is a JSON object" }
    return "'\(path(context))' is not \(expectations[key] ?? "of the right type")"
  }

  /// What each key takes, for messages.
  private static let expectations = [
    "actor": "a text", "text": "a text", "to": "a list of names", "kind": "a text", "scene": "a text",
    "data": "an object", "answers": "an object of answers: yes, no, unknown or a probability from 0 to 1",
    "set": "an object of variables and values", "partners": "a list of names", "present": "a list of names",
    "direction": "a text, or an object of text and lasting",
  ]
}

/// One line of JSON that goes out for a line that brought no turn: `{"error":{"code":…,"message":…},"input":2}`.
public struct ErrorLine: Codable, Hashable, Sendable {
  /// Why there was no turn.
  public struct Reason: Codable, Hashable, Sendable {
    /// A stable word, such as `malformed`.
    public let code: String
    /// What went wrong and what to do, on one line.
    public let message: String
  }

  /// Why there was no turn.
  public let error: Reason
  /// The number of the line of input.
  public let input: Int

  /// Answers the line of a number; control sequences are left out of the message.
  public init(code: String, message: String, input: Int) {
    error = Reason(code: code, message: message.oneLine)
    self.input = input
  }

  /// The line, without a break at its end.
  public func json() throws -> String { try jsonLine() }
}
