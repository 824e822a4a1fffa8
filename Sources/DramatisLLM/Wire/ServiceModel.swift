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
    let inbox = ReplyInbox()
    var reply = ReplyAssembly(without: endpoint.key)
    let response = client.send(
      endpoint.request(path: wire.completionsPath, body: wire.body(for: request)) {
        [longest = endpoint.limits.bytes] head in
        guard head.isAccepted else { return nil }
        let form = wire.streamForm(ofType: head.contentType)
        return ReplyDecoder(form, wire: wire, inbox: inbox, longest: longest)
      })
    _ = try await endpoint.accepted(response)
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
  }
}

extension Wire {
  fileprivate func piece(ofWhole body: [UInt8]) throws(ModelError) -> ReplyPiece {
    do {
      return try whole(body)
    } catch {
      throw .malformed(error.description)
    }
  }
}
