/// Takes a stream of events apart, whatever pieces it arrives in.
protocol EventScanner {
  /// Takes bytes that have come, for ``next()`` to look at.
  mutating func add(_ more: [UInt8])
  /// The next event that is complete; nil where more bytes are needed.
  mutating func next() throws(ModelError) -> SSEEvent?
  /// What stood last where the stream ended without the end that an event should have.
  mutating func lastEvent() throws(ModelError) -> SSEEvent?
}

extension SSEScanner: EventScanner {}
