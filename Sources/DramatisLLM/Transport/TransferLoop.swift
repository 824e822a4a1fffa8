import CCurl
import Synchronization

/// One thread that owns one multi handle; everybody else leaves orders, and wakes it where it sleeps.
final class TransferLoop: Sendable {
  enum Order: Sendable {
    case start(Int, HTTPRequest, TransferChannel)
    case resume(Int)
    case remove(Int)
  }

  private struct Inbox {
    var orders: [Order] = []
    var lastNumber = 0
    var isOpen = true
    /// Whether the thread sleeps and nobody has woken it yet; it looks for orders before it sleeps.
    var isAsleep = false

    /// Whether somebody has to wake the thread, which is the caller then.
    mutating func endSleep() -> Bool {
      defer { isAsleep = false }
      return isAsleep
    }
  }

  /// Nil where libcurl could not be started.
  private let poller: Poller?
  private let inbox = Mutex(Inbox())

  private static let noStart = TransportError.unreachable("libcurl or its thread could not be started")

  /// libcurl has to be initialised once, before its first use.
  private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() {
    poller = Self.isCurlReady ? Poller() : nil
    if !startThread({ self.run() }) { close(Self.noStart) }
  }

  /// Leaves an order to start a transfer; its number is for the other orders.
  func start(_ request: HTTPRequest, channel: TransferChannel) -> Int {
    let (number, isLeft, isAsleep) = inbox.withLock { inbox in
      inbox.lastNumber += 1
      if inbox.isOpen { inbox.orders.append(.start(inbox.lastNumber, request, channel)) }
      return (inbox.lastNumber, inbox.isOpen, inbox.endSleep())
    }
    // Not under the lock: whoever is woken needs it at once.
    if isAsleep { poller?.wake() }
    if !isLeft { channel.fail(Self.noStart) }
    return number
  }

  /// Leaves an order about a transfer that was started.
  func leave(_ order: Order) {
    let isAsleep = inbox.withLock { inbox in
      if inbox.isOpen { inbox.orders.append(order) }
      return inbox.endSleep()
    }
    if isAsleep { poller?.wake() }
  }

  /// Ends the thread and every transfer.
  func stop() {
    inbox.withLock { $0.isOpen = false }
    poller?.wake()
  }

  private func run() {
    guard let poller, let running = RunningTransfers(poller) else { return close(Self.noStart) }
    var orders: [Order] = []
    var ready = Poller.room
    var count = 0
    while exchange(&orders) {
      running.turn(ready: ready.prefix(count), orders: orders)
      count = poller.wait(for: sleep(until: running.due), into: &ready)
    }
    running.removeAll()
    close(.cancelled)
  }

  /// Exchanges orders that were carried out for those that were left; false at the end.
  private func exchange(_ orders: inout [Order]) -> Bool {
    orders.removeAll(keepingCapacity: true)
    return inbox.withLock { inbox in
      inbox.isAsleep = false
      swap(&inbox.orders, &orders)
      return inbox.isOpen
    }
  }

  /// For how long the thread may sleep; it has to be woken where that is not zero.
  private func sleep(until due: ContinuousClock.Instant) -> Duration {
    let time = due - .now
    return inbox.withLock { inbox in
      guard inbox.orders.isEmpty, inbox.isOpen, time > .zero else { return .zero }
      inbox.isAsleep = true
      return time
    }
  }

  private func close(_ error: TransportError) {
    inbox.withLock { inbox in
      inbox.isOpen = false
      for case .start(_, _, let channel) in inbox.orders { channel.fail(error) }
      inbox.orders = []
    }
  }
}

/// The transfers that a loop's thread has in hand, and the multi handle that they share; never leaves that thread.
private final class RunningTransfers {
  /// How exactly time limits are kept.
  private static let precision = Duration.milliseconds(50)

  private let multi: UnsafeMutableRawPointer
  private let callbacks: MultiCallbacks
  private var transfers: [Int: Transfer] = [:]
  private let ready = ReadyQueue()
  private let pool = HandlePool()
  /// When time limits were looked at.
  private var lastCheck = ContinuousClock.now

  /// Nil where libcurl has no memory.
  init?(_ poller: Poller) {
    guard let multi = curl_multi_init() else { return nil }
    self.multi = multi
    callbacks = MultiCallbacks(poller)
    guard callbacks.follow(multi) else { return nil }
    // As many as a round of questions or a crowd of characters may need again a moment later.
    _ = ccurl_keep_connections(multi, HandlePool.capacity)
  }

  deinit {
    curl_multi_cleanup(multi)
  }

  /// When the next turn is due though nothing happens.
  var due: ContinuousClock.Instant {
    let check = transfers.isEmpty ? lastCheck + .seconds(60) : lastCheck + Self.precision
    return callbacks.timer.map { min($0, check) } ?? check
  }

  /// Moves those transfers on with whose sockets something can be done or for which it is time, and carries out orders.
  func turn(ready sockets: ArraySlice<ccurl_ready>, orders: [TransferLoop.Order]) {
    var count: Int32 = 0
    for socket in sockets { curl_multi_socket_action(multi, socket.socket, socket.actions, &count) }
    for order in orders { carryOut(order) }
    let now = ContinuousClock.now
    if callbacks.expireTimer(at: now) { curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &count) }
    noteEnds()
    deliver()
    expire(at: now)
  }

  func removeAll() {
    for (number, transfer) in transfers {
      transfer.channel.fail(.cancelled)
      remove(number)
    }
  }

  private func carryOut(_ order: TransferLoop.Order) {
    switch order {
    case .start(let number, let request, let channel): start(request, number: number, channel: channel)
    case .resume(let number): transfers[number]?.resume()
    case .remove(let number): remove(number)
    }
  }

  private func start(_ request: HTTPRequest, number: Int, channel: TransferChannel) {
    guard let transfer = Transfer(of: request, number: number, channel: channel, ready: ready, pool: pool),
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
    var continuations: [TransferChannel.Continuation] = []
    for transfer in ready.dequeueAll() {
      let (isOver, continuation) = transfer.deliver()
      if let continuation { continuations.append(continuation) }
      if isOver { remove(transfer.number) }
    }
    resume(continuations)
  }

  /// Resumes tasks; to wake a thread costs more than what most of them do, so one is woken for all, and enqueues them.
  private func resume(_ continuations: [TransferChannel.Continuation]) {
    guard continuations.count > 1 else {
      continuations.first?.resume()
      return
    }
    Task.detached {
      for continuation in continuations { continuation.resume() }
    }
  }

  private func expire(at now: ContinuousClock.Instant) {
    guard now >= lastCheck + Self.precision else { return }
    lastCheck = now
    for (number, transfer) in transfers where transfer.channel.expire(at: now) { remove(number) }
  }
}

/// The transfers for which something has come in one turn of the loop; used by the loop's thread alone.
///
/// To wake a reader costs more than many pieces, and libcurl gives one for each chunk of HTTP.
final class ReadyQueue {
  private var transfers: [Transfer] = []

  /// Adds a transfer; each is added once in a turn.
  func enqueue(_ transfer: Transfer) {
    transfers.append(transfer)
  }

  /// Removes and returns all, in the order in which something came.
  func dequeueAll() -> [Transfer] {
    defer { transfers = [] }
    return transfers
  }
}
