/// An open file that nobody else who locks it has open as long as this value lives.
package struct LockedFile: ~Copyable, Sendable {
  /// The path under which the file was opened or made.
  package let path: String
  let file: OpenFile

  private init(_ file: consuming OpenFile, path: String) {
    self.file = file
    self.path = path
  }

  /// Opens a plain file that is there, and waits for nobody.
  static func opening(_ path: String) throws(FileError) -> LockedFile {
    let opened = LockedFile(try open(path, [.readingAndWriting, .unblocked, .noTerminal]), path: path)
    guard opened.file.status?.kind == .plain else { throw FileError(.notPlain, path: path) }
    try opened.lock()
    return opened
  }

  /// Makes a new file whose name is a path's with a number and an ending.
  static func making(beside path: String, ending: String) throws(FileError) -> LockedFile {
    for attempt in 1...1000 {
      let name = "\(path).\(attempt).\(ending)"
      do throws(SystemError) {
        let made = LockedFile(
          try OpenFile(name, [.readingAndWriting, .creating, .exclusive]), path: name)
        try made.file.lock()
        return made
      } catch {
        guard error == .exists else {
          throw FileError(.refused(operation: "write", reason: "\(error)"), path: name)
        }
      }
    }
    throw FileError(
      .refused(operation: "write beside", reason: "too many files of that name are left there"), path: path)
  }

  /// Opens a plain file, makes it where it is missing, and waits a moment for whoever has locked it.
  ///
  /// Links are not followed, and nothing but a plain file is opened.
  package static func awaiting(_ path: String) throws(FileError) -> LockedFile {
    for _ in 0..<attempts {
      let opened = LockedFile(
        try open(path, [.readingAndWriting, .creating, .appending, .noLink, .unblocked]), path: path)
      guard opened.file.status?.kind == .plain else { throw FileError(.notPlain, path: path) }
      if opened.isLockedInPlace {
        opened.file.setPermissions(0o600)
        return opened
      }
      _ = consume opened
      Platform.pause(milliseconds: 5)
    }
    throw FileError(.locked(process: nil), path: path)
  }

  private static let attempts = 400

  private static func open(_ path: String, _ options: OpenFile.Options) throws(FileError) -> OpenFile {
    try FileError.naming("open", of: path) { () throws(SystemError) in try OpenFile(path, options) }
  }

  private func lock() throws(FileError) {
    do throws(SystemError) {
      try file.lock()
    } catch {
      guard error == .isLocked else {
        throw FileError(.refused(operation: "lock", reason: "\(error)"), path: path)
      }
      throw FileError(
        .locked(process: file.status.flatMap { LockHolder.process(of: $0.identity) }), path: path)
    }
  }

  /// Whether it could be locked, and the path still leads to it; somebody may have put another file there.
  private var isLockedInPlace: Bool {
    do throws(SystemError) {
      try file.lock()
    } catch {
      return false
    }
    guard let opened = file.status, let there = FileStatus(path, followsLinks: false) else { return false }
    return opened.identity == there.identity
  }

  /// Gives the file a name that nobody has; false where somebody has it.
  func rename(to new: String) throws(FileError) -> Bool {
    let isRenamed = try FileError.naming("write", of: new) { () throws(SystemError) in
      try Platform.rename(path, toFree: new)
    }
    if isRenamed { Platform.syncFolder(of: new) }
    return isRenamed
  }

  /// The last whole rows of the file.
  package func readEnd(atMost limit: Int) throws(FileError) -> [UInt8] {
    let size = file.status?.size ?? 0
    let start = max(0, size - limit)
    let bytes = try FileError.naming("read", of: path) { () throws(SystemError) in
      try file.read(atMost: min(size, limit), at: start)
    }
    guard start > 0 else { return bytes }
    return Array(bytes.drop { $0 != 0x0A })
  }

  /// All bytes from an offset on.
  package func read(from start: Int) throws(FileError) -> [UInt8] {
    let size = file.status?.size ?? 0
    guard size > start else { return [] }
    return try FileError.naming("read", of: path) { () throws(SystemError) in
      try file.read(atMost: size - start, at: start)
    }
  }

  /// Appends a row; one that was cut off by a full disk is ended first.
  package func append(_ row: String) throws(FileError) {
    let text = isEndedByBreak ? row : "\n" + row
    try FileError.naming("write", of: path) { () throws(SystemError) in try file.write(Array(text.utf8)) }
  }

  private var isEndedByBreak: Bool {
    guard let size = file.status?.size, size > 0 else { return true }
    let last = try? file.read(atMost: 1, at: size - 1).last
    return last == 0x0A || last == nil
  }

  /// Puts another file in the place of this one; a reader sees one or the other.
  package func replaceContent(_ text: String) throws(FileError) {
    var draft = try DraftFile.making(path, replacing: file.status)
    try draft.write(Array(text.utf8))
    try draft.replace()
  }
}

/// Who holds the lock on a file, where the system tells.
private enum LockHolder {
  /// Reads the kernel's table of locks, in which a file stands as `major:minor:inode`.
  static func process(of file: FileStatus.Identity) -> Int32? {
    guard let table = try? InputStream(path: "/proc/locks").readAll(limit: 1 << 20) else { return nil }
    for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 5, words[1] == "FLOCK", words[5].hasSuffix(":\(file.inode)") else { continue }
      return Int32(words[4]).flatMap { $0 > 0 ? $0 : nil }
    }
    return nil
  }
}
