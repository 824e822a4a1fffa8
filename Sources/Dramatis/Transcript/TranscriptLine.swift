import FoundationEssentials

/// One line of a transcript: a record with a checksum over its exact bytes.
///
/// `{"check":"<16 hexadecimal digits of SHA-256>","record":{…}}`
enum TranscriptLine {
  private static let digits = 16
  private static let before = Array(#"{"check":""#.utf8)
  private static let between = Array(#"","record":"#.utf8)
  private static let after = UInt8(ascii: "}")

  /// The line with its break.
  static func bytes(_ record: some Encodable) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      let body = try encoder.encode(record)
      return before + check(body) + between + body + [after, 0x0A]
    } catch {
      preconditionFailure("records hold only finite numbers and strings, which JSON can write: \(error)")
    }
  }

  /// The record of a line without its break; nil where the checksum does not fit.
  static func body(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let start = line.startIndex + before.count + digits + between.count
    guard line.count > before.count + digits + between.count, line.starts(with: before), line.last == after
    else { return nil }
    let checkStart = line.startIndex + before.count
    let body = line[start..<(line.endIndex - 1)]
    guard line[(checkStart + digits)...].starts(with: between),
      line[checkStart..<(checkStart + digits)].elementsEqual(check(body))
    else { return nil }
    return body
  }

  private static func check(_ body: some Collection<UInt8>) -> [UInt8] {
    Array(SHA256.hex(body).utf8.prefix(digits))
  }
}

/// What the body of a line holds.
enum TranscriptBody: Codable {
  case header(TranscriptHeader)
  case record(TranscriptRecord)

  private enum Key: String, CodingKey {
    case header, entry, head
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let entry = try container.decodeIfPresent(Entry.self, forKey: .entry) {
      self = .record(.entry(entry))
    } else if let head = try container.decodeIfPresent(Head.self, forKey: .head) {
      self = .record(.head(head))
    } else {
      self = .header(try container.decode(TranscriptHeader.self, forKey: .header))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .header(let header): try container.encode(header, forKey: .header)
    case .record(.entry(let entry)): try container.encode(entry, forKey: .entry)
    case .record(.head(let head)): try container.encode(head, forKey: .head)
    }
  }
}
