/// A response that is being received; to drop it is to close its transfer.
///
/// Read by one task at a time.
package final class HTTPResponse: Sendable {
  private let client: HTTPClient
  private let loop: TransferLoop
  private let channel: TransferChannel
  private let number: Int
  private let limits: TransferLimits

  init(
    of client: HTTPClient, loop: TransferLoop, channel: TransferChannel, number: Int, limits: TransferLimits
  ) {
    self.client = client
    self.loop = loop
    self.channel = channel
    self.number = number
    self.limits = limits
  }

  deinit {
    if !channel.isLeftToLoop { loop.leave(.remove(number)) }
  }

  /// Says that nothing more will be read, though a little may come: the connection is kept for the next request.
  package func drain() {
    channel.drain()
  }

  /// Status and headers; nil before the first bytes of the body.
  var head: HTTPHead? { channel.head }

  /// A patience for the first text of this response.
  package func patience() -> Patience { Patience(limits) }

  /// Fills a buffer with the bytes that have come since the last call; false at the end.
  ///
  /// Where a decoder takes the stream apart, it has them, and the buffer stays empty.
  ///
  /// - Parameter buffer: What it holds is dropped; its room is used again.
  /// - Throws: What went wrong on the way; ``TransportError/cancelled`` within milliseconds of the task's cancellation.
  package func read(
    into buffer: inout [UInt8], patience: Patience
  ) async throws(TransportError) -> Bool {
    while true {
      // A service that never pauses would leave no wait in which to notice it.
      if Task.isCancelled { close(.cancelled) }
      switch channel.read(into: &buffer) {
      case .content(let wasPaused):
        if wasPaused { loop.leave(.resume(number)) }
        return true
      case .end: return false
      case .failure(let error): throw error
      case .nothing: await wait(patience)
      }
    }
  }

  /// The whole body, for what is not streamed.
  package func wholeBody() async throws(TransportError) -> [UInt8] {
    let patience = patience()
    var body: [UInt8] = []
    var more: [UInt8] = []
    while try await read(into: &more, patience: patience) { body += more }
    return body
  }

  private func wait(_ patience: Patience) async {
    if ContinuousClock.now >= patience.deadline { close(.timedOut(patience.limit)) }
    await withTaskCancellationHandler {
      await channel.wait(until: patience.deadline, for: patience.limit)
    } onCancel: {
      close(.cancelled)
    }
  }

  private func close(_ error: TransportError) {
    channel.fail(error)
    loop.leave(.remove(number))
  }
}

/// Until when the next text of a response is waited for.
package struct Patience: Sendable {
  private let betweenTexts: Duration
  private(set) var deadline: ContinuousClock.Instant
  private(set) var limit = TimeLimit.firstText

  init(_ limits: TransferLimits) {
    betweenTexts = limits.betweenTexts
    deadline = .now + limits.firstText
  }

  /// Begins to wait for the next text, since one has come; not for long where nothing but formalities is left.
  mutating func renew(isFinished: Bool = false) {
    deadline = .now + (isFinished ? min(betweenTexts, .seconds(3)) : betweenTexts)
    limit = .betweenTexts
  }
}
