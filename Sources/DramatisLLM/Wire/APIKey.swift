import Dramatis

/// A secret that proves to a service who asks; it is never printed.
public struct APIKey: Hashable, Sendable {
  /// The secret itself, for the header alone.
  let secret: String
  /// What stands where a key was.
  static let placeholder = "[key]"

  /// Takes a key, without what it is pasted or written with: space, quotes, a byte order mark, `Bearer`, `NAME=`.
  ///
  /// - Throws: ``ModelError/badKey(_:)`` where it is empty or could not stand in a header.
  public init(_ text: some StringProtocol) throws(ModelError) {
    let kept = Array(Self.bare(String(text)).utf8)
    guard !kept.isEmpty else { throw .badKey("it is empty") }
    guard kept.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw .badKey("it holds a space, a control character or a letter beyond ASCII")
    }
    secret = String(decoding: kept, as: UTF8.self)
  }

  /// The key in what editors, shells and clipboards make of it.
  private static func bare(_ text: String) -> String {
    var key = text.trimmed(of: invisible)
    for start in ["export ", "Authorization:", "Bearer "] where key.lowercased().hasPrefix(start.lowercased())
    {
      key = String(key.dropFirst(start.count)).trimmed(of: invisible)
    }
    if let sign = key.firstIndex(where: { $0 == "=" || $0 == ":" }), key[sign...].count > 1,
      key[..<sign].hasSuffix("_KEY") || key[..<sign].hasSuffix("_TOKEN")
    {
      key = String(key[key.index(after: sign)...]).trimmed(of: invisible)
    }
    for (opens, closes) in [("\"", "\""), ("'", "'"), ("“", "”"), ("`", "`"), ("<", ">")]
    where key.count > 1 && key.hasPrefix(opens) && key.hasSuffix(closes) {
      key = String(key.dropFirst().dropLast()).trimmed(of: invisible)
    }
    return key
  }

  private static func invisible(_ character: Unicode.Scalar) -> Bool {
    character.properties.isWhitespace || ["\u{FEFF}", "\u{200B}", "\u{2060}", "\0"].contains(character)
  }

  /// The text of a file; those of Windows may have two bytes a character.
  private static func text(_ bytes: [UInt8]) -> String {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return String(decoding: bytes, as: UTF8.self) }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { start in
      let pair = (UInt16(bytes[start]), UInt16(bytes[start + 1]))
      return isLittle ? pair.1 << 8 | pair.0 : pair.0 << 8 | pair.1
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// Reads a key from a file that only its owner can read.
  ///
  /// - Throws: ``ModelError/badKey(_:)`` where the file is missing, not a file, longer than 4 KiB or open to others.
  public init(file path: String) throws(ModelError) {
    let bytes: [UInt8]
    do {
      bytes = try readPrivateFile(path, atMost: 4096)
    } catch {
      throw .badKey(Self.reason(error))
    }
    try self.init(Self.text(bytes))
  }

  private static func reason(_ error: PrivateFileError) -> String {
    switch error {
    case .notOpened: "its file cannot be opened"
    case .notPlain: "its file is not a file"
    case .openToOthers: "others may read its file; use 'chmod 600' on it"
    case .unreadable: "its file cannot be read or is too long"
    }
  }
}

extension APIKey {
  /// How the key is written where it cannot stand as it is: in an address, on a page, in a string, in a basic header.
  var spellings: [String] {
    guard secret.utf8.count >= 6 else { return [] }
    let isPlain = { (byte: UInt8) in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._~".utf8.contains(byte)
    }
    func percent(_ digits: [Character]) -> String {
      secret.utf8.reduce(into: "") { text, byte in
        if isPlain(byte) {
          text.append(Character(Unicode.Scalar(byte)))
        } else {
          text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
      }
    }
    func marked(_ marks: [Character: String]) -> String {
      secret.reduce(into: "") { $0 += marks[$1] ?? String($1) }
    }
    let entities: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;"]
    let quotes: [[Character: String]] = [
      [:], ["\"": "&quot;"], ["\"": "&quot;", "'": "&#39;"], ["\"": "&quot;", "'": "&#x27;"],
      ["\"": "&#34;", "'": "&#39;"],
    ]
    let escapes: [[Character: String]] = [
      ["\\": "\\\\", "\"": "\\\""], ["\\": "\\\\", "'": "\\'"], ["\\": "\\\\"], ["\"": "\\\""],
    ]
    let all =
      [percent(Array("0123456789ABCDEF")), percent(Array("0123456789abcdef")), Self.base64(secret)]
      + quotes.map { marked(entities.merging($0) { $1 }) } + escapes.map(marked)
    return Array(Set(all.filter { $0 != secret })).sorted { $0.utf8.count > $1.utf8.count }
  }

  /// A text as a basic header holds it, without the signs that fill it up.
  private static func base64(_ text: String) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    let bytes = Array(text.utf8)
    var encoded = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for digit in 0...part.count { encoded.append(letters[bits >> (18 - 6 * digit) & 63]) }
    }
    return encoded
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Says that there is a key, and not which.
  public var description: String { Self.placeholder }
  /// Says that there is a key, and not which.
  public var debugDescription: String { description }
  /// Shows nothing, so that a dump shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
  /// The same without the characters at both ends that are of a kind.
  func trimmed(of isOfKind: (Unicode.Scalar) -> Bool) -> String {
    let start = unicodeScalars.drop(while: isOfKind)
    let end = start.reversed().drop(while: isOfKind).reversed()
    var text = String.UnicodeScalarView()
    text.append(contentsOf: end)
    return String(text)
  }
}
