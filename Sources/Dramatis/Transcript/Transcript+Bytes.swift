import FoundationEssentials

extension Transcript {
  /// The largest transcript that is read, in bytes.
  public static let maximumBytes = 256 << 20

  /// The whole transcript as JSON lines, each with a checksum.
  public var bytes: [UInt8] { headerBytes + bytes(of: records[...]) }

  var headerBytes: [UInt8] { TranscriptLine.bytes(TranscriptBody.header(header)) }

  func bytes(of records: ArraySlice<TranscriptRecord>) -> [UInt8] {
    records.flatMap { TranscriptLine.bytes(TranscriptBody.record($0)) }
  }

  /// Whether bytes look like a transcript rather than like anything else.
  public static func isTranscript(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: TranscriptLine.before)
  }

  /// Reads a transcript; nothing in the bytes is trusted.
  ///
  /// A last line that was not written to its end is left out.
  ///
  /// - Throws: ``TranscriptError``.
  public init(bytes: [UInt8]) throws(TranscriptError) {
    self = try Self.read(bytes).transcript
  }

  /// The transcript, and how many of the bytes it takes: what follows is a torn tail.
  static func read(_ bytes: [UInt8]) throws(TranscriptError) -> (transcript: Transcript, length: Int) {
    guard bytes.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    guard let first = lines.first, let body = TranscriptLine.body(first) else { throw .notATranscript }
    var transcript = Transcript(header: try header(body))
    var length = first.count + 1
    for (index, line) in lines.enumerated().dropFirst() {
      guard line.endIndex < bytes.endIndex, let body = TranscriptLine.body(line) else {
        // After a torn line nothing was ever written; whatever follows was damaged later.
        if let later = lines[(index + 1)...].firstIndex(where: { TranscriptLine.body($0) != nil }) {
          throw .damaged(line: index + 1, why: "line \(later + 1) after it is whole")
        }
        break
      }
      try transcript.add(body, line: index + 1)
      length += line.count + 1
    }
    return (transcript, length)
  }

  private static func header(_ body: ArraySlice<UInt8>) throws(TranscriptError) -> TranscriptHeader {
    struct Version: Decodable {
      struct Header: Decodable {
        let version: Int
        let rules: Int?
      }
      let header: Header
    }
    let decoder = JSONDecoder()
    guard let known = (try? decoder.decode(Version.self, from: Data(body)))?.header else {
      throw .notATranscript
    }
    guard known.version == TranscriptHeader.currentVersion else { throw .unsupportedVersion(known.version) }
    if let rules = known.rules, Rules(rawValue: rules) == nil { throw .unsupportedRules(rules) }
    guard case .header(let header) = try? decoder.decode(TranscriptBody.self, from: Data(body)) else {
      throw .damaged(line: 1, why: "it does not hold what a header holds")
    }
    return header
  }

  private mutating func add(_ body: ArraySlice<UInt8>, line: Int) throws(TranscriptError) {
    guard case .record(let record) = try? JSONDecoder().decode(TranscriptBody.self, from: Data(body)) else {
      throw .damaged(line: line, why: "it holds nothing that is known")
    }
    switch record {
    case .entry(let entry):
      guard entry.id == entries.count + 1, (0..<entry.id).contains(entry.parent) else {
        throw .damaged(line: line, why: "it does not follow the lines before it")
      }
    case .head(let head):
      guard (0...entries.count).contains(head.to), Self.isBranchName(head.branch) else {
        throw .damaged(line: line, why: "it points nowhere")
      }
    }
    add(record)
  }
}

/// One line of a transcript: a record with a checksum over its exact bytes.
///
/// `{"check":"<16 hexadecimal digits of SHA-256>","record":{…}}`
private enum TranscriptLine {
  private static let digits = 16
  /// What each line begins with.
  static let before = Array(#"{"check":""#.utf8)
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
private enum TranscriptBody: Codable {
  case header(TranscriptHeader)
  case record(TranscriptRecord)

  private enum Key: String, CodingKey {
    case header, entry, head
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let entry = try container.decodeIfPresent(TranscriptEntry.self, forKey: .entry) {
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
