#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file to which lines are added as they come.
struct AppendedFile: ~Copyable {
  private let descriptor: Int32
  private let path: String

  /// Opens a file, or makes it; a last line that was torn is ended, so that it swallows no other.
  init(path: String) throws(Failure) {
    descriptor = try Self.opened(path, O_CREAT | O_APPEND)
    self.path = path
    // Where this fails, so does the line that follows.
    if Self.isTorn(path) { _ = Descriptor.write([0x0A], to: descriptor) }
  }

  /// Opens what is no plain file and has to be there, to write to it.
  init(device path: String) throws(Failure) {
    descriptor = try Self.opened(path, 0)
    self.path = path
  }

  private static func opened(_ path: String, _ flags: Int32) throws(Failure) -> Int32 {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, 0o644)
    guard descriptor >= 0 else {
      throw Failure("cannot write \(path.oneLine): \(Process.lastError)", .environment)
    }
    return descriptor
  }

  deinit {
    close(descriptor)
  }

  func write(_ text: String) throws(Failure) { try write(Array(text.utf8)) }

  func write(_ bytes: [UInt8]) throws(Failure) {
    guard Descriptor.write(bytes, to: descriptor) else {
      throw Failure("cannot write \(path.oneLine): \(Process.lastError)", .environment)
    }
  }

  private static func isTorn(_ path: String) -> Bool {
    guard FileStatus(path)?.kind == .plain else { return false }
    let reader = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard reader >= 0 else { return false }
    defer { close(reader) }
    var last: UInt8 = 0
    let end = lseek(reader, 0, SEEK_END)
    return end > 0 && pread(reader, &last, 1, end - 1) == 1 && last != 0x0A
  }
}
