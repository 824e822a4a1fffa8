/// Where the lines of a text begin, and how many scalars precede a byte.
struct TextIndex: Sendable {
  private static let blockBytes = 16
  private(set) var lineStarts = [0]
  private var scalarsBeforeBlock: [Int] = []
  /// In ASCII every offset is the number of scalars before it.
  private var isASCII = false

  init(_ bytes: [UInt8]) {
    var scalars = 0
    for offset in bytes.indices {
      if offset % TextIndex.blockBytes == 0 { scalarsBeforeBlock.append(scalars) }
      let byte = bytes[offset]
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if byte <= 0x0D || byte == 0xC2 || byte == 0xE2 { noteBreak(in: bytes, at: offset) }
    }
    if bytes.count % TextIndex.blockBytes == 0 { scalarsBeforeBlock.append(scalars) }
    isASCII = scalars == bytes.count
  }

  private mutating func noteBreak(in bytes: [UInt8], at offset: Int) {
    let length = LineBreak.length(in: bytes, at: offset, before: bytes.count)
    // The LF of a CR LF ends where the pair has ended already.
    guard length > 0, lineStarts.last != offset + length else { return }
    lineStarts.append(offset + length)
  }

  /// The line, from 0, that holds a byte.
  func line(at offset: Int) -> Int { lineStarts.lastIndex(notAfter: offset) }

  /// The number of scalars that begin before a byte.
  func scalars(before offset: Int, in bytes: [UInt8]) -> Int {
    if isASCII { return offset }
    let block = offset / TextIndex.blockBytes
    let rest = bytes[block * TextIndex.blockBytes..<offset]
    return rest.reduce(scalarsBeforeBlock[block]) { $0 + ($1.startsScalar ? 1 : 0) }
  }

  /// The first byte of a scalar that is given by its number, or the end.
  func offset(ofScalar number: Int, in bytes: [UInt8]) -> Int {
    if isASCII { return min(number, bytes.count) }
    let block = scalarsBeforeBlock.lastIndex(notAfter: number)
    var seen = scalarsBeforeBlock[block]
    for offset in block * TextIndex.blockBytes..<bytes.count where bytes[offset].startsScalar {
      if seen == number { return offset }
      seen += 1
    }
    return bytes.count
  }
}

extension UInt8 {
  /// False for the second and later bytes of a scalar in UTF-8.
  var startsScalar: Bool { self & 0xC0 != 0x80 }
}

extension [Int] {
  /// The last index of a sorted array whose element does not exceed a value, or 0.
  func lastIndex(notAfter value: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return Swift.max(0, low - 1)
  }
}

/// The line breaks of YAML 1.1: LF, CR, CR LF, U+0085, U+2028 and U+2029.
struct LineBreak {
  /// The bytes that it occupies in the source.
  let range: Range<Int>
  /// The bytes that it stands for in the value of a scalar.
  let value: [UInt8]

  init?(in bytes: [UInt8], at offset: Int, before end: Int) {
    let length = LineBreak.length(in: bytes, at: offset, before: end)
    guard length > 0 else { return nil }
    range = offset..<offset + length
    value = length == 3 ? Array(bytes[range]) : [0x0A]
  }

  /// Only U+2028 and U+2029 survive folding and are kept as they are.
  var folds: Bool { value == [0x0A] }

  static func length(in bytes: [UInt8], at offset: Int, before end: Int) -> Int {
    guard offset < end else { return 0 }
    switch bytes[offset] {
    case 0x0A: return 1
    case 0x0D: return offset + 1 < end && bytes[offset + 1] == 0x0A ? 2 : 1
    case 0xC2: return offset + 1 < end && bytes[offset + 1] == 0x85 ? 2 : 0
    case 0xE2: return isSeparator(in: bytes, at: offset, before: end) ? 3 : 0
    default: return 0
    }
  }

  private static func isSeparator(in bytes: [UInt8], at offset: Int, before end: Int) -> Bool {
    offset + 2 < end && bytes[offset + 1] == 0x80 && bytes[offset + 2] & 0xFE == 0xA8
  }
}
