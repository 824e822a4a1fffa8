/// Makes of a stream what its reader wants, where and when the bytes come.
///
/// The thread of the loop makes one for a response, uses it and drops it: what is slow in it holds up other transfers.
package protocol StreamDecoder {
  /// Takes bytes that have come, and adds what is made of them.
  mutating func decode(_ bytes: Span<UInt8>, into received: inout Received) throws(ModelError)
  /// Takes the end of the stream, which may have come too early.
  mutating func end(isWhole: Bool, into received: inout Received) throws(ModelError)
}
