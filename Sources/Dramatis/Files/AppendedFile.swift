/// A file to which lines are added as they come.
package struct AppendedFile: ~Copyable, Sendable {
  private let file: OpenFile
  private let path: String

  /// Opens a file, or makes it; a last line that was torn is ended, so that it swallows no other.
  package init(path: String) throws(FileError) {
    file = try Self.opened(path, [.creating, .appending])
    self.path = path
    // Where this fails, so does the line that follows.
    if Self.isTorn(path) { try? file.write([0x0A]) }
  }

  /// Opens what is no plain file and has to be there, to write to it.
  package init(device path: String) throws(FileError) {
    file = try Self.opened(path, [])
    self.path = path
  }

  private static func opened(_ path: String, _ options: OpenFile.Options) throws(FileError) -> OpenFile {
    try FileError.naming("write", of: path) { () throws(SystemError) in
      try OpenFile(path, options.union(.writing), permissions: 0o644)
    }
  }

  package func write(_ text: String) throws(FileError) { try write(Array(text.utf8)) }

  package func write(_ bytes: [UInt8]) throws(FileError) {
    do throws(SystemError) {
      try file.write(bytes)
    } catch {
      throw FileError(.refused(operation: "write", reason: "\(error)"), path: path)
    }
  }

  private static func isTorn(_ path: String) -> Bool {
    guard FileStatus(path)?.kind == .plain else { return false }
    do throws(SystemError) {
      let file = try OpenFile(path, .unblocked)
      guard let size = file.status?.size, size > 0 else { return false }
      return try file.read(atMost: 1, at: size - 1).last.map { $0 != 0x0A } ?? false
    } catch {
      return false
    }
  }
}
