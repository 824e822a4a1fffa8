extension JSONValue {
  /// Parses bytes that hold one value and nothing else.
  init(parsing bytes: [UInt8]) throws(JSONError) { try self.init(parsing: bytes.span) }

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
