/// A picture as its chunks, in order; nothing of the picture itself is read.
struct PNGFile: Sendable {
  /// A chunk with its name, what it holds, and its bytes as they stand in the file.
  struct Chunk: Sendable {
    let type: String
    let contents: ArraySlice<UInt8>
    let whole: ArraySlice<UInt8>
    let isSound: Bool
  }

  /// How a file ends before its end.
  enum Damage: Sendable {
    case truncated
    /// A chunk claims more than any file has.
    case length
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// What only a length that was made up exceeds.
  private static let longestChunk = 1 << 30

  private(set) var chunks: [Chunk] = []
  private(set) var damage: Damage?

  /// Reads a file up to its end chunk, or up to where it is damaged; nil where it is no PNG.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: Self.signature) else { return nil }
    var rest = bytes[Self.signature.count...]
    while chunks.last?.type != "IEND" {
      guard let length = rest.bigEndian(UInt32.self, at: 0), rest.count >= 12 else {
        damage = .truncated
        return
      }
      guard Int(length) <= rest.count - 12 else {
        damage = Int(length) >= Self.longestChunk ? .length : .truncated
        return
      }
      let whole = rest.prefix(12 + Int(length))
      let sum = whole.bigEndian(UInt32.self, at: 8 + Int(length))
      chunks.append(
        Chunk(
          type: String(decoding: whole.dropFirst(4).prefix(4), as: UTF8.self),
          contents: whole.dropFirst(8).dropLast(4), whole: whole,
          isSound: sum == Zlib.checksum(of: whole.dropFirst(4).dropLast(4))))
      rest = rest.dropFirst(whole.count)
    }
  }

  /// The bytes of a chunk.
  static func chunk(_ type: String, _ contents: [UInt8]) -> [UInt8] {
    let summed = Array(type.utf8) + contents
    return UInt32(contents.count).bigEndianBytes + summed + Zlib.checksum(of: summed[...]).bigEndianBytes
  }

  /// A small plain picture, for a card that has none.
  static var plain: PNGFile? {
    let (width, height) = (32, 48)
    let row: [UInt8] = [0] + [UInt8](repeating: 0x70, count: width)
    let size = UInt32(width).bigEndianBytes + UInt32(height).bigEndianBytes
    let rows = Zlib.deflate(Array(repeatElement(row, count: height).joined()))
    return PNGFile(
      signature + chunk("IHDR", size + [8, 0, 0, 0, 0]) + chunk("IDAT", rows) + chunk("IEND", []))
  }
}

extension PNGFile.Chunk {
  /// The keyword and the text of a text chunk; nil for another one and for one that has no keyword.
  ///
  /// - Parameter limit: The most bytes that the text may have.
  func text(limit: Int) throws(Zlib.Failure) -> (keyword: String, text: [UInt8])? {
    guard let keyword = textKeyword else { return nil }
    let rest = contents.dropFirst(keyword.utf8.count + 1)
    switch type {
    case "tEXt":
      guard rest.count <= limit else { throw .tooLarge }
      return (keyword, Array(rest))
    case "zTXt": return (keyword, try Zlib.inflate(rest.dropFirst(), limit: limit, form: .zlib))
    default: return try internationalText(rest, limit: limit).map { (keyword, $0) }
    }
  }

  /// The keyword of a text chunk.
  var textKeyword: String? {
    guard ["tEXt", "zTXt", "iTXt"].contains(type), let end = contents.prefix(80).firstIndex(of: 0),
      end > contents.startIndex
    else { return nil }
    let keyword = contents[..<end]
    // A keyword is Latin-1; those that are looked for are ASCII.
    return keyword.allSatisfy { $0 < 0x80 } ? String(decoding: keyword, as: UTF8.self) : nil
  }

  private func internationalText(_ rest: ArraySlice<UInt8>, limit: Int) throws(Zlib.Failure) -> [UInt8]? {
    guard rest.count >= 2, let isCompressed = rest.first else { return nil }
    let names = rest.dropFirst(2)
    guard let language = names.firstIndex(of: 0), let translated = names[(language + 1)...].firstIndex(of: 0)
    else {
      return nil
    }
    let text = names[(translated + 1)...]
    if isCompressed != 0 { return try Zlib.inflate(text, limit: limit, form: .zlib) }
    guard text.count <= limit else { throw .tooLarge }
    return Array(text)
  }
}
