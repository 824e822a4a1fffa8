import CDramatis
import Dramatis

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_api_version() -> UInt32 { UInt32(DRAMATIS_API_VERSION) }

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_version() -> UnsafePointer<CChar>? { Words.version }

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_status_name(_ status: dramatis_status) -> UnsafePointer<CChar>? {
  let place = Int(status)
  return Words.statuses.indices.contains(place) ? Words.statuses[place] : Words.unknownStatus
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_message() -> UnsafePointer<CChar>? { lastMessage() }

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_set_log(_ log: dramatis_log?, _ user: UnsafeMutableRawPointer?) -> dramatis_status {
  Log.set(log, user: user)
  return dramatis_status(DRAMATIS_OK)
}

/// Words that stay for ever: pointers to literals, which nobody writes to, so that every thread may read them.
private enum Words {
  nonisolated(unsafe) static let version = kept("0.1.0")
  nonisolated(unsafe) static let unknownStatus = kept("unknown-status")
  nonisolated(unsafe) static let statuses = [
    "ok", "bad-handle", "bad-argument", "unknown-name", "bad-profile", "bad-save", "bad-event", "bad-value",
    "busy",
    "stopped", "full",
  ].map(kept)

  private static func kept(_ word: StaticString) -> UnsafePointer<CChar> {
    UnsafeRawPointer(word.utf8Start).assumingMemoryBound(to: CChar.self)
  }
}

/// Whoever wants to know what no call fails for.
enum Log {
  /// Handed from thread to thread by the lock alone; what the game's pointer leads to is never touched here, and the header
  /// says that it is called from any thread.
  private struct Listener: @unchecked Sendable {
    let log: dramatis_log
    /// The game's own; it says that it may be handed over in any thread.
    let user: UnsafeMutableRawPointer?
  }

  private static let listener = Lock<Listener?>(nil)

  static func set(_ log: dramatis_log?, user: UnsafeMutableRawPointer?) {
    listener.withLock { $0 = log.map { Listener(log: $0, user: user) } }
  }

  /// Tells the listener, with nothing locked meanwhile.
  static func tell(_ message: @autoclosure () -> String) {
    guard let listener = listener.withLock({ $0 }) else { return }
    var text = KeptText()
    text.set(message().oneLine)
    withUnsafePointer(to: text.view) { listener.log(listener.user, $0) }
  }
}
