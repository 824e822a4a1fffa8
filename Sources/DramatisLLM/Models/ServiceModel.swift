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
    var reply = ReplyAssembly()
    let response = client.send(endpoint.request(wire.path, wire.body(for: request)))
    let first = try await endpoint.accepted(response)
    // Some services ignore that a stream was asked for, and some report errors as plain JSON.
    switch response.head?.contentType {
    case "text/event-stream":
      try await read(response, first, SSEScanner(longestEvent: endpoint.limits.bytes), wire, &reply, onText)
    case "application/x-ndjson":
      try await read(response, first, LineScanner(longestLine: endpoint.limits.bytes), wire, &reply, onText)
    default:
      let body = first + (try await response.wholeBody())
      try await take(whole(body, wire), &reply, onText)
    }
    let rest = reply.rest()
    if !rest.isEmpty { await onText(rest) }
    return try reply.completion()
  }

  private func read(
    _ response: HTTPResponse, _ first: [UInt8], _ scanner: some EventScanner, _ wire: any WireProtocol,
    _ reply: inout ReplyAssembly, _ onText: @Sendable (String) async -> Void
  ) async throws(ModelError) {
    var scanner = scanner
    var patience = response.patience()
    var bytes: [UInt8]? = first
    while let piece = bytes {
      var isProgress = false
      for event in try scanner.events(in: piece) where !reply.isLast {
        isProgress = try await take(event, wire, &reply, onText) || isProgress
      }
      if reply.isLast { return response.drain() }
      if isProgress { patience.renew(isFinished: reply.isFinished) }
      bytes = try await next(response, patience, reply)
    }
    if let event = try scanner.lastEvent() { _ = try await take(event, wire, &reply, onText) }
  }

  /// The next bytes; a service that has said why it ends may then end as it likes.
  private func next(
    _ response: HTTPResponse, _ patience: Patience, _ reply: ReplyAssembly
  ) async throws(ModelError) -> [UInt8]? {
    do {
      return try await response.bytes(patience)
    } catch {
      guard reply.isFinished, error == .cutOff || error == .timedOut(.betweenTexts) else { throw error }
      return nil
    }
  }

  private func take(
    _ event: SSEEvent, _ wire: any WireProtocol, _ reply: inout ReplyAssembly,
    _ onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Bool {
    let piece: ReplyPiece
    do {
      piece = try wire.piece(of: event)
    } catch {
      throw .malformed(error.description)
    }
    try await take(piece, &reply, onText)
    return piece.isProgress
  }

  private func take(
    _ piece: ReplyPiece, _ reply: inout ReplyAssembly, _ onText: @Sendable (String) async -> Void
  ) async throws(ModelError) {
    if let error = piece.error { throw .failed(error.quotable(without: endpoint.key)) }
    let text = reply.take(piece)
    if !text.isEmpty { await onText(text) }
  }

  private func whole(_ body: [UInt8], _ wire: any WireProtocol) throws(ModelError) -> ReplyPiece {
    do {
      return try wire.whole(body)
    } catch {
      throw .malformed(error.description)
    }
  }
}
