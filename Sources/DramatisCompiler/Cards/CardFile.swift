import Dramatis
import FoundationEssentials

/// Why a file is no card that can be read.
public struct CardRefusal: Error, Sendable, CustomStringConvertible {
  /// The kind of a refusal; its raw value is what machines are told.
  public enum Reason: String, Sendable {
    case notPNG = "not-png"
    case notZip = "not-zip"
    case noCard = "no-card"
    case noName = "no-name"
    case base64, json, truncated, length, corrupt, encrypted, compression
    case tooLarge = "too-large"
  }

  /// Which kind of refusal it is.
  public let reason: Reason

  init(_ reason: Reason) { self.reason = reason }

  /// What is wrong, in a sentence without a full stop.
  public var description: String {
    switch reason {
    case .notPNG: "this is not a PNG picture, whatever its name says"
    case .notZip: "this is not a CHARX archive, whatever its name says"
    case .noCard:
      "there is no character card in it: many sites take the card out of the picture, get the original"
    case .noName: "the card has no name; write one into its 'name'"
    case .base64: "the card in the picture is damaged: its text is not base64"
    case .json: "the card is not JSON that can be read, or nested without end"
    case .truncated: "the file ends too early; get it again"
    case .length: "the file is damaged: a part of it claims to be longer than the file"
    case .tooLarge: "it holds far more than any card; nothing of it was kept"
    case .corrupt: "the archive is damaged"
    case .encrypted: "the archive is encrypted; take the password off"
    case .compression: "the archive is packed in a way that is not read; pack it again with deflate"
    }
  }
}

/// A file in which a card lies, and the text of the card.
struct CardFile: Sendable {
  /// What the file is, with all that is kept of it.
  enum Container: Sendable {
    case json
    case png(PNGFile)
    /// An archive, perhaps behind a picture.
    case archive(ZipArchive)
  }

  static let cardName = "card.json"
  /// The largest file that is read, in bytes.
  static let maximumFile = 256 << 20
  /// The largest card that is read, in bytes of JSON.
  static let maximumCard = 32 << 20

  let container: Container
  let text: CardText
  /// What machines are told of where the card was: `json`, `charx`, `charx-jpeg`, or chunk and keyword.
  let source: String
  let repairs: [CardRepair]

  /// Finds the card in a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - ending: The ending of its name, which says what it claims to be; empty where nothing does.
  init(_ bytes: [UInt8], ending: String) throws(CardRefusal) {
    guard bytes.count <= Self.maximumFile else { throw CardRefusal(.tooLarge) }
    let ending = ending.lowercased()
    if let png = PNGFile(bytes) {
      try self.init(png)
    } else if Self.isArchive(bytes) || ["charx", "jpeg", "jpg", "zip"].contains(ending) {
      guard ending != "png" else { throw CardRefusal(.notPNG) }
      try self.init(archive: bytes, isPicture: bytes.starts(with: [0xFF, 0xD8]))
    } else {
      guard ending != "png" else { throw CardRefusal(.notPNG) }
      guard let text = CardText(bytes) else { throw CardRefusal(.json) }
      self.init(container: .json, text: text, source: "json", repairs: [])
    }
  }

  private static func isArchive(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xD8]) || bytes.starts(with: [0x50, 0x4B])
  }

  private init(container: Container, text: CardText, source: String, repairs: [CardRepair]) {
    self.container = container
    self.text = text
    self.source = source
    self.repairs = repairs + text.repairs
  }

  // MARK: Archives

  private init(archive bytes: [UInt8], isPicture: Bool) throws(CardRefusal) {
    let archive = try CardRefusal.mapping(isPicture: isPicture, try ZipArchive(bytes))
    guard let member = archive.members.first(where: { $0.name == Self.cardName }) else {
      throw CardRefusal(.noCard)
    }
    let contents = try CardRefusal.mapping(
      isPicture: isPicture, try archive.contents(of: member, limit: Self.maximumCard))
    guard let text = CardText(contents.bytes) else { throw CardRefusal(.json) }
    var repairs: [CardRepair] = contents.isSound ? [] : [.crc]
    if archive.members.contains(where: \.isUnsafe) { repairs.append(.unsafePath) }
    self.init(
      container: .archive(archive), text: text, source: isPicture ? "charx-jpeg" : "charx", repairs: repairs)
  }

  // MARK: Pictures

  /// A text chunk with one of the keywords that cards have.
  private struct Candidate {
    let chunk: PNGFile.Chunk
    let keyword: String

    var source: String { "\(chunk.type) \(keyword.lowercased())" }

    var repairs: [CardRepair] {
      (chunk.type == "tEXt" ? [] : [.chunkType]) + (keyword == keyword.lowercased() ? [] : [.keywordCase])
    }
  }

  private init(_ png: PNGFile) throws(CardRefusal) {
    let candidates = png.chunks.compactMap { chunk in
      chunk.textKeyword.map { Candidate(chunk: chunk, keyword: $0) }
    }.filter { ["ccv3", "chara"].contains($0.keyword.lowercased()) }
    var repairs: [CardRepair] = []
    if png.damage != nil { repairs.append(png.damage == .length ? .length : .truncated) }
    if png.chunks.contains(where: { !$0.isSound }) { repairs.append(.crc) }
    var refusal: CardRefusal?
    for keyword in ["ccv3", "chara"] {
      let same = candidates.filter { $0.keyword.lowercased() == keyword }
      if same.count > 1 { repairs.append(.duplicateChunk) }
      guard let first = same.first else { continue }
      do {
        var own: [CardRepair] = []
        let text = try Self.text(of: first, repairs: &own)
        if refusal != nil { repairs.append(.ccv3Unreadable) }
        self.init(
          container: .png(png), text: text, source: first.source, repairs: repairs + first.repairs + own)
        return
      } catch {
        refusal = refusal ?? error
      }
    }
    if let refusal { throw refusal }
    throw CardRefusal(png.damage.map { $0 == .length ? .length : .truncated } ?? .noCard)
  }

  private static func text(of candidate: Candidate, repairs: inout [CardRepair]) throws(CardRefusal)
    -> CardText
  {
    let encoded: [UInt8]
    do throws(Zlib.Failure) {
      encoded = try candidate.chunk.text(limit: maximumCard / 3 * 4)?.text ?? []
    } catch {
      throw CardRefusal(error == .tooLarge ? .tooLarge : .corrupt)
    }
    let dense = encoded.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    if dense.count != encoded.count { repairs.append(.base64Whitespace) }
    let missing = (4 - dense.count % 4) % 4
    if missing > 0 { repairs.append(.base64Padding) }
    guard missing < 3, !dense.isEmpty,
      let decoded = Data(base64Encoded: Data(dense + [UInt8](repeating: UInt8(ascii: "="), count: missing)))
    else { throw CardRefusal(.base64) }
    guard let text = CardText(Array(decoded)) else { throw CardRefusal(.json) }
    return text
  }
}

extension CardRefusal {
  /// Reads an archive; where that fails, the file is refused.
  fileprivate static func mapping<Result>(
    isPicture: Bool, _ work: @autoclosure () throws(ZipArchive.Failure) -> Result
  ) throws(CardRefusal) -> Result {
    do throws(ZipArchive.Failure) {
      return try work()
    } catch {
      switch error {
      case .noArchive: throw CardRefusal(isPicture ? .noCard : .notZip)
      case .truncated: throw CardRefusal(.truncated)
      case .corrupt: throw CardRefusal(.corrupt)
      case .encrypted: throw CardRefusal(.encrypted)
      case .compression: throw CardRefusal(.compression)
      case .tooLarge: throw CardRefusal(.tooLarge)
      }
    }
  }
}
