/// Reads what models write for JSON: with commas to spare, names without quotes, single quotes, remarks, words of Python.
///
/// Objects and arrays that are not closed may end with the text.
struct LooseJSON {
  private let scalars: [Unicode.Scalar]
  private var offset: Int
  private let mayEndOpen: Bool

  /// How much of a text is looked at.
  private static let longest = 1 << 16
  /// How many beginnings of objects and arrays are tried.
  private static let mostTries = 64

  private init(_ scalars: [Unicode.Scalar], from offset: Int, mayEndOpen: Bool) {
    self.scalars = scalars
    self.offset = offset
    self.mayEndOpen = mayEndOpen
  }

  /// The objects and arrays in a text, whatever stands around them, those that begin first first.
  ///
  /// - Parameter mayEndOpen: Whether what is not closed at the end of the text counts as far as it goes.
  static func values(in text: String, mayEndOpen: Bool = false) -> [JSONValue] {
    let scalars = Array(text.unicodeScalars.prefix(longest))
    var values: [JSONValue] = []
    var start = 0
    var tries = 0
    while tries < mostTries, let next = scalars[start...].firstIndex(where: { $0 == "{" || $0 == "[" }) {
      tries += 1
      var reader = LooseJSON(scalars, from: next, mayEndOpen: mayEndOpen)
      if let value = reader.value(depth: 0), value.isStructure {
        values.append(value)
        start = reader.offset
      } else {
        start = next + 1
      }
    }
    return values
  }

  private var next: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

  private mutating func skipSpace() {
    while let scalar = next {
      if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
        offset += 1
      } else if scalar == "/", offset + 1 < scalars.count, scalars[offset + 1] == "/" {
        while let scalar = next, scalar != "\n" { offset += scalar == "\n" ? 0 : 1 }
      } else {
        return
      }
    }
  }

  private mutating func value(depth: Int) -> JSONValue? {
    guard depth < JSONScanner.deepest else { return nil }
    skipSpace()
    switch next {
    case "{": return object(depth: depth)
    case "[": return array(depth: depth)
    case "\"", "'", "“", "‘": return string().map { .string($0) }
    default: return word()
    }
  }

  private mutating func object(depth: Int) -> JSONValue? {
    offset += 1
    var members: [JSONValue.Member] = []
    while true {
      skipSpace()
      guard let scalar = next else { return members.isEmpty || !mayEndOpen ? nil : .object(members) }
      if scalar == "}" {
        offset += 1
        return .object(members)
      }
      if scalar == "," {
        offset += 1
        continue
      }
      guard let name = name() else { return nil }
      skipSpace()
      guard next == ":" || next == "=" || next == "：" else { return nil }
      offset += 1
      guard let value = value(depth: depth + 1) else {
        return members.isEmpty || !mayEndOpen || next != nil ? nil : .object(members)
      }
      members.append(JSONValue.Member(name, value))
      skipSpace()
      guard next == nil || next == "," || next == "}" else { return nil }
    }
  }

  private mutating func array(depth: Int) -> JSONValue? {
    offset += 1
    var elements: [JSONValue] = []
    while true {
      skipSpace()
      guard let scalar = next else { return elements.isEmpty || !mayEndOpen ? nil : .array(elements) }
      if scalar == "]" {
        offset += 1
        return .array(elements)
      }
      if scalar == "," {
        offset += 1
        continue
      }
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
      skipSpace()
      guard next == nil || next == "," || next == "]" else { return nil }
    }
  }

  private mutating func name() -> String? {
    if ["\"", "'", "“", "‘"].contains(next) { return string() }
    return bareWord()
  }

  private mutating func string() -> String? {
    guard let opening = next else { return nil }
    let closing: [Unicode.Scalar] = opening == "“" ? ["”", "\""] : opening == "‘" ? ["’", "'"] : [opening]
    offset += 1
    var text = String.UnicodeScalarView()
    while let scalar = next {
      offset += 1
      if closing.contains(scalar) { return String(text) }
      guard scalar == "\\", let escaped = next else {
        text.append(scalar)
        continue
      }
      offset += 1
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "r": text.append("\r")
      case "u":
        let digits = String(String.UnicodeScalarView(scalars[offset..<min(offset + 4, scalars.count)]))
        text.append(UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}")
        offset = min(offset + 4, scalars.count)
      default: text.append(escaped)
      }
    }
    return nil
  }

  private mutating func bareWord() -> String? {
    var text = String.UnicodeScalarView()
    while let scalar = next,
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || "_-+.".unicodeScalars.contains(scalar)
    {
      text.append(scalar)
      offset += 1
    }
    return text.isEmpty ? nil : String(text)
  }

  private mutating func word() -> JSONValue? {
    guard let text = bareWord() else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    case "null", "None", "nil", "undefined": return .null
    default: return Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .string(text)
    }
  }
}

extension JSONValue {
  /// Whether it is an object or an array that holds something.
  fileprivate var isStructure: Bool {
    switch self {
    case .object(let members): !members.isEmpty
    case .array(let elements): !elements.isEmpty
    default: false
    }
  }
}
