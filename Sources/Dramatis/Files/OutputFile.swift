/// A file that is written whole.
package struct OutputFile: Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  package var exists: Bool { FileStatus(path) != nil }

  /// Whether something is there that is no plain file.
  package var isSpecial: Bool { FileStatus(path).map { $0.kind != .plain } ?? false }

  /// Whether a link stands there that leads to nothing.
  package var isDanglingLink: Bool { !exists && FileStatus(path, followsLinks: false) != nil }

  /// Writes through a file beside it that then takes its name, so that a reader never sees half of it.
  ///
  /// A device or a pipe is written to and never replaced; of a link, the file that it leads to is.
  package func write(_ bytes: [UInt8]) throws(FileError) {
    try requireName()
    let old = FileStatus(path)
    guard old.map({ $0.kind == .plain }) ?? true else {
      return try AppendedFile(device: path).write(bytes)
    }
    guard !isDanglingLink else {
      throw FileError(
        .refused(operation: "write", reason: "it is a link that leads nowhere"), path: path)
    }
    var draft = try DraftFile.making(path.realPath ?? path, replacing: old)
    try draft.write(bytes)
    try draft.replace()
  }

  /// Writes a file that must not be there yet, unless it may be replaced or is a device.
  package func write(_ bytes: [UInt8], replaces: Bool, advice: String) throws(FileError) {
    if replaces || isSpecial { try write(bytes) } else { try create(bytes, advice: advice) }
  }

  /// Writes a file that must not be there yet; what is there is never touched, and there is all of it or nothing.
  ///
  /// - Parameter advice: What to do where it is there.
  package func create(
    _ bytes: [UInt8], advice: String = "remove it or choose another file"
  ) throws(FileError) {
    try requireName()
    let exists = FileError(.exists(advice: advice), path: path)
    guard FileStatus(path, followsLinks: false) == nil else { throw exists }
    var draft = try DraftFile.making(path, replacing: nil)
    try draft.write(bytes)
    guard try draft.claim() else { throw exists }
  }

  /// Requires that nothing foreign gets lost: what is there is of one kind, empty or a device.
  ///
  /// - Parameters:
  ///   - kind: What it has to be, with its article.
  ///   - count: How many bytes it takes to see that.
  package func requireKind(
    _ kind: String, atMost count: Int = 256, where isKind: ([UInt8]) -> Bool
  ) throws(FileError) {
    guard FileStatus(path)?.kind == .plain else { return }
    let start = try InputStream(path: path).readAll(limit: count)
    guard start.isEmpty || isKind(start) else {
      throw FileError(.otherKind(expected: kind), path: path)
    }
  }

  private func requireName() throws(FileError) {
    guard !path.isEmpty else { throw FileError(.unnamed, path: path) }
  }
}

/// A file that is written beside its place and takes its name once it is whole; else nothing of it stays.
struct DraftFile: ~Copyable {
  private let file: OpenFile
  private let path: String
  private let place: String
  private var isRenamed = false

  private init(_ file: consuming OpenFile, path: String, place: String) {
    self.file = file
    self.path = path
    self.place = place
  }

  /// Makes a draft.
  ///
  /// - Parameter old: What it will replace: nobody may do more with the draft than with that, from the start on.
  static func making(_ place: String, replacing old: FileStatus?) throws(FileError) -> DraftFile {
    var attempt = 1
    while true {
      let path = "\(folder(of: place)).dramatis-\(Platform.process)-\(attempt)"
      do throws(SystemError) {
        let file = try OpenFile(
          path, [.writing, .creating, .exclusive], permissions: old == nil ? 0o666 : 0o600)
        let draft = DraftFile(file, path: path, place: place)
        if let old { draft.adopt(old) }
        return draft
      } catch {
        guard error == .exists, attempt < attempts else { throw Self.error(error, place) }
        attempt += 1
      }
    }
  }

  private static func folder(of place: String) -> Substring {
    place.lastIndex(of: "/").map { place[...$0] } ?? ""
  }

  private static let attempts = 100

  deinit {
    if !isRenamed { try? Platform.unlink(path) }
  }

  /// Takes over owner, group and permissions; a group that cannot be given leaves the new one what everybody may do.
  private func adopt(_ old: FileStatus) {
    var permissions = old.permissions
    if !file.setOwner(old.owner, group: old.group), !file.setOwner(nil, group: old.group) {
      permissions &= 0o707 | (permissions & 0o007) << 3
    }
    // Where permissions cannot be set, the draft stays its owner's alone.
    file.setPermissions(permissions)
  }

  /// Writes all of it, and waits until it is on the disk.
  func write(_ bytes: [UInt8]) throws(FileError) {
    do throws(SystemError) {
      try file.write(bytes)
      try file.sync()
    } catch {
      // Some file systems know no waiting.
      guard error == .isUnsupported else { throw Self.error(error, place) }
    }
  }

  /// Takes the name, whoever has it.
  mutating func replace() throws(FileError) {
    do throws(SystemError) {
      try Platform.rename(path, to: place)
    } catch {
      throw Self.error(error, place)
    }
    isRenamed = true
  }

  /// Takes the name if nobody has it; false where somebody has.
  mutating func claim() throws(FileError) -> Bool {
    do throws(SystemError) {
      isRenamed = try Platform.rename(path, toFree: place)
    } catch {
      throw Self.error(error, place)
    }
    return isRenamed
  }

  private static func error(_ error: SystemError, _ place: String) -> FileError {
    FileError(.refused(operation: "write", reason: "\(error)"), path: place)
  }
}
