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
    bytes.starts(with: TranscriptLine.before) || bytes.starts(with: byteOrderMark + TranscriptLine.before)
  }

  /// Reads a transcript; nothing in the bytes is trusted.
  ///
  /// A last line that was not written to its end is left out; see ``tornBytes``. A byte-order mark, other line breaks
  /// and a last line without one are read over.
  ///
  /// - Throws: ``TranscriptError``.
  public init(bytes: [UInt8]) throws(TranscriptError) {
    self = try Self.read(bytes).transcript
  }

  /// The transcript, how many of the bytes it takes, since what follows is a torn tail, and whether its last line has no
  /// break.
  static func read(
    _ bytes: [UInt8]
  ) throws(TranscriptError) -> (transcript: Transcript, length: Int, isOpen: Bool) {
    guard bytes.count <= maximumBytes else { throw .tooLarge(limit: maximumBytes) }
    if wideMarks.contains(where: bytes.starts) { throw .otherEncoding }
    let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
    var lines = TextLines(bytes[start...])
    guard let first = lines.next() else { throw .notATranscript }
    guard let body = TranscriptLine.body(first.content) else {
      guard first.content.starts(with: TranscriptLine.before) else { throw .notATranscript }
      throw .damaged(line: first.number, why: TranscriptLine.misfit)
    }
    var transcript = Transcript(header: try header(body))
    var last = first
    while let line = lines.next() {
      guard let body = TranscriptLine.body(line.content) else {
        // After a torn line nothing was ever written; whatever follows was damaged later.
        while let later = lines.next() {
          guard TranscriptLine.body(later.content) == nil else {
            throw .damaged(line: line.number, why: "line \(later.number) after it is whole")
          }
        }
        guard TranscriptLine.isTorn(line) else {
          throw .damaged(line: line.number, why: TranscriptLine.misfit)
        }
        transcript.tornBytes = bytes.endIndex - last.end
        break
      }
      try transcript.add(body, line: line.number)
      last = line
    }
    return (transcript, transcript.tornBytes > 0 ? last.end : bytes.count, !last.hasBreak)
  }

  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// What UTF-16 begins with.
  private static let wideMarks: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0x7B, 0x00], [0x00, 0x7B]]

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

  /// Why a line cannot be taken whose check is of other bytes.
  static let misfit = "its check does not fit what it holds"

  /// Whether a line was left by a crash: it was not written to its end, or the disk wrote none of it.
  ///
  /// A part of an object is never an object. A break is written last, so that a line with one was whole once.
  static func isTorn(_ line: TextLines.Row) -> Bool {
    let written = line.content.prefix { $0 != 0 }
    guard written.starts(with: before) || before.starts(with: written) else { return false }
    if written.count < line.content.count { return true }
    return !line.hasBreak && (try? JSONDecoder().decode(Datum.self, from: Data(line.content))) == nil
  }

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

/// The lines of a text with whatever line breaks, without those that hold nothing.
private struct TextLines {
  struct Row {
    /// Without white space at either end.
    let content: ArraySlice<UInt8>
    /// Where it stands, from 1.
    let number: Int
    /// Where the next one begins.
    let end: Int
    let hasBreak: Bool
  }

  private let bytes: ArraySlice<UInt8>
  private var place: Int
  private var number = 0
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  mutating func next() -> Row? {
    while place < bytes.endIndex {
      let end = bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
      let hasBreak = end < bytes.endIndex
      var content = bytes[place..<end].drop(while: Self.isBlank)
      while let last = content.last, Self.isBlank(last) { content.removeLast() }
      place = hasBreak ? end + 1 : end
      let isHalfBreak = hasBreak && bytes[end] == 0x0D && bytes[place...].first == 0x0A
      defer { number += isHalfBreak ? 0 : 1 }
      if !content.isEmpty {
        return Row(content: content, number: number + 1, end: place, hasBreak: hasBreak)
      }
    }
    return nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
