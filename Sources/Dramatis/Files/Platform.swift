#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The operating system; nothing of it is called from another file of this library.
package enum Platform {
  /// A variable of the environment; empty where it is not set.
  package static func environment(_ name: String) -> String {
    getenv(name).map { String(cString: $0) } ?? ""
  }

  /// The number of this process.
  package static var process: Int32 { getpid() }

  /// Lets some time pass.
  static func pause(milliseconds: Int32) { poll(nil, 0, milliseconds) }

  /// Where a path leads once all links are followed; nil where nothing is there.
  package static func realPath(of path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The names of what a folder holds, in no order.
  static func names(in folder: String) throws(SystemError) -> [String] {
    guard let stream = opendir(folder) else { throw .last }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        bytes.assumingMemoryBound(to: CChar.self).baseAddress.map { String(cString: $0) } ?? ""
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  static func makeFolder(_ path: String, permissions: UInt32) throws(SystemError) {
    guard mkdir(path, mode_t(permissions)) == 0 else { throw .last }
  }

  /// Does nothing where that is not allowed.
  package static func setPermissions(_ permissions: UInt32, of path: String) {
    _ = chmod(path, mode_t(permissions))
  }

  /// Takes a name away from a file.
  package static func unlink(_ path: String) throws(SystemError) {
    guard unlinkFile(path) == 0 else { throw .last }
  }

  /// Gives a file another name, whoever has it.
  static func rename(_ path: String, to new: String) throws(SystemError) {
    guard renameFile(path, new) == 0 else { throw .last }
  }

  /// Gives a file another name if nobody has it; false where somebody has.
  static func rename(_ path: String, toFree new: String) throws(SystemError) -> Bool {
    if link(path, new) == 0 {
      _ = unlinkFile(path)
      return true
    }
    if errno == EEXIST { return false }
    // Some file systems know no second name for a file.
    guard FileStatus(new, followsLinks: false) == nil else { return false }
    try rename(path, to: new)
    return true
  }

  /// Without it a new name could be lost in a power cut.
  static func syncFolder(of path: String) {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    do throws(SystemError) {
      try OpenFile(folder).sync()
    } catch {
      // Some file systems cannot do that.
    }
  }
}

private let unlinkFile = unlink as @Sendable (UnsafePointer<CChar>) -> Int32
private let renameFile = rename as @Sendable (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32

extension Double {
  var naturalLogarithm: Double { log(self) }
  /// e to the power of the number.
  package var exponential: Double { exp(self) }
  /// Of an angle in radians.
  package var sine: Double { sin(self) }
  /// Of an angle in radians.
  package var cosine: Double { cos(self) }
}

/// Why a system call failed.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  private let number: Int32

  /// That of the last call of this thread.
  package static var last: SystemError { SystemError(number: errno) }

  static let exists = SystemError(number: EEXIST)
  static let interrupted = SystemError(number: EINTR)
  static let isLocked = SystemError(number: EWOULDBLOCK)
  static let isUnsupported = SystemError(number: EINVAL)
  static let noSpace = SystemError(number: ENOSPC)

  /// The system's own words.
  package var description: String {
    strerror(number).map { String(cString: $0) } ?? "error \(number)"
  }
}

/// What stands at a path.
package struct FileStatus: Sendable {
  package enum Kind: Sendable {
    case plain, folder, link
    /// A device, a pipe or a socket.
    case special
  }

  /// What makes a file the same as another, whatever it is called.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  package let kind: Kind
  /// In bytes.
  package let size: Int
  /// When it was last written to, in nanoseconds; only good for telling two times apart.
  package let modified: Int64
  package let identity: Identity
  let owner: UInt32
  let group: UInt32
  /// What owner, group and others may do with it.
  let permissions: UInt32

  /// - Parameter followsLinks: Whether of a link the file that it leads to is meant; nil then where it leads nowhere.
  package init?(_ path: String, followsLinks: Bool = true) {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  /// - Parameter descriptor: An open file.
  fileprivate init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    modified = Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .plain
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    size = Int(status.st_size)
    identity = Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
    owner = status.st_uid
    group = status.st_gid
    permissions = UInt32(status.st_mode & 0o777)
  }
}

/// The number of an open file, which is closed with its owner.
struct OpenFile: ~Copyable, Sendable {
  /// How a file is opened.
  struct Options: OptionSet {
    let rawValue: Int32

    static let writing = Options(rawValue: O_WRONLY)
    static let readingAndWriting = Options(rawValue: O_RDWR)
    /// Makes it where it is missing.
    static let creating = Options(rawValue: O_CREAT)
    /// Fails where it is there.
    static let exclusive = Options(rawValue: O_EXCL)
    static let appending = Options(rawValue: O_APPEND)
    /// Waits for nobody at the other end of a pipe.
    static let unblocked = Options(rawValue: O_NONBLOCK)
    /// Makes no terminal that of the process.
    static let noTerminal = Options(rawValue: O_NOCTTY)
    /// Fails where a link stands.
    static let noLink = Options(rawValue: O_NOFOLLOW)
  }

  let number: Int32
  private let closes: Bool

  /// - Parameter permissions: Those of a file that is made.
  init(_ path: String, _ options: Options = [], permissions: UInt32 = 0o600) throws(SystemError) {
    let number = open(path, options.rawValue | O_CLOEXEC, mode_t(permissions))
    guard number >= 0 else { throw .last }
    self.number = number
    closes = true
  }

  /// A file of the process that stays open.
  init(standard number: Int32) {
    self.number = number
    closes = false
  }

  deinit {
    if closes { close(number) }
  }

  var status: FileStatus? { FileStatus(of: number) }

  /// The next bytes, no more than a count; empty at the end.
  func read(atMost count: Int) throws(SystemError) -> [UInt8] {
    try bytes(atMost: count) { readBytes(number, $0.baseAddress, $0.count) }
  }

  /// The bytes at a place, no more than a count; empty at the end.
  func read(atMost count: Int, at place: Int) throws(SystemError) -> [UInt8] {
    try bytes(atMost: count) { pread(number, $0.baseAddress, $0.count, off_t(place)) }
  }

  private func bytes(
    atMost count: Int, _ read: (UnsafeMutableRawBufferPointer) -> Int
  ) throws(SystemError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    while true {
      let received = bytes.withUnsafeMutableBytes(read)
      if received >= 0 {
        bytes.removeLast(count - received)
        return bytes
      }
      guard SystemError.last == .interrupted else { throw .last }
    }
  }

  /// Writes all of some bytes.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeBytes(number, $0.baseAddress, $0.count) }
      guard count >= 0 || SystemError.last == .interrupted else { throw .last }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Writes some of some bytes at a place: how many, or -1.
  static func write(_ bytes: UnsafeRawBufferPointer, to number: Int32, at place: Int) -> Int {
    pwrite(number, bytes.baseAddress, bytes.count, off_t(place))
  }

  /// Waits until all is on the disk.
  func sync() throws(SystemError) {
    guard fsync(number) == 0 else { throw .last }
  }

  /// Waits until what was written is on the disk, which may leave out the time of it: 0, or -1.
  static func syncContent(of number: Int32) -> Int32 {
    #if canImport(Darwin)
      fcntl(number, F_FULLFSYNC)
    #else
      fdatasync(number)
    #endif
  }

  /// Cuts off what is beyond a length, and waits until that is on the disk.
  func cut(to length: Int) throws(SystemError) {
    guard ftruncate(number, off_t(length)) == 0 else { throw .last }
    try sync()
  }

  /// Locks it for this opening of it; ``SystemError/isLocked`` where another has it locked.
  func lock() throws(SystemError) {
    guard flock(number, LOCK_EX | LOCK_NB) == 0 else { throw .last }
  }

  /// - Parameter owner: Nil to leave it.
  /// - Returns: Whether that is allowed.
  func setOwner(_ owner: UInt32?, group: UInt32) -> Bool {
    fchown(number, owner ?? uid_t.max, group) == 0
  }

  /// Does nothing where that is not allowed.
  func setPermissions(_ permissions: UInt32) {
    _ = fchmod(number, mode_t(permissions))
  }
}

private let readBytes = read as @Sendable (Int32, UnsafeMutableRawPointer?, Int) -> Int
private let writeBytes = write as @Sendable (Int32, UnsafeRawPointer?, Int) -> Int
