import CCurl
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// One thread that owns one multi handle; everybody else leaves orders and wakes it.
final class TransferLoop: Sendable {
  enum Order: Sendable {
    case start(Int, HTTPRequest, TransferChannel)
    case resume(Int)
    case remove(Int)
    case stop
  }

  private struct Inbox {
    var orders: [Order] = []
    var lastNumber = 0
    var isOpen = true
  }

  /// The multi handle; nil where libcurl could not be started.
  ///
  /// The pointer never changes and lives as long as the loop, and libcurl lets any thread call `curl_multi_wakeup` with
  /// it; nothing else is called with it outside the loop's own thread while that runs.
  private nonisolated(unsafe) let multi: UnsafeMutableRawPointer?
  private let inbox = Mutex(Inbox())

  /// libcurl has to be initialised once, before its first use.
  private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() {
    multi = Self.isCurlReady ? curl_multi_init() : nil
    guard multi != nil else { return }
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
      close()
    }
  }

  deinit {
    curl_multi_cleanup(multi)
  }

  /// Leaves an order to start a transfer; its number is for the other orders.
  func start(_ request: HTTPRequest, _ channel: TransferChannel) -> Int {
    let number = inbox.withLock { inbox in
      inbox.lastNumber += 1
      return inbox.lastNumber
    }
    if !leave(.start(number, request, channel)) {
      channel.fail(.unreachable("libcurl or its thread could not be started"))
    }
    return number
  }

  /// Leaves an order; false where nobody will carry it out.
  @discardableResult
  func leave(_ order: Order) -> Bool {
    let (isLeft, isFirst) = inbox.withLock { inbox in
      guard inbox.isOpen, multi != nil else { return (false, false) }
      inbox.orders.append(order)
      return (true, inbox.orders.count == 1)
    }
    // Not under the lock: whoever is woken takes it at once.
    if isFirst { curl_multi_wakeup(multi) }
    return isLeft
  }

  /// Takes the orders that were left, in order.
  private func orders() -> [Order] {
    inbox.withLock { inbox in
      defer { inbox.orders = [] }
      return inbox.orders
    }
  }

  private func run() {
    guard let multi else { return }
    let running = RunningTransfers(multi)
    while running.carryOut(orders()) { running.turn() }
    running.removeAll()
    close()
  }

  private func close() {
    inbox.withLock { inbox in
      inbox.isOpen = false
      for case .start(_, _, let channel) in inbox.orders { channel.fail(.cancelled) }
      inbox.orders = []
    }
  }
}
