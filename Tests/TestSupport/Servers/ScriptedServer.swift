import Glibc
import Synchronization

/// A server on the loopback that does as it is told, whatever HTTP says about it.
///
/// Each connection runs on its own thread, blocks on nothing for longer than ``patience``, and ends when the peer has gone.
///
/// The patience is long, because tests that wait for a thread of their own may wait for minutes on a busy machine.
package final class ScriptedServer: Sendable {
  /// What to do with a connection, in order.
  package enum Act: Sendable {
    case send(String)
    case sendBytes([UInt8])
    /// Sends a text over and over until so many bytes were sent or the peer is gone.
    case flood(String, bytes: Int)
    case pause(milliseconds: Int)
    /// Sends a text every few milliseconds until the peer is gone or the patience ends.
    case repeatedly(String, milliseconds: Int)
    /// Waits until the peer is gone or the patience ends.
    case stall
  }

  /// In seconds.
  private static let patience = 300

  private struct State {
    var requests: [String] = []
    var bytesSent = 0
    var gone = 0
    var connections = 0
    var isStopped = false
  }

  private let listener: Int32
  package let port: UInt16
  private let script: @Sendable (String, Int) -> [Act]
  private let state = Mutex(State())

  /// Starts a server whose script is asked for each request, with how many came before.
  package init(_ script: @escaping @Sendable (_ request: String, _ number: Int) -> [Act]) throws {
    self.script = script
    (listener, port) = try Self.listen()
    Thread.start { [self] in acceptAll() }
  }

  deinit {
    close(listener)
  }

  /// Ends the thread that takes connections; until then it keeps the server.
  package func stop() {
    state.withLock { $0.isStopped = true }
    shutdown(listener, Int32(SHUT_RDWR))
  }

  package var address: String { "http://127.0.0.1:\(port)" }
  package var requests: [String] { state.withLock { $0.requests } }
  /// How many connections the peer has closed while the script still ran.
  package var gone: Int { state.withLock { $0.gone } }
  package var connections: Int { state.withLock { $0.connections } }
  package var bytesSent: Int { state.withLock { $0.bytesSent } }

  private static func listen() throws -> (Int32, UInt16) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutableBytes(of: &address) { bytes in
      bytes.withMemoryRebound(to: sockaddr.self) { pointer in
        bind(listener, pointer.baseAddress, length) == 0 && Glibc.listen(listener, 512) == 0
          && pointer.baseAddress.map { getsockname(listener, $0, &length) } == 0
      }
    }
    guard listener >= 0, isBound else { throw CannotListen() }
    return (listener, UInt16(bigEndian: address.sin_port))
  }

  private struct CannotListen: Error {}

  private func acceptAll() {
    while true {
      let connection = accept(listener, nil, nil)
      if state.withLock({ $0.isStopped }) || (connection < 0 && errno != EINTR) { return }
      guard connection >= 0 else { continue }
      _ = fcntl(connection, F_SETFD, FD_CLOEXEC)
      state.withLock { $0.connections += 1 }
      Thread.start { [self] in serve(connection) }
    }
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    var limit = timeval(tv_sec: Self.patience, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(connection, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    var rest: [UInt8] = []
    while let request = Self.readRequest(connection, &rest) {
      let number = state.withLock { state in
        state.requests.append(request)
        return state.requests.count - 1
      }
      let acts = script(request, number)
      for act in acts where !perform(act, connection) {
        state.withLock { $0.gone += 1 }
        return
      }
      // A script that ends with an empty text keeps the connection for the next request.
      guard case .send("") = acts.last else { return }
    }
  }

  private func perform(_ act: Act, _ connection: Int32) -> Bool {
    switch act {
    case .send(let text): return send(Array(text.utf8), connection)
    case .sendBytes(let bytes): return send(bytes, connection)
    case .flood(let text, let bytes):
      let piece = Array(String(repeating: text, count: max(65536 / text.utf8.count, 1)).utf8)
      for _ in 0..<(bytes / piece.count) where !send(piece, connection) { return false }
      return true
    case .pause(let milliseconds): return !Self.isGone(connection, within: milliseconds)
    case .repeatedly(let text, let milliseconds):
      for _ in 0..<(Self.patience * 1000 / milliseconds) {
        guard send(Array(text.utf8), connection), !Self.isGone(connection, within: milliseconds) else {
          return false
        }
      }
      return true
    case .stall: return !Self.isGone(connection, within: Self.patience * 1000)
    }
  }

  private func send(_ bytes: [UInt8], _ connection: Int32) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
      state.withLock { $0.bytesSent += count }
    }
    return true
  }

  private static func isGone(_ connection: Int32, within milliseconds: Int) -> Bool {
    var item = pollfd(fd: connection, events: Int16(POLLIN), revents: 0)
    return poll(&item, 1, Int32(milliseconds)) > 0
  }

  /// Head and body of a request; nil where the peer has gone.
  private static func readRequest(_ connection: Int32, _ rest: inout [UInt8]) -> String? {
    var wanted: Int?
    while true {
      let text = String(decoding: rest, as: UTF8.self)
      if wanted == nil, let end = text.firstRange(of: "\r\n\r\n") {
        let length = text.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        let body = length.flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        wanted = text[..<end.upperBound].utf8.count + body
      }
      if let wanted, rest.count >= wanted {
        defer { rest.removeFirst(wanted) }
        return String(decoding: rest[..<wanted], as: UTF8.self)
      }
      var buffer = [UInt8](repeating: 0, count: 65536)
      let count = recv(connection, &buffer, buffer.count, 0)
      guard count > 0 else { return nil }
      rest += buffer[..<count]
    }
  }
}

/// Threads of the system, since what blocks must not take those that tests need.
package enum Thread {
  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  package static func start(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Work(body))
    let code = pthread_create(
      &thread, nil,
      { context in
        context.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, context.toOpaque())
    precondition(code == 0, "no thread could be started")
    pthread_detach(thread)
  }
}
