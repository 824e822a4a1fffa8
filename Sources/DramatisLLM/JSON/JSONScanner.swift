/// Why bytes are not JSON, or not the JSON that was expected.
package struct JSONError: Error, Hashable {
  let message: String
  /// Where in the bytes, from 0.
  let offset: Int

  /// What is wrong, and where.
  package var description: String { "\(message) at byte \(offset)" }
}

/// Reads JSON from its beginning to its end, without making values of what nobody asks for.
///
/// Strict (RFC 8259), except that half a surrogate pair and bytes that are no UTF-8 become U+FFFD.
struct JSONScanner: ~Copyable {
  /// How deep arrays and objects may lie in each other.
  static let deepest = 128

  /// There as long as the scanner is: ``scan(_:reading:)`` alone makes one, and what cannot be copied cannot be kept.
  private let bytes: UnsafeBufferPointer<UInt8>
  private var offset = 0
  private var depth = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  /// Reads bytes that hold one value and nothing else; the closure has to consume the value.
  static func scan<Value>(
    _ bytes: Span<UInt8>, reading read: (inout JSONScanner) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
      var scanner = JSONScanner(bytes)
      let value = try read(&scanner)
      try scanner.end()
      return value
    }
  }

  /// The first byte of the next value; it says what kind of value it is.
  @inline(__always)
  mutating func next() throws(JSONError) -> UInt8 {
    skipSpace()
    guard offset < bytes.count else { throw error("the end comes too early") }
    return bytes[offset]
  }

  /// Reads an object; the closure has to consume each value.
  mutating func readObject(
    _ member: (inout JSONScanner, JSONName) throws(JSONError) -> Void
  ) throws(JSONError) {
    try open(UInt8(ascii: "{"))
    if try !closes(UInt8(ascii: "}")) {
      repeat {
        let name = try readName()
        try expect(UInt8(ascii: ":"))
        try member(&self, name)
      } while try continues(until: UInt8(ascii: "}"))
    }
    depth -= 1
  }

  /// Reads an array; the closure has to consume each element.
  mutating func readArray(
    _ element: (inout JSONScanner, Int) throws(JSONError) -> Void
  ) throws(JSONError) {
    try open(UInt8(ascii: "["))
    if try !closes(UInt8(ascii: "]")) {
      var index = 0
      repeat {
        try element(&self, index)
        index += 1
      } while try continues(until: UInt8(ascii: "]"))
    }
    depth -= 1
  }

  /// Passes over a value of any kind.
  mutating func skip() throws(JSONError) {
    switch try next() {
    case UInt8(ascii: "{"): try skipObject()
    case UInt8(ascii: "["): try readArray { scanner, _ throws(JSONError) in try scanner.skip() }
    case UInt8(ascii: "\""): try skipString()
    case UInt8(ascii: "t"): try readWord("true")
    case UInt8(ascii: "f"): try readWord("false")
    case UInt8(ascii: "n"): try readWord("null")
    default: _ = try passNumber()
    }
  }

  private mutating func skipObject() throws(JSONError) {
    try open(UInt8(ascii: "{"))
    if try !closes(UInt8(ascii: "}")) {
      repeat {
        _ = try readName()
        try expect(UInt8(ascii: ":"))
        try skip()
      } while try continues(until: UInt8(ascii: "}"))
    }
    depth -= 1
  }

  /// Reads one of the words of JSON.
  mutating func readWord(_ word: StaticString) throws(JSONError) {
    let count = word.utf8CodeUnitCount
    guard offset + count <= bytes.count else { throw error("the end comes too early") }
    for index in 0..<count where word.utf8Start[index] != bytes[offset + index] {
      throw error("no value begins like this")
    }
    offset += count
  }

  /// Reads a number.
  mutating func readNumber() throws(JSONError) -> Double {
    let place = try passNumber()
    guard let number = Double(text(place)), number.isFinite else {
      throw error("this number is too large")
    }
    return number
  }

  /// Moves behind a number and says where it stands.
  private mutating func passNumber() throws(JSONError) -> Range<Int> {
    _ = try next()
    let start = offset
    if peek() == UInt8(ascii: "-") { offset += 1 }
    if peek() == UInt8(ascii: "0") { offset += 1 } else { try readDigits() }
    if peek() == UInt8(ascii: ".") {
      offset += 1
      try readDigits()
    }
    if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
      offset += 1
      if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { offset += 1 }
      try readDigits()
    }
    return start..<offset
  }

  /// Makes sure that nothing but space follows.
  private mutating func end() throws(JSONError) {
    skipSpace()
    guard offset == bytes.count else { throw error("something follows the value") }
  }

  @inline(never)
  func error(_ message: String) -> JSONError {
    JSONError(message: message, offset: offset)
  }
}

extension JSONScanner {
  /// Reads a string.
  mutating func readString() throws(JSONError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = offset
    guard try passPlain() else {
      defer { offset += 1 }
      return text(start..<offset)
    }
    var unescaped = Array(bytes[start..<offset])
    while true {
      let escape = try readEscape()
      unescaped += Array(String(Character(escape)).utf8)
      let start = offset
      let isEscaped = try passPlain()
      unescaped += bytes[start..<offset]
      if !isEscaped { break }
    }
    offset += 1
    return String(decoding: unescaped, as: UTF8.self)
  }

  /// What a name says that was read and has escapes.
  static func unescaped(_ name: UnsafeBufferPointer<UInt8>) -> String {
    let quoted = [UInt8(ascii: "\"")] + name + [UInt8(ascii: "\"")]
    let text = try? scan(quoted.span) { scanner throws(JSONError) in try scanner.readString() }
    return text ?? ""
  }

  private mutating func readName() throws(JSONError) -> JSONName {
    guard try next() == UInt8(ascii: "\"") else { throw error("a name should be here") }
    let start = offset + 1
    let isEscaped = try skipString()
    return JSONName(bytes: UnsafeBufferPointer(rebasing: bytes[start..<(offset - 1)]), isEscaped: isEscaped)
  }

  /// Passes over the string that begins here, and says whether there are escapes in it.
  @discardableResult
  private mutating func skipString() throws(JSONError) -> Bool {
    offset += 1
    var isEscaped = false
    while try passPlain() {
      isEscaped = true
      _ = try readEscape()
    }
    offset += 1
    return isEscaped
  }

  /// Moves to the next backslash (true) or to the quotation mark at the end (false).
  private mutating func passPlain() throws(JSONError) -> Bool {
    // Not in the scanner itself, which is written back to memory for each byte.
    var place = offset
    while place < bytes.count, !Self.endsPlain(bytes[place]) { place += 1 }
    offset = place
    guard let byte = peek() else { throw error("a string does not end") }
    guard byte >= 0x20 else { throw error("a control character is not escaped") }
    return byte == UInt8(ascii: "\\")
  }

  @inline(__always)
  private static func endsPlain(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20
  }

  private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
    offset += 1
    guard let byte = peek() else { throw error("a string does not end") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try readUnicode()
    default: throw error("no escape is written like this")
    }
  }

  private mutating func readUnicode() throws(JSONError) -> Unicode.Scalar {
    let unit = try readUnit()
    guard unit & 0xF800 == 0xD800 else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
    let start = offset
    guard unit < 0xDC00, peek() == UInt8(ascii: "\\"), offset + 1 < bytes.count,
      bytes[offset + 1] == UInt8(ascii: "u")
    else { return "\u{FFFD}" }
    offset += 2
    let low = try readUnit()
    guard low & 0xFC00 == 0xDC00 else {
      offset = start
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func readUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("an escape needs four hexadecimal digits")
      }
      unit = unit << 4 | UInt32(digit)
      offset += 1
    }
    return unit
  }
}

extension JSONScanner {
  private func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private func text(_ place: Range<Int>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[place]), as: UTF8.self)
  }

  @inline(__always)
  private mutating func skipSpace() {
    while let byte = peek(), byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  @inline(__always)
  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard try next() == byte else { throw error("'\(Character(Unicode.Scalar(byte)))' should be here") }
    offset += 1
  }

  private mutating func open(_ byte: UInt8) throws(JSONError) {
    try expect(byte)
    depth += 1
    guard depth <= Self.deepest else { throw error("values lie too deep in each other") }
  }

  @inline(__always)
  private mutating func closes(_ byte: UInt8) throws(JSONError) -> Bool {
    guard try next() == byte else { return false }
    offset += 1
    return true
  }

  @inline(__always)
  private mutating func continues(until end: UInt8) throws(JSONError) -> Bool {
    let byte = try next()
    guard byte == UInt8(ascii: ",") || byte == end else { throw error("',' should be here") }
    offset += 1
    return byte != end
  }

  private mutating func readDigits() throws(JSONError) {
    let start = offset
    while let byte = peek(), (0x30...0x39).contains(byte) { offset += 1 }
    guard offset > start else { throw error("no value begins like this") }
  }
}

extension JSONScanner {
  /// Reads a string; nil for a value of another kind, which is passed over.
  mutating func stringIfAny() throws(JSONError) -> String? {
    if try next() == UInt8(ascii: "\"") { return try readString() }
    try skip()
    return nil
  }

  /// Reads a whole number; nil for anything else, which is passed over.
  mutating func intIfAny() throws(JSONError) -> Int? {
    switch try next() {
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return Int(exactly: try readNumber())
    default:
      try skip()
      return nil
    }
  }

  /// Reads an object; a value of another kind is passed over.
  mutating func objectIfAny(
    _ member: (inout JSONScanner, JSONName) throws(JSONError) -> Void
  ) throws(JSONError) {
    if try next() == UInt8(ascii: "{") { try readObject(member) } else { try skip() }
  }

  /// Reads an array; a value of another kind is passed over.
  mutating func arrayIfAny(
    _ element: (inout JSONScanner, Int) throws(JSONError) -> Void
  ) throws(JSONError) {
    if try next() == UInt8(ascii: "[") { try readArray(element) } else { try skip() }
  }
}

/// The name of a member of an object, as it is compared with names that are known.
///
/// Of use only until the closure returns that was given the name: the bytes are those that are being read.
struct JSONName {
  /// As it is written, without quotation marks.
  let bytes: UnsafeBufferPointer<UInt8>
  let isEscaped: Bool

  var text: String { isEscaped ? JSONScanner.unescaped(bytes) : bytes.span.text }

  @inline(__always)
  static func ~= (known: StaticString, name: JSONName) -> Bool {
    if name.isEscaped { return name.text.utf8Span.span.elementsEqual(known) }
    return name.bytes.span.elementsEqual(known)
  }
}
