/// Takes a stream of events apart, whatever pieces it arrives in.
protocol EventScanner {
  /// The events that are complete with these bytes.
  mutating func events(in bytes: [UInt8]) throws(ModelError) -> [SSEEvent]
  /// What stood last where the stream ended without the end that an event should have.
  mutating func lastEvent() throws(ModelError) -> SSEEvent?
}

extension SSEScanner: EventScanner {}
