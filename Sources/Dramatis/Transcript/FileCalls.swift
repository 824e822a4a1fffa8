#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The two system calls that can fail late, so that tests can make them fail.
struct FileCalls: Sendable {
  /// `pwrite`: how many bytes were written, or -1 with `errno`.
  var writeSome: @Sendable (Int32, UnsafeRawBufferPointer, Int) -> Int
  /// `fdatasync`: 0, or -1 with `errno`.
  var flush: @Sendable (Int32) -> Int32

  static let system = FileCalls(
    writeSome: { pwrite($0, $1.baseAddress, $1.count, off_t($2)) },
    flush: { number in
      #if canImport(Darwin)
        fcntl(number, F_FULLFSYNC)
      #else
        fdatasync(number)
      #endif
    })

  /// Writes all bytes at a place, however small the pieces.
  func write(_ bytes: ArraySlice<UInt8>, to file: borrowing LockedDescriptor, at place: Int)
    throws(TranscriptError)
  {
    let number = file.number
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeSome(number, $0, place + bytes.count - rest.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 || errno != EINTR {
        if count == 0 { errno = ENOSPC }
        throw .system("write the session")
      }
    }
  }

  /// Waits until the file is on the disk.
  func sync(_ file: borrowing LockedDescriptor) throws(TranscriptError) {
    while flush(file.number) != 0 {
      guard errno == EINTR else { throw .system("write the session to the disk") }
    }
  }
}
