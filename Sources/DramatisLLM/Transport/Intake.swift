/// Takes in the body of a response, through a decoder where its head is that of a stream.
///
/// Used by the loop's thread alone.
struct Intake {
  private let makeDecoder: @Sendable (HTTPHead) -> (any StreamDecoder)?
  private var decoder: (any StreamDecoder)?
  /// Status and headers; nil before the first bytes of the body.
  private(set) var head: HTTPHead?
  /// What has come since somebody last took it.
  var received = Received()
  /// Why what has come is of no use; nothing more is taken then.
  private(set) var failure: ModelError?

  init(_ makeDecoder: @escaping @Sendable (HTTPHead) -> (any StreamDecoder)?) {
    self.makeDecoder = makeDecoder
  }

  /// Takes bytes of the body; returns how many have come since somebody last took them.
  mutating func take(_ bytes: Span<UInt8>, head: @autoclosure () -> HTTPHead) -> Int {
    guard failure == nil else { return received.size }
    if self.head == nil { begin(head()) }
    received.size += bytes.count
    do {
      // To look at the decoder in any other way is to copy it, and all that it holds, for each chunk.
      if try decoder?.decode(bytes, into: &received) == nil { received.bytes.append(copying: bytes) }
    } catch {
      failure = error
    }
    return received.size
  }

  /// Takes the end, before which there may have been no body.
  mutating func end(isWhole: Bool, head: @autoclosure () -> HTTPHead) {
    guard failure == nil else { return }
    if self.head == nil, isWhole { begin(head()) }
    do {
      try decoder?.end(isWhole: isWhole, into: &received)
    } catch {
      failure = error
    }
  }

  private mutating func begin(_ head: HTTPHead) {
    self.head = head
    decoder = makeDecoder(head)
  }
}
