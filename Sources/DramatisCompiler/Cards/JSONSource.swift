import Dramatis

/// A text of JSON whose values know the bytes that they were written as.
///
/// What is not read stays as it was written: the spelling of numbers, escapes and the order of keys.
struct JSONSource: Sendable {
  /// The text in UTF-8, without a mark of byte order.
  let bytes: [UInt8]
  let root: JSONPart

  /// Values may nest so deep at most; real cards nest ten deep.
  static let maximumDepth = 200
  /// So many values are read at most, so that a file of brackets takes no gigabytes.
  static let maximumCount = 2_000_000

  /// Reads a text that is one value of JSON; nil where it is none or exceeds the bounds.
  ///
  /// - Complexity: O(n) in the bytes.
  init?(_ bytes: [UInt8]) {
    var parser = JSONPartParser(bytes)
    guard let root = parser.document() else { return nil }
    self.bytes = bytes
    self.root = root
  }

  /// The value of a number; nil for anything else.
  func number(_ part: JSONPart?) -> Double? {
    guard let part, part.isNumber else { return nil }
    return Double(String(decoding: written(part), as: UTF8.self))
  }

  /// A number as a whole one; nil beyond a thousand million.
  func whole(_ part: JSONPart?) -> Int? { number(part).flatMap { abs($0) < 1e9 ? Int($0) : nil } }

  /// A string in which half a pair of surrogates stands as the escape that it was written as, as patterns have it.
  func pattern(_ part: JSONPart) -> String? {
    guard case .string(let text, let isHalved) = part.content else { return nil }
    guard isHalved else { return text }
    var parser = JSONPartParser(Array(written(part)), keepsHalves: true)
    return parser.document()?.string
  }

  /// The text as it was written between two places.
  func written(_ part: JSONPart) -> ArraySlice<UInt8> { bytes[part.range] }
}

/// A value of JSON and where it stands.
struct JSONPart: Sendable {
  enum Content: Sendable {
    case object([Member])
    case array([JSONPart])
    /// A string, decoded; half a pair of surrogates became U+FFFD.
    case string(String, isHalved: Bool)
    case number
    case boolean(Bool)
    case null
  }

  struct Member: Sendable {
    let key: String
    let value: JSONPart
  }

  let content: Content
  let range: Range<Int>

  /// The value of a key; of keys that are repeated the last counts, as everywhere.
  subscript(key: String) -> JSONPart? { members?.last { $0.key == key }?.value }

  var members: [Member]? { if case .object(let members) = content { members } else { nil } }
  var elements: [JSONPart]? { if case .array(let elements) = content { elements } else { nil } }
  var string: String? { if case .string(let text, _) = content { text } else { nil } }
  var isNumber: Bool { if case .number = content { true } else { false } }
  var isNull: Bool { if case .null = content { true } else { false } }

  /// All strings below, keys of objects among them.
  func forEachString(_ body: (String, _ isHalved: Bool) -> Void) {
    switch content {
    case .object(let members):
      for member in members {
        body(member.key, false)
        member.value.forEachString(body)
      }
    case .array(let elements): for element in elements { element.forEachString(body) }
    case .string(let text, let isHalved): body(text, isHalved)
    case .number, .boolean, .null: break
    }
  }
}

/// Reads JSON as RFC 8259 has it.
private struct JSONPartParser {
  private let bytes: [UInt8]
  private let keepsHalves: Bool
  private var position = 0
  private var count = 0

  /// - Parameter keepsHalves: Whether half a pair of surrogates stays an escape.
  init(_ bytes: [UInt8], keepsHalves: Bool = false) {
    self.bytes = bytes
    self.keepsHalves = keepsHalves
  }

  mutating func document() -> JSONPart? {
    guard let root = value(depth: 0) else { return nil }
    skipBlanks()
    return position == bytes.count ? root : nil
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { position += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skip(word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func value(depth: Int) -> JSONPart? {
    skipBlanks()
    count += 1
    guard depth <= JSONSource.maximumDepth, count <= JSONSource.maximumCount, let byte = next else {
      return nil
    }
    let start = position
    guard let content = content(beginning: byte, depth: depth) else { return nil }
    return JSONPart(content: content, range: start..<position)
  }

  private mutating func content(beginning byte: UInt8, depth: Int) -> JSONPart.Content? {
    switch Unicode.Scalar(byte) {
    case "{": return object(depth: depth)
    case "[": return array(depth: depth)
    case "\"": return string().map { .string($0.text, isHalved: $0.isHalved) }
    case "t": return skip(word: "true") ? .boolean(true) : nil
    case "f": return skip(word: "false") ? .boolean(false) : nil
    case "n": return skip(word: "null") ? .null : nil
    default: return number() ? .number : nil
    }
  }

  private mutating func object(depth: Int) -> JSONPart.Content? {
    var members: [JSONPart.Member] = []
    position += 1
    skipBlanks()
    if skip("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\""), let key = string() else { return nil }
      skipBlanks()
      guard skip(":"), let value = value(depth: depth + 1) else { return nil }
      members.append(JSONPart.Member(key: key.text, value: value))
      skipBlanks()
    } while skip(",")
    return skip("}") ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONPart.Content? {
    var elements: [JSONPart] = []
    position += 1
    skipBlanks()
    if skip("]") { return .array([]) }
    repeat {
      guard let element = value(depth: depth + 1) else { return nil }
      elements.append(element)
      skipBlanks()
    } while skip(",")
    return skip("]") ? .array(elements) : nil
  }

  private mutating func number() -> Bool {
    _ = skip("-")
    if !skip("0") { guard digits() else { return false } }
    if skip(".") { guard digits() else { return false } }
    if skip("e") || skip("E") {
      if !skip("+") { _ = skip("-") }
      return digits()
    }
    return true
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func string() -> (text: String, isHalved: Bool)? {
    position += 1
    var decoded: [UInt8] = []
    var isHalved = false
    while let byte = next {
      position += 1
      switch Unicode.Scalar(byte) {
      case "\"": return (String(decoding: decoded, as: UTF8.self), isHalved)
      case "\\":
        let start = position
        guard let scalar = escape() else { return nil }
        if scalar.isHalved, keepsHalves {
          decoded += [UInt8(ascii: "\\")] + bytes[start..<position]
          continue
        }
        isHalved = isHalved || scalar.isHalved
        decoded.append(contentsOf: String(scalar.text).utf8)
      default:
        guard byte >= 0x20 else { return nil }
        decoded.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> (text: Unicode.Scalar, isHalved: Bool)? {
    guard let byte = next else { return nil }
    position += 1
    switch Unicode.Scalar(byte) {
    case "n": return ("\n", false)
    case "t": return ("\t", false)
    case "r": return ("\r", false)
    case "b": return ("\u{8}", false)
    case "f": return ("\u{C}", false)
    case "\"", "\\", "/": return (Unicode.Scalar(byte), false)
    case "u":
      guard let unit = unit() else { return nil }
      return scalar(of: unit)
    default: return nil
    }
  }

  private mutating func unit() -> UInt32? {
    guard position + 4 <= bytes.count,
      let value = UInt32(String(decoding: bytes[position..<(position + 4)], as: UTF8.self), radix: 16),
      bytes[position] != UInt8(ascii: "+")
    else { return nil }
    position += 4
    return value
  }

  /// The scalar of a code unit, together with the low half that follows a high one.
  private mutating func scalar(of unit: UInt32) -> (text: Unicode.Scalar, isHalved: Bool) {
    if let scalar = Unicode.Scalar(unit) { return (scalar, false) }
    let start = position
    if (0xD800..<0xDC00).contains(unit), skip(word: "\\u"), let low = self.unit(),
      (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    {
      return (scalar, false)
    }
    position = start
    return ("\u{FFFD}", true)
  }
}

extension String {
  /// The text as a string of JSON; there is none that cannot be one.
  var jsonQuoted: String { (try? jsonLine()) ?? "\"\"" }
}
