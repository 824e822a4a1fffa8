import CZlib

/// What zlib does for cards: it inflates within bounds, deflates and sums.
enum Zlib {
  /// How the bytes are wrapped.
  enum Form {
    /// A header and a checksum around them, as in pictures.
    case zlib
    /// Nothing around them, as in archives.
    case raw
  }

  enum Failure: Error {
    case corrupt
    /// More would come out than is allowed; no more than that was ever in memory.
    case tooLarge
  }

  /// Inflates bytes to at most a count.
  ///
  /// - Parameters:
  ///   - limit: The most bytes that may come out.
  ///   - form: How the bytes are wrapped.
  /// - Complexity: O(n) in what comes out.
  static func inflate(_ bytes: ArraySlice<UInt8>, limit: Int, form: Form) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    let window: Int32 = form == .raw ? -MAX_WBITS : MAX_WBITS
    guard inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .corrupt
    }
    defer { inflateEnd(&stream) }
    var input = Array(bytes)
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    var status = Z_OK
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: input.count)
      while status == Z_OK, result.count <= limit {
        let written = piece.withUnsafeMutableBufferPointer { piece in
          stream.next_out = piece.baseAddress
          stream.avail_out = UInt32(piece.count)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          return piece.count - Int(stream.avail_out)
        }
        result += piece[..<written]
      }
    }
    guard result.count <= limit else { throw .tooLarge }
    guard status == Z_STREAM_END else { throw .corrupt }
    return result
  }

  /// Deflates bytes, with header and checksum.
  static func deflate(_ bytes: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(bytes.count))
    var result = [UInt8](repeating: 0, count: Int(length))
    guard compress(&result, &length, bytes, UInt(bytes.count)) == Z_OK else { return [] }
    return Array(result[..<Int(length)])
  }

  /// The checksum CRC-32, as pictures and archives have it.
  static func checksum(of bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
  }
}

extension ArraySlice<UInt8> {
  /// The number in two, four or eight bytes at a distance from the start, lowest byte first; nil behind the end.
  func littleEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) -> T? {
    number(type, at: offset) { $0.reversed() }
  }

  /// The same, highest byte first.
  func bigEndian<T: FixedWidthInteger>(_ type: T.Type, at offset: Int) -> T? {
    number(type, at: offset) { Array($0) }
  }

  private func number<T: FixedWidthInteger>(
    _ type: T.Type, at offset: Int, ordered: (ArraySlice<UInt8>) -> [UInt8]
  ) -> T? {
    let size = T.bitWidth / 8
    guard offset >= 0, offset <= count - size else { return nil }
    return ordered(dropFirst(offset).prefix(size)).reduce(0) { $0 << 8 | T($1) }
  }
}

extension FixedWidthInteger {
  var littleEndianBytes: [UInt8] {
    (0..<(Self.bitWidth / 8)).map { UInt8(truncatingIfNeeded: self >> ($0 * 8)) }
  }
  var bigEndianBytes: [UInt8] { littleEndianBytes.reversed() }
}
