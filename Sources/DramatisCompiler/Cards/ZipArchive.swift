/// An archive as its members, which are read within bounds and never written to a disk.
struct ZipArchive: Sendable {
  /// A file in an archive, as the directory at the end describes it.
  struct Member: Sendable {
    let name: String
    /// The name as it is written, in whichever set of characters.
    let nameBytes: [UInt8]
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let size: Int
    /// What is stored of it, compressed or not.
    let stored: Range<Int>
    let isLink: Bool

    /// Whether the name leads out of a folder, or is no name of a file at all.
    var isUnsafe: Bool {
      let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
      return isLink || name.isEmpty || parts.first == "" || parts.contains("..") || parts.first?.last == ":"
        || name.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
  }

  enum Failure: Error {
    case noArchive, truncated, corrupt, encrypted, compression, tooLarge
  }

  private static let maximumMembers = 65_536

  let bytes: [UInt8]
  /// Where the archive begins: a picture may stand before it.
  let start: Int
  private(set) var members: [Member] = []

  /// Finds an archive by its end record and reads its directory.
  ///
  /// - Complexity: O(n log n) in its members.
  init(_ bytes: [UInt8]) throws(Failure) {
    self.bytes = bytes
    guard let end = Self.endRecord(of: bytes) else {
      throw bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) ? .truncated : .noArchive
    }
    let directory = try Directory(end: end, in: bytes)
    start = directory.shift
    guard directory.count <= Self.maximumMembers else { throw .tooLarge }
    var position = directory.range.lowerBound
    for _ in 0..<directory.count {
      let (member, next) = try Self.member(at: position, shift: start, in: bytes, before: directory.range)
      members.append(member)
      position = next
    }
    try requireDistinctPlaces()
  }

  /// What a member holds.
  ///
  /// - Parameter limit: The most bytes that may come out.
  func contents(of member: Member, limit: Int) throws(Failure) -> (bytes: [UInt8], isSound: Bool) {
    guard !member.isEncrypted else { throw .encrypted }
    guard member.size <= limit, member.stored.count <= limit else { throw .tooLarge }
    let stored = bytes[member.stored]
    let contents: [UInt8]
    switch member.method {
    case 0: contents = Array(stored)
    case 8:
      do {
        contents = try Zlib.inflate(stored, limit: member.size, form: .raw)
      } catch .tooLarge {
        // It holds more than it says.
        throw .tooLarge
      } catch {
        throw .corrupt
      }
    default: throw .compression
    }
    guard contents.count == member.size else { throw .corrupt }
    return (contents, Zlib.checksum(of: contents[...]) == member.checksum)
  }

  /// Members that share bytes are a way to make much of little.
  private func requireDistinctPlaces() throws(Failure) {
    let places = members.map(\.stored).filter { !$0.isEmpty }.sorted { $0.lowerBound < $1.lowerBound }
    for (one, next) in zip(places, places.dropFirst()) where one.upperBound > next.lowerBound {
      throw .corrupt
    }
  }

  private static let endSignature: [UInt8] = [0x50, 0x4B, 0x05, 0x06]

  /// Where the end record stands: at the end, but for a comment.
  private static func endRecord(of bytes: [UInt8]) -> Int? {
    let first = max(0, bytes.count - 65_557)
    var position = bytes.count - 22
    while position >= first {
      if bytes[position...].starts(with: endSignature),
        let comment = bytes[position...].littleEndian(UInt16.self, at: 20),
        position + 22 + Int(comment) <= bytes.count
      {
        return position
      }
      position -= 1
    }
    return nil
  }
}

extension ZipArchive {
  /// Where the directory stands, how many members it names, and by how much all places are shifted.
  private struct Directory {
    var count: Int
    var range: Range<Int>
    var shift: Int

    init(end: Int, in bytes: [UInt8]) throws(Failure) {
      let record = bytes[end...]
      guard let count = record.littleEndian(UInt16.self, at: 10),
        let size = record.littleEndian(UInt32.self, at: 12),
        let offset = record.littleEndian(UInt32.self, at: 16)
      else { throw .truncated }
      guard count == .max || size == .max || offset == .max || Self.locator(before: end, in: bytes) != nil
      else {
        try self.init(count: Int(count), size: Int(size), offset: Int(offset), end: end)
        return
      }
      try self.init(locator: Self.locator(before: end, in: bytes), in: bytes)
    }

    /// The record of large archives, found by its locator, or just before that where something shifts all places.
    private init(locator: Int?, in bytes: [UInt8]) throws(Failure) {
      guard let locator, let written = bytes[locator...].littleEndian(UInt64.self, at: 8) else {
        throw .corrupt
      }
      let signature: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
      let places = [Int(clamping: written), locator - 56]
      guard
        let place = places.first(where: { $0 >= 0 && $0 < locator && bytes[$0...].starts(with: signature) }),
        let count = bytes[place...].littleEndian(UInt64.self, at: 32),
        let size = bytes[place...].littleEndian(UInt64.self, at: 40),
        let offset = bytes[place...].littleEndian(UInt64.self, at: 48)
      else { throw .corrupt }
      try self.init(
        count: Int(clamping: count), size: Int(clamping: size), offset: Int(clamping: offset), end: place)
    }

    private init(count: Int, size: Int, offset: Int, end: Int) throws(Failure) {
      guard size <= end, offset <= end - size else { throw .corrupt }
      self.count = count
      range = (end - size)..<end
      shift = end - size - offset
    }

    private static func locator(before end: Int, in bytes: [UInt8]) -> Int? {
      let place = end - 20
      return place >= 0 && bytes[place...].starts(with: [0x50, 0x4B, 0x06, 0x07]) ? place : nil
    }
  }

  /// The member whose entry stands at a place of the directory, and where the next one stands.
  private static func member(
    at position: Int, shift: Int, in bytes: [UInt8], before directory: Range<Int>
  ) throws(Failure) -> (member: Member, next: Int) {
    let entry = bytes[position..<directory.upperBound]
    guard entry.starts(with: [0x50, 0x4B, 0x01, 0x02]), let flags = entry.littleEndian(UInt16.self, at: 8),
      let method = entry.littleEndian(UInt16.self, at: 10),
      let checksum = entry.littleEndian(UInt32.self, at: 16),
      let nameLength = entry.littleEndian(UInt16.self, at: 28),
      let extra = entry.littleEndian(UInt16.self, at: 30),
      let comment = entry.littleEndian(UInt16.self, at: 32),
      let attributes = entry.littleEndian(UInt32.self, at: 38),
      let sizes = Sizes(entry, nameLength: Int(nameLength), extraLength: Int(extra))
    else { throw .corrupt }
    let length = 46 + Int(nameLength) + Int(extra) + Int(comment)
    guard length <= entry.count else { throw .corrupt }
    let name = Array(entry.dropFirst(46).prefix(Int(nameLength)))
    let stored = try stored(sizes, shift: shift, in: bytes, before: directory.lowerBound)
    let member = Member(
      name: String(validating: name, as: UTF8.self)
        ?? String(String.UnicodeScalarView(name.map { Unicode.Scalar($0) })),
      nameBytes: name, method: method, isEncrypted: flags & 1 != 0, checksum: checksum, size: sizes.size,
      stored: stored, isLink: attributes >> 28 == 0xA)
    return (member, position + length)
  }

  /// Where the bytes of a member stand, behind its own header.
  private static func stored(
    _ sizes: Sizes, shift: Int, in bytes: [UInt8], before end: Int
  ) throws(Failure) -> Range<Int> {
    guard sizes.offset <= end - shift, shift + sizes.offset <= end else { throw .corrupt }
    let header = bytes[(shift + sizes.offset)..<end]
    guard header.starts(with: [0x50, 0x4B, 0x03, 0x04]), let name = header.littleEndian(UInt16.self, at: 26),
      let extra = header.littleEndian(UInt16.self, at: 28)
    else { throw .corrupt }
    let start = 30 + Int(name) + Int(extra)
    guard start <= header.count, sizes.stored <= header.count - start else { throw .corrupt }
    let first = header.startIndex + start
    return first..<(first + sizes.stored)
  }

  /// The sizes and the place of a member, from its entry or from the extra field of large archives.
  private struct Sizes {
    var size = 0
    var stored = 0
    var offset = 0

    init?(_ entry: ArraySlice<UInt8>, nameLength: Int, extraLength: Int) {
      guard let size = entry.littleEndian(UInt32.self, at: 24),
        let stored = entry.littleEndian(UInt32.self, at: 20),
        let offset = entry.littleEndian(UInt32.self, at: 42)
      else { return nil }
      var large = Self.large(in: entry.dropFirst(46 + nameLength).prefix(extraLength))
      let values = [size, stored, offset].map { value in
        guard value == .max else { return Int(value) as Int? }
        guard let next = large.littleEndian(UInt64.self, at: 0) else { return nil }
        large = large.dropFirst(8)
        return Int(exactly: next)
      }
      guard let size = values[0], let stored = values[1], let offset = values[2] else { return nil }
      (self.size, self.stored, self.offset) = (size, stored, offset)
    }

    private static func large(in extra: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
      var rest = extra
      while let kind = rest.littleEndian(UInt16.self, at: 0),
        let length = rest.littleEndian(UInt16.self, at: 2)
      {
        let field = rest.dropFirst(4).prefix(Int(length))
        if kind == 1 { return field }
        rest = rest.dropFirst(4 + Int(length))
      }
      return []
    }
  }
}

extension ZipArchive {
  /// The bytes of an archive of members that are stored as they are, behind whatever stands before it.
  ///
  /// - Parameters:
  ///   - card: The card that `card.json` holds.
  ///   - kept: The archive whose other members are taken over, whole.
  static func writing(card: [UInt8], keeping kept: ZipArchive?, extra: [(name: String, bytes: [UInt8])] = [])
    -> [UInt8]
  {
    var result = kept.map { Array($0.bytes[..<$0.start]) } ?? []
    let start = result.count
    var directory: [UInt8] = []
    var count = 0
    func add(
      _ name: [UInt8], method: UInt16 = 0, flags: UInt16 = 0x0800, checksum: UInt32, size: Int,
      stored: ArraySlice<UInt8>
    ) {
      let shared =
        method.littleEndianBytes + [UInt8](repeating: 0, count: 4) + checksum.littleEndianBytes
        + UInt32(clamping: stored.count).littleEndianBytes + UInt32(clamping: size).littleEndianBytes
        + UInt16(clamping: name.count).littleEndianBytes + [0, 0]
      let flags = flags.littleEndianBytes
      directory += [0x50, 0x4B, 0x01, 0x02, 20, 3, 20, 0] + flags + shared + [UInt8](repeating: 0, count: 10)
      directory += UInt32(clamping: result.count - start).littleEndianBytes + name
      result += [0x50, 0x4B, 0x03, 0x04, 20, 0] + flags + shared + name + stored
      count += 1
    }
    let card = card[...]
    add(Array(CardFile.cardName.utf8), checksum: Zlib.checksum(of: card), size: card.count, stored: card)
    for member in kept?.members ?? [] where member.name != CardFile.cardName && !member.isUnsafe {
      guard let kept else { continue }
      add(
        member.nameBytes, method: member.method, flags: member.isEncrypted ? 0x0801 : 0x0800,
        checksum: member.checksum, size: member.size, stored: kept.bytes[member.stored])
    }
    for (name, bytes) in extra {
      add(Array(name.utf8), checksum: Zlib.checksum(of: bytes[...]), size: bytes.count, stored: bytes[...])
    }
    let place = UInt32(clamping: result.count - start)
    result += directory
    result += Self.endSignature + [0, 0, 0, 0] + UInt16(clamping: count).littleEndianBytes
    result += UInt16(clamping: count).littleEndianBytes + UInt32(clamping: directory.count).littleEndianBytes
    return result + place.littleEndianBytes + [0, 0]
  }
}
