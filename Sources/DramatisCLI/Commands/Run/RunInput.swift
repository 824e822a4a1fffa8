import Dramatis
import DramatisCompiler
import FoundationEssentials

/// One line of `dramatis run`'s input: an event, answers to questions and variables to write.
struct RunInput: Decodable {
  let event: Event
  let answers: [String: Answer]
  let set: [String: Datum]
  /// Keys that nothing reads, sorted.
  let unknownKeys: [String]

  static let keys = [
    "actor", "text", "to", "kind", "data", "answers", "set", "scene", "partners", "present",
  ]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    event = try Event(from: decoder)
    let container = try decoder.container(keyedBy: Key.self)
    answers = try container.decodeIfPresent([String: Answer].self, forKey: Key(stringValue: "answers")) ?? [:]
    set = try container.decodeIfPresent([String: Datum].self, forKey: Key(stringValue: "set")) ?? [:]
    unknownKeys = container.allKeys.map(\.stringValue).filter { !Self.keys.contains($0) }.sorted()
  }

  /// Reads a line of JSON.
  static func parse(_ line: String) throws(RunProblem) -> RunInput {
    do {
      return try JSONDecoder().decode(RunInput.self, from: Data(line.utf8))
    } catch let error as DecodingError {
      throw RunProblem(error)
    } catch {
      throw RunProblem(message: "this is not JSON")
    }
  }
}

/// What is wrong with one line of input.
struct RunProblem: Error {
  let message: String

  init(message: String) {
    self.message = message
  }

  init(_ error: DecodingError) {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      message = Self.mismatch(context)
    case .keyNotFound(_, let context): message = context.debugDescription
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      message = "'\(Self.path(context))': \(context.debugDescription)"
    case .dataCorrupted: message = "this is not a JSON object on one line"
    @unknown default: message = "this cannot be read"
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
  ]
}
