import CCurl

/// What libcurl waits for: sockets, and a time at which it is called whatever they do.
///
/// Used by the loop's thread alone, for libcurl tells of both only within calls of its functions.
final class Watch {
  let sockets: SocketSet
  /// When libcurl is to be called though no socket has done anything; nil where it need not be.
  private(set) var alarm: ContinuousClock.Instant?

  init(_ sockets: SocketSet) {
    self.sockets = sockets
  }

  /// Has a multi handle tell of everything; it must not outlive this object.
  func follow(_ multi: UnsafeMutableRawPointer) -> Bool {
    ccurl_set_watchers(multi, Self.onSocket, Self.onTime, Unmanaged.passUnretained(self).toOpaque())
      == CURLM_OK
  }

  /// Whether the alarm rings; if so, it is off.
  func rings(at now: ContinuousClock.Instant) -> Bool {
    guard let alarm, alarm <= now else { return false }
    self.alarm = nil
    return true
  }

  private static let onSocket: curl_socket_callback = { _, socket, wish, context, _ in
    guard let context else { return -1 }
    let watch = Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue()
    return watch.sockets.watch(socket, wish) ? 0 : -1
  }

  private static let onTime: curl_multi_timer_callback = { _, milliseconds, context in
    guard let context else { return -1 }
    let watch = Unmanaged<Watch>.fromOpaque(context).takeUnretainedValue()
    watch.alarm = milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
    return 0
  }
}
