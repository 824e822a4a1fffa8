// All that this target takes from the C library: what differs between platforms stands here and in CCurl's sockets.h.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Span<UInt8> {
  /// Whether a text stands at a place.
  @inline(__always)
  func holds(_ text: StaticString, at start: Int) -> Bool {
    let length = text.utf8CodeUnitCount
    guard start + length <= count else { return false }
    return withUnsafeBytes { bytes in
      bytes.baseAddress.map { memcmp($0 + start, text.utf8Start, length) == 0 } ?? (length == 0)
    }
  }

  /// Whether these bytes are those of a text.
  @inline(__always)
  func elementsEqual(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && holds(text, at: 0)
  }

  /// The first place of a byte at or behind another place; the end where there is none.
  func place(of byte: UInt8, from start: Int) -> Int {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return bytes.count }
      return UnsafeRawPointer(found) - base
    }
  }

  /// The bytes as text; what is no UTF-8 becomes U+FFFD.
  var text: String { withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
}

extension [UInt8] {
  /// Appends a copy of bytes.
  mutating func append(copying bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}

/// What a thread of ``startThread(_:)`` does.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

/// Starts a thread that nobody waits for; false where the system has no room for one.
func startThread(_ body: @escaping @Sendable () -> Void) -> Bool {
  let context = Unmanaged.passRetained(ThreadBody(body))
  #if canImport(Darwin)
    var thread: pthread_t?
  #else
    var thread = pthread_t()
  #endif
  let code = pthread_create(
    &thread, nil,
    { context in
      let given: UnsafeMutableRawPointer? = context
      given.map { Unmanaged<ThreadBody>.fromOpaque($0).takeRetainedValue().run() }
      return nil
    }, context.toOpaque())
  guard code == 0 else {
    context.release()
    return false
  }
  #if canImport(Darwin)
    if let thread { pthread_detach(thread) }
  #else
    pthread_detach(thread)
  #endif
  return true
}

/// Why a file that should be its owner's alone was not read.
enum PrivateFileError: Error {
  case notOpened, notPlain, openToOthers, unreadable
}

/// The bytes of a plain file that only its owner can read.
func readPrivateFile(_ path: String, atMost limit: Int) throws(PrivateFileError) -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
  guard descriptor >= 0 else { throw .notOpened }
  defer { close(descriptor) }
  var status = stat()
  guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .notPlain }
  guard status.st_mode & (S_IRWXG | S_IRWXO) == 0 else { throw .openToOthers }
  var bytes = [UInt8](repeating: 0, count: limit + 1)
  let count = read(descriptor, &bytes, bytes.count)
  guard count >= 0, count <= limit else { throw .unreadable }
  return Array(bytes[..<count])
}
