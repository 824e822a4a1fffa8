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

/// Asks a model and records what it answers; errors are not recorded.
public struct RecordingModel: LanguageModel {
  /// The name of the model that is wrapped.
  public var name: String { base.name }
  private let base: any LanguageModel
  private let cassette: Cassette

  /// Wraps a model.
  public init(_ base: any LanguageModel, on cassette: Cassette) {
    self.base = base
    self.cassette = cassette
  }

  /// Asks the wrapped model.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let pieces = Mutex([String]())
    let completion = try await base.complete(request) { text in
      pieces.withLock { $0.append(text) }
      await onText(text)
    }
    cassette.record(
      Cassette.Entry(
        request: request.json(for: name), pieces: pieces.withLock { $0 }, completion: completion))
    return completion
  }
}

/// Answers from a cassette, with no service.
public struct ReplayingModel: LanguageModel {
  /// The name of the model that was recorded.
  public let name: String
  private let cassette: Cassette

  /// Makes a model that answers as the recorded one of this name did.
  public init(_ cassette: Cassette, name: String) {
    self.cassette = cassette
    self.name = name
  }

  /// Gives the recorded replies to a request, one after another.
  ///
  /// - Throws: ``ModelError/notRecorded(_:)`` where none is left.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    guard let entry = cassette.play(request.json(for: name)) else {
      throw .notRecorded((request.messages.last?.text ?? "").quotable(without: nil))
    }
    for piece in entry.pieces { await onText(piece) }
    return entry.completion
  }
}
