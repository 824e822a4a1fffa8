/// What has come of a response since somebody last looked.
package struct Received: Sendable {
  /// The bytes of a body that nobody takes apart while it comes.
  package var bytes: [UInt8] = []
  /// The texts of a stream's events, none of them empty.
  private(set) var texts: [String] = []
  /// What the events say together, except for their texts.
  private(set) var summary = ReplyPiece()
  private var events = 0
  /// How many bytes the service has sent for all this.
  var size = 0

  package init() {}

  /// Whether there is nothing to read, though bytes of which nothing has become may have come.
  var isEmpty: Bool { bytes.isEmpty && events == 0 }

  /// Adds what an event says.
  mutating func add(_ piece: ReplyPiece) {
    if !piece.text.isEmpty, piece.error == nil { texts.append(piece.text) }
    summary.add(piece)
    events += 1
  }

  /// Adds what came later, if only by exchange for the room of the last.
  mutating func add(_ later: inout Received) {
    guard !isEmpty else { return swap(&self, &later) }
    bytes += later.bytes
    texts += later.texts
    summary.add(later.summary)
    events += later.events
    size += later.size
  }

  /// Drops everything but its room.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    texts.removeAll(keepingCapacity: true)
    summary = ReplyPiece()
    events = 0
    size = 0
  }
}
