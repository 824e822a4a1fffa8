/// The JSON of a card as UTF-8, however it was written, and what had to be mended for that.
struct CardText: Sendable {
  let json: JSONSource
  /// Whether all strings were UTF-8 that was read as Latin-1 and encoded again.
  let isMojibake: Bool
  let repairs: [CardRepair]

  /// Reads bytes as JSON; nil where they are none.
  init?(_ bytes: [UInt8]) {
    var repairs: [CardRepair] = []
    guard let json = JSONSource(Self.decoded(bytes, repairs: &repairs)) else { return nil }
    self.json = json
    var isHalved = false
    var isMangled = false
    var isSound = false
    json.root.forEachString { text, half in
      isHalved = isHalved || half
      guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return }
      if text.withoutMojibake == nil { isSound = true } else { isMangled = true }
    }
    isMojibake = isMangled && !isSound
    if isHalved { repairs.append(.loneSurrogate) }
    if isMojibake { repairs.append(.mojibake) }
    self.repairs = repairs
  }

  /// A string as it was meant.
  func meant(_ text: String) -> String { isMojibake ? text.withoutMojibake ?? text : text }

  private static func decoded(_ bytes: [UInt8], repairs: inout [CardRepair]) -> [UInt8] {
    if let wide = wideText(bytes) {
      repairs.append(.utf16)
      return Array(wide.utf8)
    }
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      repairs.append(.bom)
      bytes.removeFirst(3)
    }
    guard String(validating: bytes, as: UTF8.self) == nil else { return bytes }
    repairs.append(.notUTF8)
    return Array(String(String.UnicodeScalarView(bytes.map(\.windows1252))).utf8)
  }

  /// UTF-16 by its mark, or by the zeros around the first brace.
  private static func wideText(_ bytes: [UInt8]) -> String? {
    let brace = UInt8(ascii: "{")
    let isBig: Bool
    let start: Int
    switch Array(bytes.prefix(2)) {
    case [0xFE, 0xFF]: (isBig, start) = (true, 2)
    case [0xFF, 0xFE]: (isBig, start) = (false, 2)
    case [0, brace]: (isBig, start) = (true, 0)
    case [brace, 0]: (isBig, start) = (false, 0)
    default: return nil
    }
    let units = stride(from: start, to: bytes.count - 1, by: 2).map { place in
      let pair = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isBig ? pair.0 << 8 | pair.1 : pair.1 << 8 | pair.0
    }
    return String(decoding: units, as: UTF16.self)
  }
}

extension String {
  /// What a text was before its UTF-8 was read as Latin-1 or Windows-1252; nil where it never was.
  fileprivate var withoutMojibake: String? {
    var bytes: [UInt8] = []
    for scalar in unicodeScalars {
      guard let byte = scalar.windows1252 else { return nil }
      bytes.append(byte)
    }
    return bytes.allSatisfy { $0 < 0x80 } ? nil : String(validating: bytes, as: UTF8.self)
  }
}

/// What Windows-1252 has at 0x80 to 0x9F; zero where it has nothing.
private let windows1252: [UInt16] = [
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
  0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
  0x017E, 0x0178,
]

extension UInt8 {
  fileprivate var windows1252: Unicode.Scalar {
    guard (0x80..<0xA0).contains(self) else { return Unicode.Scalar(self) }
    let code = DramatisCompiler.windows1252[Int(self - 0x80)]
    return code == 0 ? Unicode.Scalar(self) : Unicode.Scalar(code) ?? Unicode.Scalar(self)
  }
}

extension Unicode.Scalar {
  fileprivate var windows1252: UInt8? {
    if value < 0x100 { return UInt8(value) }
    return DramatisCompiler.windows1252.firstIndex { UInt32($0) == value }.map { UInt8($0 + 0x80) }
  }
}
