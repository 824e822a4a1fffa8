import CCurl

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Sockets that one thread waits for, and the bell with which others wake it.
final class SocketSet: Sendable {
  /// What one wait can tell of; the next one tells of the rest.
  static let room = [ccurl_ready](repeating: ccurl_ready(), count: 256)

  private let set: Int32
  private let bell: Int32

  /// Nil where the system has no room for more descriptors.
  init?() {
    set = ccurl_make_set()
    bell = set < 0 ? -1 : ccurl_make_bell(set)
    guard bell >= 0 else { return nil }
  }

  deinit {
    for descriptor in [bell, set] where descriptor >= 0 { close(descriptor) }
  }

  /// Watches a socket for what libcurl wants of it, or no more; false where the system has no room.
  func watch(_ socket: curl_socket_t, _ wish: Int32) -> Bool { ccurl_watch(set, socket, wish) }

  /// Has the thread that waits, or that waits next, go on at once.
  func ring() { ccurl_ring(bell) }

  /// Waits, and writes to an array with which sockets something can be done; returns how many they are.
  func wait(_ time: Duration, _ ready: inout [ccurl_ready]) -> Int {
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
