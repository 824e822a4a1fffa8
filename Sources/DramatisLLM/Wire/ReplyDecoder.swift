import Synchronization

/// Reads the body of an accepted response as pieces of a reply.
///
/// Its form shows in its first bytes, whatever type it is said to have: proxies get types wrong, and some services ignore
/// that a stream was asked for.
struct ReplyDecoder: StreamDecoder {
  /// What is known of the form.
  private enum Form {
    case unknown
    /// An object has begun: the first of many lines, or all there is.
    case object
    case events
    case lines(count: Int)
    /// All of it is one value, or nothing that is known.
    case whole
  }

  /// The form that the type announces; nil for none.
  private let announced: StreamForm?
  private let inbox: ReplyInbox
  private let longest: Int
  private var form = Form.unknown
  private var events: SSEScanner
  private var lines: LineScanner
  private var reader: EventReader
  /// What has come before the form was known, and all of a whole body.
  private var body: [UInt8] = []
  /// How much of it holds no end of a line.
  private var searched = 0

  /// - Parameters:
  ///   - announced: The form that the head of the response announces; nil for none.
  ///   - inbox: Where the pieces are left.
  ///   - longest: How many bytes an event may have.
  init(_ announced: StreamForm?, wire: any Wire, inbox: ReplyInbox, longest: Int) {
    self.announced = announced
    self.inbox = inbox
    self.longest = longest
    events = SSEScanner(longestEvent: longest)
    lines = LineScanner(longestLine: longest)
    reader = EventReader(wire)
  }

  mutating func decode(_ bytes: Span<UInt8>) throws(TransportError) {
    switch form {
    case .events: try scanEvents(bytes)
    case .lines: try scanLines(bytes)
    case .unknown, .object, .whole:
      guard body.count + bytes.count <= longest else { throw .tooLong(bytes: longest) }
      body.append(copying: bytes)
      try decide()
    }
  }

  /// A service that has said why the reply ends may then end as it likes; of any other the last event counts only where
  /// it is known to be whole.
  mutating func end(isWhole: Bool) throws(TransportError) {
    guard isWhole || reader.isFinished else { return }
    if case .unknown = form, announced == .events { try begin(.events) }
    let read: EventHandler = { name, data throws(TransportError) in try reader.read(data, named: name) }
    switch form {
    case .events: try events.end(onEvent: read)
    case .lines(let count):
      try lines.end(onLine: read)
      if count == 1, isWhole, announced != .lines { reader.pieces.append(ReplyPiece(isLast: true)) }
    case .unknown, .object, .whole: reader.pieces.leave(whole: body)
    }
    reader.end()
  }

  mutating func deliver() -> Bool {
    guard !reader.pieces.isEmpty else { return false }
    inbox.leave(&reader.pieces)
    return true
  }

  private mutating func scanEvents(_ bytes: Span<UInt8>) throws(TransportError) {
    try events.scan(bytes) { name, data throws(TransportError) in try reader.read(data, named: name) }
  }

  private mutating func scanLines(_ bytes: Span<UInt8>) throws(TransportError) {
    var count = 0
    try lines.scan(bytes) { name, data throws(TransportError) in
      count += 1
      try reader.read(data, named: name)
    }
    if case .lines(let earlier) = form { form = .lines(count: earlier + count) }
  }

  /// Finds out what form the body has, as soon as enough of it has come.
  private mutating func decide() throws(TransportError) {
    if case .unknown = form {
      // A byte order mark and space mean nothing in any form.
      let blank: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
      body.removeFirst(body.prefix { blank.contains($0) }.count)
      guard let first = body.indices.first else { return }
      switch body[first] {
      case UInt8(ascii: "{"): form = .object
      case UInt8(ascii: "<"), UInt8(ascii: "["): form = .whole
      default:
        if announced == .events { return try begin(.events) }
        guard let isField = Self.beginsField(body[...]) else { return }
        if isField { return try begin(.events) }
        form = .whole
      }
    }
    guard case .object = form else { return }
    let place = body.span.place(of: 0x0A, from: searched)
    searched = place
    guard place < body.count else { return }
    // Lines are objects that end where they do; what is printed prettily goes on.
    let isLine = (try? JSONValue(parsing: Array(body[..<place]))) != nil || announced == .lines
    if isLine { try begin(.lines(count: 0)) } else { form = .whole }
  }

  private mutating func begin(_ known: Form) throws(TransportError) {
    form = known
    let begun = body
    body = []
    try decode(begun.span)
  }

  /// Whether bytes begin as a field of an event or a comment does; nil while that is open.
  private static func beginsField(_ bytes: ArraySlice<UInt8>) -> Bool? {
    if bytes.first == UInt8(ascii: ":") { return true }
    var isOpen = false
    for field in ["data", "event", "id", "retry", "error"] {
      let name = Array(field.utf8)
      let rest = bytes.dropFirst(name.count)
      if bytes.count <= name.count {
        isOpen = isOpen || name.starts(with: bytes)
      } else if bytes.starts(with: name), let next = rest.first,
        next == UInt8(ascii: ":") || next == 0x0A || next == 0x0D
      {
        return true
      }
    }
    return isOpen ? nil : false
  }
}

/// What one message of a service adds to a reply.
struct ReplyPiece: Hashable, Sendable {
  var text = ""
  /// What the model thinks, where that is told apart.
  var thought = ""
  /// What the model says instead of a reply where it declines.
  var refusal = ""
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
    if !later.thought.isEmpty { thought += later.thought }
    if !later.refusal.isEmpty { refusal += later.refusal }
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
  /// A body that came as a whole; nil where it comes in pieces.
  private(set) var whole: [UInt8]?
  private var count = 0

  var isEmpty: Bool { count == 0 && whole == nil }

  /// Leaves a body that is no stream.
  mutating func leave(whole body: [UInt8]) {
    whole = body
  }

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
    whole = later.whole ?? whole
    count += later.count
  }

  /// Drops everything but its room.
  mutating func removeAll() {
    texts.removeAll(keepingCapacity: true)
    summary = ReplyPiece()
    whole = nil
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
