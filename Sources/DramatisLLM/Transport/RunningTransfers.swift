import CCurl

/// The transfers that a loop's thread has in hand, and the multi handle that they share; never leaves that thread.
final class RunningTransfers {
  /// How exactly time limits are kept.
  private static let patience = Duration.milliseconds(50)

  private let multi: UnsafeMutableRawPointer
  private let watch: Watch
  private var transfers: [Int: Transfer] = [:]
  private let arrivals = Arrivals()
  private let pool = HandlePool()
  /// When time limits were looked at.
  private var lastCheck = ContinuousClock.now

  /// Nil where libcurl has no memory.
  init?(_ sockets: SocketSet) {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
    watch = Watch(sockets)
    guard watch.follow(multi) else { return nil }
    // As many as a round of questions or a crowd of characters may need again a moment later.
    _ = ccurl_keep_connections(multi, HandlePool.capacity)
  }

  deinit {
    curl_multi_cleanup(multi)
  }

  /// When the next turn is due though nothing happens.
  var due: ContinuousClock.Instant {
    let check = transfers.isEmpty ? lastCheck + .seconds(60) : lastCheck + Self.patience
    return watch.alarm.map { min($0, check) } ?? check
  }

  /// Moves those transfers on with whose sockets something can be done or for which it is time, and carries out orders.
  func turn(_ ready: ArraySlice<ccurl_ready>, _ orders: [TransferLoop.Order]) {
    var count: Int32 = 0
    for socket in ready { curl_multi_socket_action(multi, socket.socket, socket.actions, &count) }
    for order in orders { carryOut(order) }
    let now = ContinuousClock.now
    if watch.rings(at: now) { curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &count) }
    noteEnds()
    deliver()
    expire(now)
  }

  func removeAll() {
    for (number, transfer) in transfers {
      transfer.channel.fail(.cancelled)
      remove(number)
    }
  }

  private func carryOut(_ order: TransferLoop.Order) {
    switch order {
    case .start(let number, let request, let channel): start(number, request, channel)
    case .resume(let number): transfers[number]?.resume()
    case .remove(let number): remove(number)
    }
  }

  private func start(_ number: Int, _ request: HTTPRequest, _ channel: TransferChannel) {
    guard let transfer = Transfer(number, request, channel, arrivals, pool),
      curl_multi_add_handle(multi, transfer.easy) == CURLM_OK
    else { return channel.fail(.unreachable("libcurl does not take the request")) }
    transfers[number] = transfer
  }

  private func remove(_ number: Int) {
    guard let transfer = transfers.removeValue(forKey: number) else { return }
    curl_multi_remove_handle(multi, transfer.easy)
  }

  private func noteEnds() {
    var context: UnsafeMutableRawPointer?
    var code = CURLE_OK
    while ccurl_next_ended(multi, &context, &code) {
      // Every transfer in the multi handle is in the table too, which keeps it.
      if let context { Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().end(code) }
    }
  }

  private func deliver() {
    var waiters = Waiters()
    for transfer in arrivals.take() {
      let (reception, waiter) = transfer.deliver()
      if let waiter { waiters.add(waiter) }
      switch reception {
      case .taken: transfer.resume()
      case .pause: transfer.pause()
      case .over: remove(transfer.number)
      }
    }
    waiters.wake()
  }

  private func expire(_ now: ContinuousClock.Instant) {
    guard now >= lastCheck + Self.patience else { return }
    lastCheck = now
    for (number, transfer) in transfers where transfer.channel.expire(at: now) { remove(number) }
  }
}
