import Synchronization

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
  /// Whether the service tells how long it read and wrote as only a server with slots does.
  var hasTimings = false

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
    hasTimings = hasTimings || later.hasTimings
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
