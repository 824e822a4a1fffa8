import CDramatis
import Dramatis

/// What a thread was last told: a message, and a text.
final class ThreadTexts {
  private(set) var message = KeptText()
  private(set) var result = KeptText()

  func setMessage(_ text: String) { message.set(text) }

  func setResult(_ text: String) -> dramatis_text {
    result.set(text)
    return result.view
  }

  func setResult(_ bytes: [UInt8]) -> dramatis_text {
    bytes.withUnsafeBufferPointer { result.set($0) }
    return result.view
  }
}

/// The bytes of a text at a place that stays until the next one, with a zero behind them.
struct KeptText: ~Copyable {
  private var storage: UnsafeMutableBufferPointer<CChar>
  private var count = 0
  /// Room beyond this is given back when a shorter text comes.
  private static let kept = 1 << 16

  init() {
    storage = .allocate(capacity: 64)
    storage[0] = 0
  }

  deinit { storage.deallocate() }

  var view: dramatis_text { dramatis_text(bytes: UnsafePointer(storage.baseAddress), length: count) }

  var pointer: UnsafePointer<CChar>? { UnsafePointer(storage.baseAddress) }

  mutating func set(_ text: String) {
    var text = text
    text.withUTF8 { set($0) }
  }

  mutating func set(_ bytes: UnsafeBufferPointer<UInt8>) {
    if storage.count <= bytes.count || (storage.count > Self.kept && bytes.count < Self.kept) {
      storage.deallocate()
      storage = .allocate(capacity: max(bytes.count + 1, 64))
    }
    UnsafeMutableRawBufferPointer(storage).copyMemory(from: UnsafeRawBufferPointer(bytes))
    storage[bytes.count] = 0
    count = bytes.count
  }
}

/// The texts of every thread; made with the library and never freed.
private let memory = ThreadMemory()

/// Why a call fails, as it is told.
struct CallError: Error {
  let status: dramatis_status
  let message: String

  init(_ status: Int, _ message: String) {
    self.status = dramatis_status(status)
    self.message = message
  }

  static func badArgument(_ message: String) -> CallError { CallError(DRAMATIS_BAD_ARGUMENT, message) }
  static func isNull(_ name: String) -> CallError {
    .badArgument("'\(name)' is NULL; give a place to write to")
  }
}

/// Does what a function does; an error becomes its status and the thread's message.
func call(_ body: () throws(CallError) -> Void) -> dramatis_status {
  do throws(CallError) {
    try body()
    return dramatis_status(DRAMATIS_OK)
  } catch {
    fail(error)
    return error.status
  }
}

/// Keeps the message of an error for whoever asks in this thread.
func fail(_ error: CallError) { memory.texts.setMessage(error.message.oneLine) }

/// The message of this thread's last error.
func lastMessage() -> UnsafePointer<CChar>? { memory.texts.message.pointer }

extension UnsafeMutablePointer<dramatis_text> {
  /// Gives out a text, which stays until this thread gives out another.
  func give(_ text: String) { pointee = memory.texts.setResult(text) }

  /// Gives out bytes that need not be a text.
  func give(bytes: [UInt8]) { pointee = memory.texts.setResult(bytes) }
}

extension Optional<UnsafeMutablePointer<dramatis_text>> {
  /// The place to write to, emptied.
  func needed(_ name: String) throws(CallError) -> UnsafeMutablePointer<dramatis_text> {
    guard let self else { throw .isNull(name) }
    self.give("")
    return self
  }

  /// The place to write to, emptied, where there is one.
  func emptied() -> Self {
    self?.give("")
    return self
  }
}

/// A text that comes in, before anybody has looked at it.
struct Argument {
  let bytes: UnsafePointer<CChar>?
  let length: Int
  let name: String

  init(_ bytes: UnsafePointer<CChar>?, _ length: Int, _ name: String) {
    (self.bytes, self.length, self.name) = (bytes, length, name)
  }

  private static let longest = 1 << 26

  /// Its bytes, copied.
  func data() throws(CallError) -> [UInt8] {
    guard let bytes else {
      guard length == 0 || length == -1 else {
        throw .badArgument("'\(name)' is NULL and has a length; give a text, or the length 0")
      }
      return []
    }
    // (size_t)-1 comes in as -1.
    let count = length == -1 ? lengthUpToZero(bytes, limit: Self.longest) : length
    guard let count, (0...Self.longest).contains(count) else {
      throw .badArgument("'\(name)' has more than the \(Self.longest) bytes that a text may have")
    }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  /// The text.
  func text() throws(CallError) -> String {
    guard let text = String(validating: try data(), as: UTF8.self) else {
      throw .badArgument("'\(name)' is no UTF-8")
    }
    return text
  }
}
