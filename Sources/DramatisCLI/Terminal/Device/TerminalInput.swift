#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Waits for keys and for signals.
struct TerminalInput {
  /// What ended a wait.
  enum Wake: Equatable {
    case keys([Key])
    /// Signals by number; 0 where somebody asked for it.
    case signals([Int32])
    /// The terminal has gone.
    case ended
  }

  private var parser = KeyParser()

  /// Blocks until something comes.
  mutating func wait() -> Wake {
    while true {
      var sources = [Self.source(0), Self.source(TerminalGuard.wakeReader)]
      let count = poll(&sources, nfds_t(sources.count), parser.patience ?? -1)
      if count == 0 { return .keys(parser.flush()) }
      guard count > 0 else { continue }
      if sources[1].revents != 0 { return .signals(Self.signals()) }
      guard let bytes = Self.bytes(from: 0), !bytes.isEmpty else { return .ended }
      return .keys(parser.parse(bytes))
    }
  }

  /// Blocks until signals come, and leaves the keys for later.
  static func waitForSignals() -> [Int32] {
    var source = Self.source(TerminalGuard.wakeReader)
    while poll(&source, 1, -1) < 0 {}
    return signals()
  }

  private static func source(_ descriptor: Int32) -> pollfd {
    pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  }

  private static func signals() -> [Int32] {
    (bytes(from: TerminalGuard.wakeReader) ?? []).map(Int32.init)
  }

  /// What is there; empty at the end, nil if it cannot be read.
  private static func bytes(from descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &bytes, bytes.count)
      if count >= 0 { return Array(bytes.prefix(count)) }
      guard errno == EINTR else { return nil }
    }
  }
}
