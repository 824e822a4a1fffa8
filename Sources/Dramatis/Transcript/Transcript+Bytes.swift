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
      struct Header: Decodable { let version: Int }
      let header: Header
    }
    let decoder = JSONDecoder()
    guard let version = (try? decoder.decode(Version.self, from: Data(body)))?.header.version else {
      throw .notATranscript
    }
    guard version == TranscriptHeader.currentVersion else { throw .unsupportedVersion(version) }
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

  /// Whether a branch may be called so: up to 100 letters, digits, `_`, `-` and `.`, and not digits alone.
  public static func isBranchName(_ name: String) -> Bool {
    !name.isEmpty && name.count <= 100 && !name.allSatisfy(\.isNumber)
      && name.allSatisfy { $0.isLetter || $0.isNumber || "_-.".contains($0) }
  }
}
