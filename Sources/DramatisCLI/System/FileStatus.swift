#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What stands at a path.
struct FileStatus {
  enum Kind {
    case plain, folder, link
    /// A device, a pipe or a socket.
    case special
  }

  let kind: Kind
  let owner: uid_t
  let group: gid_t
  /// What owner, group and others may do with it.
  let permissions: mode_t

  /// - Parameter followsLinks: Whether of a link the file that it leads to is meant; nil then where it leads nowhere.
  init?(_ path: String, followsLinks: Bool = true) {
    var status = stat()
    guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  /// - Parameter descriptor: An open file.
  init?(of descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .plain
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .special
      }
    owner = status.st_uid
    group = status.st_gid
    permissions = status.st_mode & 0o777
  }
}
