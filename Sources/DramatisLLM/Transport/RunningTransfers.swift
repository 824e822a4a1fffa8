import CCurl

/// The transfers that a loop's thread has in hand; never leaves that thread.
final class RunningTransfers {
  /// How exactly time limits are kept.
  private static let patience = Duration.milliseconds(50)

  private let multi: UnsafeMutableRawPointer
  private var transfers: [Int: Transfer] = [:]
  private var numbers: [UnsafeMutableRawPointer: Int] = [:]
  private let arrivals = Arrivals()
  private let pool = HandlePool()
  private var nextCheck = ContinuousClock.now

  init(_ multi: UnsafeMutableRawPointer) {
    self.multi = multi
    // As many as a round of questions or a crowd of characters may need again a moment later.
    _ = ccurl_keep_connections(multi, HandlePool.capacity)
  }

  /// Carries out orders; false at the one to stop.
  func carryOut(_ orders: [TransferLoop.Order]) -> Bool {
    for order in orders {
      switch order {
      case .start(let number, let request, let channel): start(number, request, channel)
      case .resume(let number): transfers[number]?.resume()
      case .remove(let number): remove(number)
      case .stop: return false
      }
    }
    return true
  }

  /// Moves every transfer on, then waits for the next thing to happen.
  func turn() {
    var count: Int32 = 0
    curl_multi_perform(multi, &count)
    noteEnds()
    deliver()
    expire()
    curl_multi_poll(multi, nil, 0, transfers.isEmpty ? 60_000 : 50, nil)
  }

  func removeAll() {
    for (number, transfer) in transfers {
      transfer.channel.fail(.cancelled)
      remove(number)
    }
  }

  private func start(_ number: Int, _ request: HTTPRequest, _ channel: TransferChannel) {
    guard let transfer = Transfer(request, channel, arrivals, pool),
      curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
    else { return channel.fail(.unreachable("libcurl does not take the request")) }
    transfers[number] = transfer
    numbers[transfer.easy] = number
  }

  private func remove(_ number: Int) {
    guard let transfer = transfers.removeValue(forKey: number) else { return }
    numbers[transfer.easy] = nil
    curl_multi_remove_handle(multi, transfer.easy)
  }

  private func noteEnds() {
    var easy: UnsafeMutableRawPointer?
    var code = CURLE_OK
    while ccurl_next_ended(multi, &easy, &code) {
      if let easy, let number = numbers[easy] { transfers[number]?.end(code) }
    }
  }

  private func deliver() {
    for transfer in arrivals.take() {
      switch transfer.deliver() {
      case .taken: transfer.resume()
      case .pause: transfer.pause()
      case .over: numbers[transfer.easy].map(remove)
      }
    }
  }

  private func expire() {
    let now = ContinuousClock.now
    guard now >= nextCheck else { return }
    nextCheck = now + Self.patience
    for (number, transfer) in transfers where transfer.channel.expire(at: now) { remove(number) }
  }
}
