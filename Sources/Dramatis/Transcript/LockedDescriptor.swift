#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An open file that no other session can open at the same time; it closes with its owner.
struct LockedDescriptor: ~Copyable, Sendable {
  let number: Int32
  /// The path under which the file was opened or made.
  let path: String

  deinit {
    close(number)
  }

  private init(_ number: Int32, _ path: String) {
    self.number = number
    self.path = path
  }

  /// Opens a file that is there.
  static func opening(_ path: String) throws(TranscriptError) -> LockedDescriptor {
    let number = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard number >= 0 else { throw .system("open \(path)") }
    let file = LockedDescriptor(number, path)
    try file.requireFile()
    try file.lock()
    return file
  }

  /// Makes a new file whose name is a path's with a number and an ending.
  static func beside(_ path: String, ending: String) throws(TranscriptError) -> LockedDescriptor {
    for attempt in 1...1000 {
      let name = "\(path).\(attempt).\(ending)"
      let number = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
      if number >= 0 {
        let file = LockedDescriptor(number, name)
        try file.lock()
        return file
      }
      guard errno == EEXIST else { throw .system("write \(name)") }
    }
    throw .failed(operation: "write beside \(path)", reason: "too many files of that name are left there")
  }

  /// Gives a draft its name, unless there is a file of that name by now.
  func takeName(_ path: String) throws(TranscriptError) {
    if link(self.path, path) == 0 {
      unlink(self.path)
    } else if errno == EEXIST {
      throw .exists
    } else {
      // Some file systems know no second name for a file.
      guard access(path, F_OK) != 0, rename(self.path, path) == 0 else { throw .system("write \(path)") }
    }
    Self.syncFolder(of: path)
  }

  /// Removes a draft that did not come to be.
  func remove() {
    unlink(path)
  }

  func cut(to length: Int) throws(TranscriptError) {
    guard ftruncate(number, off_t(length)) == 0, fsync(number) == 0 else {
      throw .system("cut the end off the session")
    }
  }

  /// All bytes, unless they are more than a limit.
  func readAll(limit: Int) throws(TranscriptError) -> [UInt8] {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .system("read the session") }
    guard status.st_size <= limit else { throw .tooLarge(limit: limit) }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(number, $0.baseAddress?.advanced(by: filled), $0.count - filled, off_t(filled))
      }
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .system("read the session")
      }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  private func requireFile() throws(TranscriptError) {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .system("open \(path)") }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notATranscript }
  }

  private func lock() throws(TranscriptError) {
    guard flock(number, LOCK_EX | LOCK_NB) != 0 else { return }
    guard errno == EWOULDBLOCK else { throw .system("lock the session") }
    var status = stat()
    fstat(number, &status)
    throw .inUse(process: LockHolder.process(ofFile: UInt64(status.st_ino)))
  }

  /// Without it the name itself could be lost in a power cut.
  private static func syncFolder(of path: String) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let number = open(folder, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return }
    fsync(number)
    close(number)
  }
}

/// Who holds the lock on a file, where the system tells.
enum LockHolder {
  /// Reads the kernel's table of locks, in which a file stands as `major:minor:inode`.
  static func process(ofFile inode: UInt64) -> Int32? {
    guard let table = fopen("/proc/locks", "r") else { return nil }
    defer { fclose(table) }
    var line = [CChar](repeating: 0, count: 512)
    while fgets(&line, Int32(line.count), table) != nil {
      let words = line.prefix { $0 != 0 }.split { $0 == 0x20 || $0 == 0x0A }
        .map { String(decoding: $0.map(UInt8.init(bitPattern:)), as: UTF8.self) }
      guard words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(inode)") else { continue }
      return Int32(words[4]).flatMap { $0 > 0 ? $0 : nil }
    }
    return nil
  }
}

extension TranscriptError {
  /// What the last failed system call says.
  static func system(_ operation: String) -> Self {
    .failed(operation: operation, reason: strerror(errno).map { String(cString: $0) } ?? "error \(errno)")
  }
}
