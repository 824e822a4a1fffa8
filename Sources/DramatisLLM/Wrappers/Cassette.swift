import Synchronization

/// Replies that were recorded, to be given again to the same requests without a service.
///
/// As bytes it is one JSON object a line, in the order recorded. It never holds a key, since requests hold none;
/// it does hold everything that was said.
public final class Cassette: Sendable {
  /// What was answered to one request.
  struct Entry: Hashable, Sendable {
    let request: JSONValue
    let pieces: [String]
    let completion: Completion
  }

  private struct Tape {
    var entries: [Entry] = []
    /// How many entries of each request were played.
    var played: [JSONValue: Int] = [:]
  }

  private let tape = Mutex(Tape())
  private let onRecord: @Sendable ([UInt8]) -> Void

  /// Makes an empty cassette, to record on.
  ///
  /// - Parameter onRecord: Is given each line as soon as it is recorded, for whoever keeps it in a file.
  public init(onRecord: @escaping @Sendable ([UInt8]) -> Void = { _ in }) {
    self.onRecord = onRecord
  }

  /// Reads what ``bytes`` has written.
  ///
  /// - Throws: ``ModelError/malformed(_:)`` with the number of the line.
  public init(_ bytes: [UInt8]) throws(ModelError) {
    var entries: [Entry] = []
    for (index, line) in bytes.split(separator: 0x0A).enumerated() {
      do {
        let value = try JSONValue(parsing: Array(line))
        guard let entry = Entry(value) else { throw JSONError(message: "no recorded reply", offset: 0) }
        entries.append(entry)
      } catch {
        let why = (error as? JSONError)?.description ?? "no recorded reply"
        throw .malformed("line \(index + 1) of the cassette: \(why)")
      }
    }
    onRecord = { _ in }
    tape.withLock { $0.entries = entries }
  }

  /// The cassette as the bytes of a file.
  public var bytes: [UInt8] {
    tape.withLock { $0.entries }.flatMap(\.line)
  }

  /// What was recorded after so many replies, as bytes to add to a file.
  public func bytes(after count: Int) -> [UInt8] {
    tape.withLock { $0.entries.dropFirst(count) }.flatMap { $0.json.bytes + [0x0A] }
  }

  /// The model of the first reply; nil where there is none.
  public var model: String? { tape.withLock { $0.entries.first?.request["model"]?.text } }

  /// How many replies it holds.
  public var count: Int { tape.withLock { $0.entries.count } }

  func record(_ entry: Entry) {
    tape.withLock { tape in
      tape.entries.append(entry)
      onRecord(entry.line)
    }
  }

  /// The next reply to a request that was not played yet; nil where there is none.
  func play(_ request: JSONValue) -> Entry? {
    tape.withLock { tape in
      let number = tape.played[request, default: 0]
      tape.played[request] = number + 1
      return tape.entries.lazy.filter { $0.request == request }.dropFirst(number).first
    }
  }
}

extension ModelRequest {
  /// Everything that makes a request what it is.
  func json(for model: String) -> JSONValue {
    // What was not there at first is left out where nobody asks for it, so that older recordings still play.
    let later: [JSONValue.Member] =
      (reasoning.map { [.init("reasoning", $0 == .off ? "off" : .number(Double($0.room)))] } ?? [])
      + (parameters.isEmpty ? [] : [.init("parameters", .object(parameters))])
    let all: JSONValue = [
      "model": .string(model),
      "messages": .array(messages.map { ["role": .string($0.role.rawValue), "text": .string($0.text)] }),
      "maxTokens": .optional(maxTokens), "temperature": temperature.map { .number($0) } ?? .null,
      "seed": .optional(seed), "stop": .array(stop.map { .string($0) }), "schema": schema?.schema ?? .null,
      "alternatives": .optional(alternatives), "stream": .bool(isStreamed),
    ]
    guard case .object(let members) = all, !later.isEmpty else { return all }
    return .object(members + later)
  }
}

extension Cassette.Entry {
  /// The entry as a line of a file.
  var line: [UInt8] { json.bytes + [0x0A] }

  var json: JSONValue {
    [
      "request": request, "pieces": .array(pieces.map { .string($0) }), "text": .string(completion.text),
      "finish": .string(completion.finish.rawValue), "model": completion.model.map { .string($0) } ?? .null,
      "usage": completion.usage.map {
        ["prompt": .optional($0.prompt), "reply": .optional($0.reply), "cached": .optional($0.cached)]
      } ?? .null,
      "alternatives": .array(
        completion.alternatives.map { ["token": .string($0.text), "logprob": .number($0.logProbability)] }),
    ]
  }

  /// Reads an entry; nil where something is missing.
  init?(_ json: JSONValue) {
    guard let request = json["request"], let pieces = json["pieces"]?.elements, let text = json["text"]?.text,
      let finish = json["finish"]?.text.flatMap(FinishReason.init(rawValue:))
    else { return nil }
    let usage = json["usage"].flatMap { value -> Usage? in
      guard let prompt = value["prompt"]?.int, let reply = value["reply"]?.int else { return nil }
      return Usage(prompt: prompt, reply: reply, cached: value["cached"]?.int ?? 0)
    }
    let alternatives = (json["alternatives"]?.elements ?? []).compactMap { value -> TokenAlternative? in
      guard let token = value["token"]?.text, let logarithm = value["logprob"]?.double else { return nil }
      return TokenAlternative(token, logProbability: logarithm)
    }
    self.request = request
    self.pieces = pieces.compactMap(\.text)
    completion = Completion(
      text: text, finish: finish, usage: usage, model: json["model"]?.text, alternatives: alternatives)
  }
}

extension JSONValue {
  fileprivate static func optional(_ number: Int?) -> JSONValue {
    number.map { .number(Double($0)) } ?? .null
  }
}
