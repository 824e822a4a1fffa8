import CCurl

/// Sockets that one thread waits for, and the means by which others wake it.
final class Poller: Sendable {
  /// What one wait can tell of; the next one tells of the rest.
  static let room = [ccurl_ready](repeating: ccurl_ready(), count: 256)

  private let set: Int32
  private let wakeup: Int32

  /// Nil where the system has no room for more descriptors.
  init?() {
    set = ccurl_make_set()
    wakeup = set < 0 ? -1 : ccurl_make_wakeup(set)
    guard wakeup >= 0 else { return nil }
  }

  deinit {
    for descriptor in [wakeup, set] where descriptor >= 0 { ccurl_close(descriptor) }
  }

  /// Watches a socket for what libcurl wants of it, or no more; false where the system has no room.
  func watch(_ socket: curl_socket_t, for wish: Int32) -> Bool { ccurl_watch(set, socket, wish) }

  /// Has the thread that waits, or that waits next, go on at once.
  func wake() { ccurl_wake(wakeup) }

  /// Waits, and writes to an array with which sockets something can be done; returns how many they are.
  func wait(for time: Duration, into ready: inout [ccurl_ready]) -> Int {
    Int(ccurl_wait(set, &ready, Int32(ready.count), Int32(clamping: time.wholeMilliseconds)))
  }
}

extension Duration {
  /// Milliseconds, rounded up, so that nobody who waits is early.
  fileprivate var wholeMilliseconds: Int {
    let (seconds, attoseconds) = components
    return Int(clamping: min(seconds, 1_000_000)) * 1000
      + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}

/// What a multi handle of libcurl calls back with: sockets to watch, and a time at which it wants to be called.
///
/// Used by the loop's thread alone, for libcurl calls back only within calls of its functions.
final class MultiCallbacks {
  let poller: Poller
  /// When libcurl is to be called though no socket has done anything; nil where it need not be.
  private(set) var timer: ContinuousClock.Instant?

  init(_ poller: Poller) {
    self.poller = poller
  }

  /// Has a multi handle tell of everything; it must not outlive this object.
  func follow(_ multi: UnsafeMutableRawPointer) -> Bool {
    ccurl_set_watchers(multi, Self.onSocket, Self.onTimer, Unmanaged.passUnretained(self).toOpaque())
      == CURLM_OK
  }

  /// Whether the timer has expired; if so, it is off.
  func expireTimer(at now: ContinuousClock.Instant) -> Bool {
    guard let timer, timer <= now else { return false }
    self.timer = nil
    return true
  }

  private static let onSocket: curl_socket_callback = { _, socket, wish, context, _ in
    guard let context else { return -1 }
    let callbacks = Unmanaged<MultiCallbacks>.fromOpaque(context).takeUnretainedValue()
    return callbacks.poller.watch(socket, for: wish) ? 0 : -1
  }

  private static let onTimer: curl_multi_timer_callback = { _, milliseconds, context in
    guard let context else { return -1 }
    let callbacks = Unmanaged<MultiCallbacks>.fromOpaque(context).takeUnretainedValue()
    callbacks.timer = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    return 0
  }
}
