import Synchronization

/// Reads the events of a stream as pieces of a reply.
struct ReplyDecoder: StreamDecoder {
  private let form: StreamForm
  private let inbox: ReplyInbox
  private var events: SSEScanner
  private var lines: LineScanner
  private var reader: EventReader

  /// - Parameters:
  ///   - inbox: Where the pieces are left.
  ///   - longest: How many bytes an event may have.
  init(_ form: StreamForm, wire: any Wire, inbox: ReplyInbox, longest: Int) {
    self.form = form
    self.inbox = inbox
    events = SSEScanner(longestEvent: longest)
    lines = LineScanner(longestLine: longest)
    reader = EventReader(wire)
  }

  mutating func decode(_ bytes: Span<UInt8>) throws(TransportError) {
    let read: EventHandler = { name, data throws(TransportError) in try reader.read(data, named: name) }
    switch form {
    case .events: try events.scan(bytes, onEvent: read)
    case .lines: try lines.scan(bytes, onLine: read)
    }
  }

  /// A service that has said why the reply ends may then end as it likes; of any other the last event counts only where
  /// it is known to be whole.
  mutating func end(isWhole: Bool) throws(TransportError) {
    guard isWhole || reader.isFinished else { return }
    let read: EventHandler = { name, data throws(TransportError) in try reader.read(data, named: name) }
    switch form {
    case .events: try events.end(onEvent: read)
    case .lines: try lines.end(onLine: read)
    }
  }

  mutating func deliver() -> Bool {
    guard !reader.pieces.isEmpty else { return false }
    inbox.leave(&reader.pieces)
    return true
  }
}

/// Reads events until one says that nothing follows.
private struct EventReader {
  private let wire: any Wire
  /// What the events said since the last delivery.
  var pieces = ReplyBuffer()
  /// Whether the service has said why the reply ends.
  private(set) var isFinished = false
  private var isOver = false

  init(_ wire: any Wire) {
    self.wire = wire
  }

  mutating func read(_ data: Span<UInt8>, named name: String) throws(TransportError) {
    guard !isOver else { return }
    do {
      let piece = try wire.piece(of: data, named: name)
      isFinished = isFinished || piece.finish != nil
      isOver = piece.isLast || piece.error != nil
      pieces.append(piece)
    } catch {
      throw .malformed(error.description)
    }
  }
}

/// What one message of a service adds to a reply.
struct ReplyPiece: Hashable, Sendable {
  var text = ""
  /// Whether the model was at work, if only at its reasoning.
  var isProgress = false
  var finish: FinishReason?
  var promptTokens: Int?
  var replyTokens: Int?
  var cachedTokens: Int?
  var model: String?
  var alternatives: [TokenAlternative] = []
  /// What the service says went wrong.
  var error: String?
  /// Whether the service says that nothing follows.
  var isLast = false

  /// Adds what a later piece says, except for its text: the last word counts, but of errors and alternatives the first.
  mutating func add(_ later: ReplyPiece) {
    isProgress = isProgress || later.isProgress
    finish = later.finish ?? finish
    promptTokens = later.promptTokens ?? promptTokens
    replyTokens = later.replyTokens ?? replyTokens
    cachedTokens = later.cachedTokens ?? cachedTokens
    model = later.model ?? model
    if alternatives.isEmpty { alternatives = later.alternatives }
    error = error ?? later.error
    isLast = isLast || later.isLast
  }
}

/// The pieces of a reply that nobody has read yet.
struct ReplyBuffer: Sendable {
  /// The texts of the pieces, none of them empty.
  private(set) var texts: [String] = []
  /// What the pieces say together, except for their texts.
  private(set) var summary = ReplyPiece()
  private var count = 0

  var isEmpty: Bool { count == 0 }

  /// Appends what a message of the service adds.
  mutating func append(_ piece: ReplyPiece) {
    if !piece.text.isEmpty, piece.error == nil { texts.append(piece.text) }
    summary.add(piece)
    count += 1
  }

  /// Appends what came later, if only by exchange for the room of what was read.
  mutating func append(_ later: inout ReplyBuffer) {
    guard !isEmpty else { return swap(&self, &later) }
    texts += later.texts
    summary.add(later.summary)
    count += later.count
  }

  /// Drops everything but its room.
  mutating func removeAll() {
    texts.removeAll(keepingCapacity: true)
    summary = ReplyPiece()
    count = 0
  }
}

/// Where a decoder leaves pieces on the loop's thread, for the task that reads the reply.
final class ReplyInbox: Sendable {
  private let buffer = Mutex(ReplyBuffer())

  /// Leaves pieces, so that the buffer which they were in is empty.
  func leave(_ pieces: inout ReplyBuffer) {
    buffer.withLock { $0.append(&pieces) }
    pieces.removeAll()
  }

  /// Exchanges pieces that were read for those that have come since.
  func exchange(_ pieces: inout ReplyBuffer) {
    pieces.removeAll()
    buffer.withLock { swap(&$0, &pieces) }
  }
}
