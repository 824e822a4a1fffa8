/// Any JSON; objects keep the order of their members, so that the same value is always the same bytes.
public enum JSONValue: Hashable, Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number; never infinite and never NaN.
  case number(Double)
  /// A string.
  case string(String)
  /// An array.
  case array([JSONValue])
  /// An object.
  case object([Member])

  /// A name and its value.
  public struct Member: Hashable, Sendable {
    /// The name.
    public let name: String
    /// What it stands for.
    public let value: JSONValue

    /// Makes a member of an object.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The value of the last member of this name; nil for anything but an object that has it.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.name == name }?.value
  }

  /// The elements of an array; nil for anything else.
  package var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The text of a string; nil for anything else.
  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number; nil for anything else.
  package var double: Double? {
    guard case .number(let number) = self else { return nil }
    return number
  }

  /// The value of a whole number; nil for anything else.
  package var int: Int? { double.flatMap(Int.init(exactly:)) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// An array.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// An object in the order written.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member($0.0, $0.1) })
  }
}

extension JSONValue {
  /// Parses bytes that hold one value and nothing else.
  package init(parsing bytes: [UInt8]) throws(JSONError) { try self.init(parsing: bytes.span) }

  /// Parses bytes that hold one value and nothing else.
  init(parsing bytes: Span<UInt8>) throws(JSONError) {
    self = try JSONScanner.scan(bytes) { scanner throws(JSONError) in try scanner.readValue() }
  }
}

extension JSONScanner {
  /// Reads a value of any kind.
  mutating func readValue() throws(JSONError) -> JSONValue {
    switch try next() {
    case UInt8(ascii: "{"): return try readMembers()
    case UInt8(ascii: "["): return try readElements()
    case UInt8(ascii: "\""): return .string(try readString())
    case UInt8(ascii: "t"):
      try readWord("true")
      return .bool(true)
    case UInt8(ascii: "f"):
      try readWord("false")
      return .bool(false)
    case UInt8(ascii: "n"):
      try readWord("null")
      return .null
    default: return .number(try readNumber())
    }
  }

  private mutating func readMembers() throws(JSONError) -> JSONValue {
    var members: [JSONValue.Member] = []
    try readObject { scanner, name throws(JSONError) in
      members.append(JSONValue.Member(name.text, try scanner.readValue()))
    }
    return .object(members)
  }

  private mutating func readElements() throws(JSONError) -> JSONValue {
    var elements: [JSONValue] = []
    try readArray { scanner, _ throws(JSONError) in elements.append(try scanner.readValue()) }
    return .array(elements)
  }
}

extension JSONValue {
  /// The value as JSON without space: the same value always gives the same bytes.
  package var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.write(self)
    return writer.bytes
  }

  /// The value as text, for a message or an instruction.
  package var spelled: String { String(decoding: bytes, as: UTF8.self) }
}

/// Writes JSON.
private struct JSONWriter {
  private(set) var bytes: [UInt8] = []

  mutating func write(_ value: JSONValue) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let isTrue): bytes += (isTrue ? "true" : "false").utf8
    case .number(let number): write(number)
    case .string(let text): write(text)
    case .array(let elements): write(elements, between: "[", and: "]") { $0.write($1) }
    case .object(let members):
      write(members, between: "{", and: "}") { writer, member in
        writer.write(member.name)
        writer.bytes.append(UInt8(ascii: ":"))
        writer.write(member.value)
      }
    }
  }

  private mutating func write<T>(
    _ items: [T], between start: Unicode.Scalar, and end: Unicode.Scalar,
    item: (inout JSONWriter, T) -> Void
  ) {
    bytes.append(UInt8(ascii: start))
    for (index, element) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      item(&self, element)
    }
    bytes.append(UInt8(ascii: end))
  }

  /// JSON knows no infinity; such a number is a mistake of ours and becomes null.
  private mutating func write(_ number: Double) {
    guard number.isFinite else { return bytes += "null".utf8 }
    if let whole = Int(exactly: number) { bytes += "\(whole)".utf8 } else { bytes += "\(number)".utf8 }
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes += #"\""#.utf8
      case UInt8(ascii: "\\"): bytes += #"\\"#.utf8
      case 0x0A: bytes += #"\n"#.utf8
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        bytes += "\\u\(digits.count == 1 ? "000" : "00")\(digits)".utf8
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONValue {
  /// The value that a text spells as JSON, else the text itself.
  package init(loosely text: String) {
    self = (try? JSONValue(parsing: Array(text.utf8))) ?? .string(text)
  }
}
