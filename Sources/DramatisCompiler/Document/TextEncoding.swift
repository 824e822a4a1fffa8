/// Accepts UTF-8, with or without a byte-order mark, and nothing else.
enum TextEncoding {
  enum Outcome {
    case success(SourceFile, [Diagnostic])
    case failure(DocumentReading)
  }

  static func decode(_ bytes: [UInt8], name: String) -> Outcome {
    if let encoding = foreignMark(of: bytes) { return .failure(foreign(encoding, name)) }
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let text = hasMark ? Array(bytes.dropFirst(3)) : bytes
    let warnings = hasMark ? [byteOrderMark] : []
    if let bad = firstBadByte(of: text) { return .failure(invalid(text, at: bad, name, warnings)) }
    return .success(SourceFile(name: name, validBytes: text), warnings)
  }

  private static let byteOrderMark = Diagnostic(
    .byteOrderMark, message: "the file begins with a byte-order mark",
    help: ["save it as UTF-8 without a byte-order mark"])

  /// The mark of UTF-32 begins with that of UTF-16.
  private static func foreignMark(of bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    return nil
  }

  private static func foreign(_ encoding: String, _ name: String) -> DocumentReading {
    let message = "the file is encoded in \(encoding), not in UTF-8"
    let diagnostic = Diagnostic(.notUTF8, message: message, help: ["save it as UTF-8"])
    return DocumentReading(file: SourceFile(name: name, text: ""), diagnostics: [diagnostic])
  }

  private static func firstBadByte(of bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func invalid(
    _ bytes: [UInt8], at offset: Int, _ name: String, _ warnings: [Diagnostic]
  ) -> DocumentReading {
    let file = SourceFile(name: name, text: String(decoding: bytes, as: UTF8.self))
    let digits = String(bytes[offset], radix: 16, uppercase: true)
    let diagnostic = Diagnostic(
      .notUTF8, message: "the file is not encoded in UTF-8", at: file.span(offset..<offset + 3),
      label: "the byte 0x\(digits) is no part of a character here", help: ["save it as UTF-8"])
    return DocumentReading(file: file, diagnostics: warnings + [diagnostic])
  }
}
