/// Reads the events of a stream as parts of a reply.
struct ReplyDecoder: StreamDecoder {
  private let form: StreamForm
  private var events: SSEScanner
  private var lines: LineScanner
  private var reader: EventReader

  /// - Parameter longest: How many bytes an event may have.
  init(_ form: StreamForm, _ wire: any WireProtocol, longest: Int) {
    self.form = form
    events = SSEScanner(longestEvent: longest)
    lines = LineScanner(longestLine: longest)
    reader = EventReader(wire)
  }

  mutating func decode(_ bytes: Span<UInt8>, into received: inout Received) throws(ModelError) {
    let take: EventTaker = { name, data throws(ModelError) in try reader.take(name, data, &received) }
    switch form {
    case .events: try events.scan(bytes, take)
    case .lines: try lines.scan(bytes, take)
    }
  }

  /// A service that has said why the reply ends may then end as it likes; of any other the last event counts only where
  /// it is known to be whole.
  mutating func end(isWhole: Bool, into received: inout Received) throws(ModelError) {
    guard isWhole || reader.isFinished else { return }
    let take: EventTaker = { name, data throws(ModelError) in try reader.take(name, data, &received) }
    switch form {
    case .events: try events.end(take)
    case .lines: try lines.end(take)
    }
  }
}

/// Reads events until one says that nothing follows.
private struct EventReader {
  private let wire: any WireProtocol
  /// Whether the service has said why the reply ends.
  private(set) var isFinished = false
  private var isOver = false

  init(_ wire: any WireProtocol) {
    self.wire = wire
  }

  mutating func take(_ name: String, _ data: Span<UInt8>, _ received: inout Received) throws(ModelError) {
    guard !isOver else { return }
    do {
      let piece = try wire.piece(of: data, named: name)
      isFinished = isFinished || piece.finish != nil
      isOver = piece.isLast || piece.error != nil
      received.add(piece)
    } catch {
      throw .malformed(error.description)
    }
  }
}
