/// The two system calls that can fail late, so that tests can make them fail.
struct FileCalls: Sendable {
  /// `pwrite`: how many bytes were written, or -1 with `errno`.
  var writeSome: @Sendable (Int32, UnsafeRawBufferPointer, Int) -> Int
  /// `fdatasync`: 0, or -1 with `errno`.
  var flush: @Sendable (Int32) -> Int32

  static let system = FileCalls(
    writeSome: { OpenFile.write($1, to: $0, at: $2) }, flush: { OpenFile.syncContent(of: $0) })

  /// Writes all bytes at a place, however small the pieces.
  func write(_ bytes: ArraySlice<UInt8>, to file: borrowing LockedFile, at place: Int)
    throws(TranscriptError)
  {
    let number = file.file.number
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeSome(number, $0, place + bytes.count - rest.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || SystemError.last != .interrupted {
        throw TranscriptError(count == 0 ? .noSpace : .last, in: "write the session")
      }
    }
  }

  /// Waits until the file is on the disk.
  func sync(_ file: borrowing LockedFile) throws(TranscriptError) {
    while flush(file.file.number) != 0 {
      guard SystemError.last == .interrupted else {
        throw TranscriptError(.last, in: "write the session to the disk")
      }
    }
  }
}
