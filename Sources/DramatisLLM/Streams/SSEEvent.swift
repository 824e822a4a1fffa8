/// One event of a stream of server-sent events.
package struct SSEEvent: Hashable, Sendable {
  /// The type of the event; empty where none was given.
  let name: String
  /// Its data lines, joined by LF, as bytes.
  let data: ArraySlice<UInt8>
}
