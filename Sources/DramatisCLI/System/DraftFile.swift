#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written beside its place and takes its name once it is whole; else nothing of it stays.
struct DraftFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let place: String
  private var isRenamed = false

  /// - Parameter old: What it will replace: nobody may do more with the draft than with that, from the start on.
  init(of place: String, replacing old: FileStatus?) throws(Failure) {
    (descriptor, path) = try Self.opened(beside: place, permissions: old == nil ? 0o666 : 0o600)
    self.place = place
    if let old { adopt(old) }
  }

  deinit {
    close(descriptor)
    if !isRenamed { unlink(path) }
  }

  private static func opened(
    beside place: String, permissions: mode_t
  ) throws(Failure) -> (Int32, String) {
    let folder = place.lastIndex(of: "/").map { place[...$0] } ?? ""
    for attempt in 1...attempts {
      let path = "\(folder).dramatis-\(getpid())-\(attempt)"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
      if descriptor >= 0 { return (descriptor, path) }
      guard errno == EEXIST else { break }
    }
    throw failure(place)
  }

  private static let attempts = 100

  /// Takes over owner, group and permissions; a group that cannot be given leaves the new one what everybody may do.
  private func adopt(_ old: FileStatus) {
    var permissions = old.permissions
    if fchown(descriptor, old.owner, old.group) != 0, fchown(descriptor, uid_t.max, old.group) != 0 {
      permissions &= 0o707 | (permissions & 0o007) << 3
    }
    // Where permissions cannot be set, the draft stays its owner's alone.
    _ = fchmod(descriptor, permissions)
  }

  /// Writes all of it, and waits until it is on the disk.
  func write(_ bytes: [UInt8]) throws(Failure) {
    // Some file systems know no waiting.
    guard Descriptor.write(bytes, to: descriptor), fsync(descriptor) == 0 || errno == EINVAL else {
      throw Self.failure(place)
    }
  }

  /// Takes the name, whoever has it.
  mutating func replace() throws(Failure) {
    guard rename(path, place) == 0 else { throw Self.failure(place) }
    isRenamed = true
  }

  /// Takes the name if nobody has it; false where somebody has.
  mutating func claim() throws(Failure) -> Bool {
    if link(path, place) == 0 { return true }
    if errno == EEXIST { return false }
    // Some file systems know no second name for a file.
    guard FileStatus(place, followsLinks: false) == nil else { return false }
    try replace()
    return true
  }

  private static func failure(_ place: String) -> Failure {
    Failure("cannot write \(place.oneLine): \(Process.lastError)", .environment)
  }
}
