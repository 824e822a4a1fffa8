#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension TranscriptFile {
  /// Gives a transcript another name in the same folder; what has that name already is not touched.
  ///
  /// - Throws: ``TranscriptError``, among others where a session has it open.
  public static func rename(_ path: String, to new: String) throws(TranscriptError) {
    let file = try LockedDescriptor.opening(path)
    try file.takeName(new)
  }

  /// Deletes a transcript that no session has open.
  ///
  /// - Throws: ``TranscriptError``.
  public static func delete(_ path: String) throws(TranscriptError) {
    let file = try LockedDescriptor.opening(path)
    guard unlink(file.path) == 0 else { throw .system("delete \(path)") }
  }
}
