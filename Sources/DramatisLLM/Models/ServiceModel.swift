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
      let text = try take(wire.understood(body), &reply)
      if !text.isEmpty { await onText(text) }
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
    var bytes = first
    repeat {
      scanner.add(bytes)
      var isProgress = false
      while !reply.isLast, let event = try scanner.next() {
        let piece = try wire.understood(event)
        if piece.isProgress { isProgress = true }
        let text = try take(piece, &reply)
        if !text.isEmpty { await onText(text) }
      }
      if reply.isLast { return response.drain() }
      if isProgress { patience.renew(isFinished: reply.isFinished) }
    } while try await read(response, into: &bytes, patience, reply)
    if let event = try scanner.lastEvent() {
      let text = try take(wire.understood(event), &reply)
      if !text.isEmpty { await onText(text) }
    }
  }

  /// Reads on; a service that has said why it ends may then end as it likes.
  private func read(
    _ response: HTTPResponse, into bytes: inout [UInt8], _ patience: Patience, _ reply: ReplyAssembly
  ) async throws(ModelError) -> Bool {
    do {
      return try await response.read(into: &bytes, patience)
    } catch {
      guard reply.isFinished, error == .cutOff || error == .timedOut(.betweenTexts) else { throw error }
      return false
    }
  }

  /// What of a piece may be shown.
  private func take(_ piece: ReplyPiece, _ reply: inout ReplyAssembly) throws(ModelError) -> String {
    if let error = piece.error { throw .failed(error.quotable(without: endpoint.key)) }
    return reply.take(piece)
  }
}

extension WireProtocol {
  fileprivate func understood(_ event: SSEEvent) throws(ModelError) -> ReplyPiece {
    do {
      return try piece(of: event)
    } catch {
      throw .malformed(error.description)
    }
  }

  fileprivate func understood(_ body: [UInt8]) throws(ModelError) -> ReplyPiece {
    do {
      return try whole(body)
    } catch {
      throw .malformed(error.description)
    }
  }
}
