/// A language model behind an endpoint.
public struct ServiceModel: LanguageModel {
  /// Where it is.
  public let endpoint: Endpoint
  /// The model's name at the endpoint.
  public var name: String { endpoint.model }
  private let client: HTTPClient

  /// Makes a model; nothing is sent before something is asked.
  public init(_ endpoint: Endpoint, client: HTTPClient = .shared) {
    self.endpoint = endpoint
    self.client = client
  }

  /// Sends the request and reads the reply while it comes.
  public func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let wire = endpoint.wire
    var reply = ReplyAssembly(without: endpoint.key)
    let response = client.send(
      endpoint.request(wire.path, wire.body(for: request)) { [longest = endpoint.limits.bytes] head in
        StreamForm(head).map { ReplyDecoder($0, wire, longest: longest) }
      })
    let first = try await endpoint.accepted(response)
    if response.head.flatMap(StreamForm.init) != nil {
      try await read(response, first, &reply, onText)
    } else {
      var whole = Received()
      whole.add(try wire.understood(first.bytes + (try await response.wholeBody())))
      try await show(whole, &reply, onText)
    }
    let rest = reply.rest()
    if !rest.isEmpty { await onText(rest) }
    return try reply.completion()
  }

  private func read(
    _ response: HTTPResponse, _ first: Received, _ reply: inout ReplyAssembly,
    _ onText: @Sendable (String) async -> Void
  ) async throws(ModelError) {
    var patience = response.patience()
    var received = first
    repeat {
      try await show(received, &reply, onText)
      if reply.isLast { return response.drain() }
      if received.summary.isProgress { patience.renew(isFinished: reply.isFinished) }
    } while try await read(response, into: &received, patience, reply)
  }

  /// Reads on; a service that has said why it ends may then end as it likes.
  private func read(
    _ response: HTTPResponse, into received: inout Received, _ patience: Patience, _ reply: ReplyAssembly
  ) async throws(ModelError) -> Bool {
    do {
      return try await response.read(into: &received, patience)
    } catch {
      guard reply.isFinished, error == .cutOff || error == .timedOut(.betweenTexts) else { throw error }
      return false
    }
  }

  /// Shows what may be shown, and notes the rest.
  private func show(
    _ received: Received, _ reply: inout ReplyAssembly, _ onText: @Sendable (String) async -> Void
  ) async throws(ModelError) {
    for text in received.texts {
      let shown = reply.take(text)
      if !shown.isEmpty { await onText(shown) }
    }
    if let error = received.summary.error { throw .failed(error.quotable(without: endpoint.key)) }
    reply.note(received.summary)
  }
}

extension WireProtocol {
  fileprivate func understood(_ body: [UInt8]) throws(ModelError) -> ReplyPiece {
    do {
      return try whole(body)
    } catch {
      throw .malformed(error.description)
    }
  }
}
