import CCurl
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

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
  private let sockets: SocketSet?
  private let inbox = Mutex(Inbox())

  private static let noStart = ModelError.unreachable("libcurl or its thread could not be started")

  /// libcurl has to be initialised once, before its first use.
  private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() {
    sockets = Self.isCurlReady ? SocketSet() : nil
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let code = pthread_create(
      &thread, nil,
      { context in
        context.map { Unmanaged<TransferLoop>.fromOpaque($0).takeRetainedValue().run() }
        return nil
      }, context.toOpaque())
    if code == 0 {
      pthread_detach(thread)
    } else {
      context.release()
      close(Self.noStart)
    }
  }

  /// Leaves an order to start a transfer; its number is for the other orders.
  func start(_ request: HTTPRequest, _ channel: TransferChannel) -> Int {
    let (number, isLeft, isAsleep) = inbox.withLock { inbox in
      inbox.lastNumber += 1
      if inbox.isOpen { inbox.orders.append(.start(inbox.lastNumber, request, channel)) }
      return (inbox.lastNumber, inbox.isOpen, inbox.endSleep())
    }
    // Not under the lock: whoever is woken takes it at once.
    if isAsleep { sockets?.ring() }
    if !isLeft { channel.fail(Self.noStart) }
    return number
  }

  /// Leaves an order about a transfer that was started.
  func leave(_ order: Order) {
    let isAsleep = inbox.withLock { inbox in
      if inbox.isOpen { inbox.orders.append(order) }
      return inbox.endSleep()
    }
    if isAsleep { sockets?.ring() }
  }

  /// Ends the thread and every transfer.
  func stop() {
    inbox.withLock { $0.isOpen = false }
    sockets?.ring()
  }

  private func run() {
    guard let sockets, let running = RunningTransfers(sockets) else { return close(Self.noStart) }
    var orders: [Order] = []
    var ready = SocketSet.room
    var count = 0
    while takeOrders(&orders) {
      running.turn(ready.prefix(count), orders)
      count = sockets.wait(sleep(until: running.due), &ready)
    }
    running.removeAll()
    close(.cancelled)
  }

  /// Exchanges orders that were carried out for those that were left; false at the end.
  private func takeOrders(_ orders: inout [Order]) -> Bool {
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

  private func close(_ error: ModelError) {
    inbox.withLock { inbox in
      inbox.isOpen = false
      for case .start(_, _, let channel) in inbox.orders { channel.fail(error) }
      inbox.orders = []
    }
  }
}
