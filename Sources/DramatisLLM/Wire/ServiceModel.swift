import Synchronization

/// A language model behind an endpoint.
public struct ServiceModel: LanguageModel {
  /// Where it is.
  public let endpoint: Endpoint
  /// The model's name at the endpoint.
  public var name: String { endpoint.model }
  private let client: HTTPClient
  private let log: (@Sendable (String) -> Void)?

  /// Makes a model; nothing is sent before something is asked.
  ///
  /// - Parameter log: Is given a line of JSON for each request with what came of it, without keys.
  public init(
    _ endpoint: Endpoint, client: HTTPClient = .shared, log: (@Sendable (String) -> Void)? = nil
  ) {
    self.log = log
    self.endpoint = endpoint
    self.client = client
  }

  /// How many lessons one request may cost.
  private static let mostLessons = 8

  /// Sends the request and reads the reply while it comes.
  ///
  /// What the service refuses is learnt, and asked otherwise at once; nothing is asked twice in the same way.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    await endpoint.findSlots(for: request, client: client)
    do throws(ModelError) {
      guard let ahead = endpoint.readingAhead(of: request) else {
        return try await learning(from: request, onText: onText)
      }
      // Whoever waits for the answers does not wait for this: what is read by then is read.
      async let _ = reading(ahead)
      return try await learning(from: request, onText: onText)
    } catch {
      if case .cancelled = error { throw error }
      // Where the server was ended, another may answer next.
      endpoint.memory.slotPlan.withLock { $0.forget() }
      throw error
    }
  }

  /// Has a prompt read of which no reply is wanted.
  private func reading(_ request: ModelRequest) async {
    _ = try? await logged(endpoint.body(for: request)) { () async throws(RefusedRequest) in
      try await reply(to: endpoint.body(for: request)) { _ in }
    }
  }

  /// Asks until it is answered, or until nothing more can be learnt from refusals.
  private func learning(
    from original: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    var lessons = 0
    var request = original
    while true {
      let body = endpoint.body(for: request)
      do throws(RefusedRequest) {
        let completion = try await logged(body) { () async throws(RefusedRequest) in
          try await reply(to: body, onText: onText)
        }
        guard completion.isThoughtOnly, request.maxTokens != nil else { return completion }
        guard endpoint.makeRoomForThought() else {
          throw RefusedRequest(error: .thoughtOnly(tokens: completion.usage?.reply))
        }
      } catch {
        do throws(ModelError) {
          try error.learn(of: body, at: endpoint)
        } catch {
          guard case .tooLongPrompt = error, endpoint.suited(request) != request else { throw error }
          request.awaited = nil
          continue
        }
        lessons += 1
        guard lessons <= Self.mostLessons, endpoint.body(for: request) != body else { throw error.error }
      }
    }
  }

  /// Does a request and writes to the log what came of it.
  private func logged(
    _ body: JSONValue, _ work: () async throws(RefusedRequest) -> Completion
  ) async throws(RefusedRequest) -> Completion {
    guard let log else { return try await work() }
    let start = ContinuousClock.now
    func write(_ outcome: JSONValue.Member) {
      let seconds = start.duration(to: .now) / .seconds(1)
      let line = JSONValue.object([
        .init("address", .string(endpoint.address.appending(endpoint.wire.completionsPath))),
        .init("request", body),
        outcome, .init("seconds", .number(seconds)),
      ])
      log(line.spelled.without(endpoint.key) + "\n")
    }
    do throws(RefusedRequest) {
      let completion = try await work()
      write(.init("reply", completion.logged))
      return completion
    } catch {
      write(.init("error", .string(error.error.description)))
      throw error
    }
  }

  private func reply(
    to body: JSONValue, onText: @Sendable (String) async -> Void
  ) async throws(RefusedRequest) -> Completion {
    let wire = endpoint.wire
    let inbox = ReplyInbox()
    let response = client.send(
      endpoint.request(path: wire.completionsPath, body: body) {
        [longest = endpoint.limits.bytes] head in
        guard head.isAccepted else { return nil }
        let form = wire.streamForm(ofType: head.contentType)
        return ReplyDecoder(form, wire: wire, inbox: inbox, longest: longest)
      })
    do {
      if case .refused(let error, let fault) = try await endpoint.opened(response) {
        throw RefusedRequest(error: error, fault: fault)
      }
    } catch let error as RefusedRequest {
      throw error
    } catch {
      throw RefusedRequest(error: error as? ModelError ?? .cutOff)
    }
    let hasShown = Atomic(false)
    do throws(ModelError) {
      return try await read(response, from: inbox) { text in
        hasShown.store(true, ordering: .relaxed)
        await onText(text)
      }
    } catch {
      guard case .failed(let message) = error, !hasShown.load(ordering: .relaxed) else {
        throw RefusedRequest(error: error)
      }
      throw RefusedRequest(error: error, fault: ServiceFault(words: message))
    }
  }

  /// Reads a response whose status is good.
  private func read(
    _ response: HTTPResponse, from inbox: ReplyInbox, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    var reply = ReplyAssembly(without: endpoint.key)
    try await read(response, from: inbox, into: &reply, onText: onText)
    let rest = reply.rest()
    if !rest.isEmpty { await onText(rest) }
    return try reply.completion()
  }

  /// Reads a reply of which something has come.
  private func read(
    _ response: HTTPResponse, from inbox: ReplyInbox, into reply: inout ReplyAssembly,
    onText: @Sendable (String) async -> Void
  ) async throws(ModelError) {
    var patience = response.patience()
    var pieces = ReplyBuffer()
    var bytes: [UInt8] = []
    repeat {
      inbox.exchange(&pieces)
      if let body = pieces.whole { pieces.append(try endpoint.wire.piece(ofWhole: body)) }
      try await show(pieces, in: &reply, onText: onText)
      if reply.isLast { return response.drain() }
      if pieces.summary.isProgress { patience.renew(isFinished: reply.isFinished) }
    } while try await isMore(of: response, patience: patience, after: reply, into: &bytes)
  }

  /// Waits for more; a service that has said why it ends may then end as it likes.
  private func isMore(
    of response: HTTPResponse, patience: Patience, after reply: ReplyAssembly, into bytes: inout [UInt8]
  ) async throws(ModelError) -> Bool {
    do throws(TransportError) {
      return try await response.read(into: &bytes, patience: patience)
    } catch {
      guard reply.isFinished, error == .cutOff || error == .timedOut(.betweenTexts) else {
        throw ModelError(error)
      }
      return false
    }
  }

  /// Shows what may be shown, and notes the rest.
  private func show(
    _ pieces: ReplyBuffer, in reply: inout ReplyAssembly, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) {
    for text in pieces.texts {
      let shown = reply.append(text)
      if !shown.isEmpty { await onText(shown) }
    }
    if let error = pieces.summary.error { throw .failed(error.quotable(without: endpoint.key)) }
    reply.append(pieces.summary)
    if pieces.summary.hasTimings { endpoint.memory.slotPlan.withLock { $0.isLikely = true } }
  }
}

extension Completion {
  /// What a log says of it.
  fileprivate var logged: JSONValue {
    [
      "text": .string(text), "thought": .string(thought), "finish": .string(finish.rawValue),
      "model": model.map { .string($0) } ?? .null,
      "usage": usage.map {
        [
          "prompt": .number(Double($0.prompt)), "reply": .number(Double($0.reply)),
          "cached": .number(Double($0.cached)),
        ]
      } ?? .null,
    ]
  }

  /// Whether all tokens went into thought, or what else is no text.
  fileprivate var isThoughtOnly: Bool {
    finish == .length && alternatives.isEmpty && text.allSatisfy(\.isWhitespace)
  }
}

extension Endpoint {
  /// The tokens that are allowed for thought once it is seen to use up a reply's.
  private static let roomForThought = 4096

  /// Allows more tokens for thought from now on; false where that was done before.
  fileprivate func makeRoomForThought() -> Bool {
    let room = min(Self.roomForThought, (memory.contextTokens ?? .max) / 2)
    guard memory.thoughtTokens < room else { return false }
    memory.learn(
      ServiceLesson(.roomForThought(room), because: "a reply was nothing but thought when it was cut"))
    return true
  }

  /// What asks for a completion, as the service wants it.
  ///
  /// What is thought does not count against the reply's tokens.
  fileprivate func body(for request: ModelRequest) -> JSONValue {
    var asked = suited(request)
    asked.maxTokens = request.maxTokens.map { $0 + max(request.reasoning?.room ?? 0, memory.thoughtTokens) }
    let body = wire.body(for: asked).setting(slotMembers(for: request) + parameters + request.parameters) {
      wire.place(of: $0)
    }
    return memory.adapted(body)
  }
}

extension JSONValue {
  /// The same with further members, some within others; an object that is there gets what the new one holds.
  fileprivate func setting(_ parameters: [Member], in place: (String) -> String?) -> JSONValue {
    parameters.reduce(self) { value, parameter in
      let inner = place(parameter.name)
      return value.setting(
        inner.map { Member($0, .object([parameter])) } ?? parameter)
    }
  }

  private func setting(_ member: Member) -> JSONValue {
    guard case .object(var members) = self else { return self }
    guard let index = members.firstIndex(where: { $0.name == member.name }) else {
      return .object(members + [member])
    }
    var value = member.value
    if case .object(let inner) = value, case .object = members[index].value {
      value = inner.reduce(members[index].value) { $0.setting($1) }
    }
    members[index] = Member(member.name, value)
    return .object(members)
  }
}

/// Why a request was not answered, and what the service says of it where it was refused.
private struct RefusedRequest: Error {
  let error: ModelError
  var fault: ServiceFault?

  /// Keeps what can be learnt.
  ///
  /// - Throws: The error itself where nothing can be learnt for this request.
  func learn(of body: JSONValue, at endpoint: Endpoint) throws(ModelError) {
    guard let fault else { throw error }
    let status: Int? = if case .refused(let status, _, _) = error { status } else { nil }
    if ![401, 402, 408, 429].contains(status), let overflow = fault.overflow {
      if let limit = overflow.limit {
        let reason = (fault.message ?? fault.words).quotable(without: endpoint.key)
        endpoint.memory.learn(ServiceLesson(.context(limit), because: reason))
      }
      throw .tooLongPrompt(tokens: overflow.prompt, limit: overflow.limit)
    }
    guard let lesson = ServiceLesson(from: fault, status: status, of: body) else { throw error }
    endpoint.memory.learn(lesson.without(endpoint.key))
  }
}

extension Wire {
  fileprivate func piece(ofWhole body: [UInt8]) throws(ModelError) -> ReplyPiece {
    do {
      return try whole(body)
    } catch {
      if let title = String(decoding: body.prefix(4000), as: UTF8.self).pageTitle {
        throw .malformed(
          "a web page came (\(title)), no reply of a model; check the address, which often ends in /v1 (--base-url)"
        )
      }
      throw .malformed(error.description)
    }
  }
}
