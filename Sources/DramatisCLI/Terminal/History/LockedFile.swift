import DramatisCompiler

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that nobody else who locks it writes to as long as this value lives.
struct LockedFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  /// Opens a plain file, makes it where it is missing, and waits a moment for whoever has locked it.
  ///
  /// Links are not followed, and nothing but a plain file is opened.
  init(path: String) throws(Failure) {
    descriptor = try Self.opened(path)
    self.path = path
  }

  private static func opened(_ path: String) throws(Failure) -> Int32 {
    let flags = O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
    for _ in 0..<attempts {
      let descriptor = open(path, flags, 0o600)
      guard descriptor >= 0 else { throw failure("open", path) }
      guard isPlain(descriptor) else {
        close(descriptor)
        throw Failure("\(path.oneLine) is no plain file", .environment)
      }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, isStill(path, descriptor) {
        _ = fchmod(descriptor, 0o600)
        return descriptor
      }
      close(descriptor)
      poll(nil, 0, 5)
    }
    throw Failure("\(path.oneLine) is locked by another process", .environment)
  }

  private static let attempts = 400

  deinit {
    close(descriptor)
  }

  /// Whether the path still leads to what was opened; somebody may have put another file there.
  private static func isStill(_ path: String, _ descriptor: Int32) -> Bool {
    var (opened, there) = (stat(), stat())
    return fstat(descriptor, &opened) == 0 && lstat(path, &there) == 0
      && opened.st_ino == there.st_ino && opened.st_dev == there.st_dev
  }

  private static func isPlain(_ descriptor: Int32) -> Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The last whole rows of the file.
  func readEnd(atMost limit: Int) throws(Failure) -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    let start = max(0, size - limit)
    var bytes = [UInt8](repeating: 0, count: min(size, limit))
    let count = pread(descriptor, &bytes, bytes.count, off_t(start))
    guard count >= 0 else { throw Self.failure("read", path) }
    bytes.removeLast(bytes.count - count)
    guard start > 0 else { return bytes }
    return Array(bytes.drop { $0 != 0x0A })
  }

  /// Appends a row; one that was cut off by a full disk is ended first.
  func append(_ row: String) throws(Failure) {
    try write(isEndedByBreak ? row : "\n" + row, to: descriptor)
  }

  private var isEndedByBreak: Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    return size < 1 || pread(descriptor, &last, 1, size - 1) != 1 || last == 0x0A
  }

  /// Puts another file in the place of this one; a reader sees one or the other.
  func replaceContent(_ text: String) throws(Failure) {
    let temporary = "\(path).\(getpid())"
    let new = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard new >= 0 else { throw Self.failure("open", temporary) }
    defer { close(new) }
    do throws(Failure) {
      try write(text, to: new)
      guard rename(temporary, path) == 0 else { throw Self.failure("replace", path) }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private func write(_ text: String, to descriptor: Int32) throws(Failure) {
    let bytes = Array(text.utf8)
    let count = writeBytes(descriptor, bytes, bytes.count)
    guard count == bytes.count else { throw Self.failure("write", path) }
  }

  private static func failure(_ verb: String, _ path: String) -> Failure {
    Failure("cannot \(verb) \(path.oneLine): \(Process.lastError)", .environment)
  }
}

private let writeBytes = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
