import Dramatis
import DramatisLLM
import Synchronization

/// A language model of which nothing is asked twice: what it said is kept in a store of answers.
public final class KeptModel: Sendable {
  /// What became of requests.
  public struct Counts: Hashable, Sendable {
    /// Those that were put to the model.
    public internal(set) var asked = 0
    /// Replies and verdicts that were there already.
    public internal(set) var known = 0
    /// Those that gave nothing that could be used, now or when they were asked.
    public internal(set) var useless = 0
  }

  /// What the model is called; its answers are not those of another one.
  public var name: String { model.name }
  let model: any LanguageModel
  let store: any AnswerStore
  private let onRequest: @Sendable (Counts) -> Void
  private let state = Mutex(Counts())

  /// Wraps a model.
  ///
  /// - Parameter onRequest: Is told after each request how many there were.
  public init(
    _ model: any LanguageModel, store: any AnswerStore,
    onRequest: @escaping @Sendable (Counts) -> Void = { _ in }
  ) {
    self.model = model
    self.store = store
    self.onRequest = onRequest
  }

  /// What became of requests so far.
  public var counts: Counts { state.withLock { $0 } }

  /// Counts what was known or useless before.
  func note(_ counting: (inout Counts) -> Void) { state.withLock { counting(&$0) } }

  /// Counts a request, and says so.
  private func noteRequest(isUseless: Bool) {
    let counts = state.withLock { counts in
      counts.asked += 1
      counts.useless += isUseless ? 1 : 0
      return counts
    }
    onRequest(counts)
  }

  /// Puts one request to the model; nil where its reply cannot be used, which is no failure of the service.
  ///
  /// - Throws: Whatever keeps the same request from going well a little later.
  func ask<Value: Sendable>(
    _ request: @Sendable () async throws(ModelError) -> Value
  ) async throws(ModelError) -> Value? {
    do throws(ModelError) {
      let value = try await request()
      noteRequest(isUseless: false)
      return value
    } catch {
      switch error {
      case .invalidOutput, .declined, .thoughtOnly, .tooLongPrompt, .tooLong, .malformed:
        noteRequest(isUseless: true)
        return nil
      default: throw error
      }
    }
  }

  /// A reply in a form; nil where there was none that could be used.
  ///
  /// - Parameter purpose: What the reply is for; the same request for another purpose is another one.
  func reply(
    to request: ModelRequest, as schema: OutputSchema, for purpose: String
  ) async throws -> JSONValue? {
    let asked: JSONValue = [
      "model": .string(name), "for": .string(purpose), "seed": .number(Double(request.seed ?? 0)),
      "messages": .array(
        request.messages.map { ["role": .string($0.role.rawValue), "text": .string($0.text)] }),
    ]
    let key = AnswerKey(["reply", asked.spelled])
    switch store.row(for: key) {
    case .reply(let reply, _):
      note { $0.known += 1 }
      return reply
    case .nothing:
      note { $0.useless += 1 }
      return nil
    case .verdict, nil: break
    }
    let output = StructuredOutput(model: model, schema: schema)
    let reply = try await ask { () async throws(ModelError) in try await output.value(for: request) }
    try store.add([(key, reply.map { .reply($0, request: asked) } ?? .nothing)])
    return reply
  }

  /// A text without a form; nil where there was none.
  func text(of request: ModelRequest, for purpose: String) async throws -> String? {
    let asked: JSONValue = [
      "model": .string(name), "for": .string(purpose), "seed": .number(Double(request.seed ?? 0)),
      "messages": .array(
        request.messages.map { ["role": .string($0.role.rawValue), "text": .string($0.text)] }),
    ]
    let key = AnswerKey(["text", asked.spelled])
    switch store.row(for: key) {
    case .reply(let reply, _):
      note { $0.known += 1 }
      return reply.text
    case .nothing:
      note { $0.useless += 1 }
      return nil
    case .verdict, nil: break
    }
    let text = try await ask { () async throws(ModelError) in try await self.model.complete(request).text }
    try store.add([(key, text.map { .reply(.string($0), request: asked) } ?? .nothing)])
    return text
  }
}
