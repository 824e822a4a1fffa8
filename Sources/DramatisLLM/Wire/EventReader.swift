/// Reads events until one says that nothing follows.
struct EventReader {
  private let wire: any Wire
  /// What the events said since the last delivery.
  var pieces = ReplyBuffer()
  /// Whether the service has said why the reply ends.
  private(set) var isFinished = false
  private var isOver = false
  private var halves = SurrogateHalves()
  /// The text of all events.
  private var text = ""

  init(_ wire: any Wire) {
    self.wire = wire
  }

  mutating func read(_ data: Span<UInt8>, named name: String) throws(TransportError) {
    guard !isOver else { return }
    let data = data.extracting(data.placeWithoutSpace)
    // An event without data keeps a connection open.
    if data.isEmpty || data.elementsEqual("null") { return }
    let piece = name == "error" ? failure(data) : try piece(of: data, named: name)
    isFinished = isFinished || piece.finish != nil
    isOver = piece.isLast || piece.error != nil
    pieces.append(withoutRepetition(piece))
  }

  /// A piece without what came already: some services send all of the text each time, or once more at the end.
  private mutating func withoutRepetition(_ piece: ReplyPiece) -> ReplyPiece {
    guard !piece.text.isEmpty else { return piece }
    let isLonger = piece.text.utf8.count > text.utf8.count
    guard text.utf8.count >= (isLonger ? 4 : 8), piece.text.utf8.count >= text.utf8.count,
      piece.text.hasPrefix(text)
    else {
      text += piece.text
      return piece
    }
    var rest = piece
    rest.text = String(piece.text.utf8.dropFirst(text.utf8.count)) ?? ""
    text = piece.text
    return rest
  }

  /// Nothing follows: half a character stays what it is.
  mutating func end() {
    if halves.removeAll() { pieces.append(ReplyPiece(text: "\u{FFFD}")) }
  }

  private func failure(_ data: Span<UInt8>) -> ReplyPiece {
    let message = type(of: wire).errorText(in: data)
    return ReplyPiece(error: message.isEmpty ? "it does not say how" : message)
  }

  private mutating func piece(of data: Span<UInt8>, named name: String) throws(TransportError) -> ReplyPiece {
    do {
      let piece = try wire.piece(of: data, named: name)
      // Nearly no event has damage at either end of its text.
      guard halves.isOpen && !piece.text.isEmpty || piece.text.isDamagedAtEnd else { return piece }
      let (joined, isLost) = halves.join(data)
      var mended = try wire.piece(of: joined.span, named: name)
      if isLost { mended.text = "\u{FFFD}" + mended.text }
      return mended
    } catch {
      throw .malformed(error.description)
    }
  }
}

extension String {
  /// Whether its last scalar is the one that stands for what cannot be read.
  fileprivate var isDamagedAtEnd: Bool { utf8.last == 0xBD && unicodeScalars.last == "\u{FFFD}" }
}

extension Span<UInt8> {
  /// All but the space at either end.
  fileprivate var placeWithoutSpace: Range<Int> {
    var (start, end) = (0, count)
    while start < end, self[start] <= 0x20 { start += 1 }
    while end > start, self[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}

/// Joins the halves of characters that a service has cut between two events, each written as an escape of JSON.
///
/// Services that count text in units of UTF-16 cut a character beyond the first plane in two. A high half at the end of a
/// string is taken out, and put before the low half with which a string of the next event begins.
struct SurrogateHalves {
  private static let length = 6

  /// The escape of a high half.
  private var high: [UInt8] = []

  /// Whether a half waits for the other one.
  var isOpen: Bool { !high.isEmpty }

  /// Forgets a half; true where there was one.
  mutating func removeAll() -> Bool {
    defer { high = [] }
    return isOpen
  }

  /// The same event without halves that can be joined.
  ///
  /// - Returns: Also whether the half that waited has found no other.
  mutating func join(_ event: Span<UInt8>) -> (event: [UInt8], isLost: Bool) {
    let waiting = high
    high = []
    var isJoined = false
    var joined: [UInt8] = []
    var place = 0
    // Where a string could begin: behind a quotation mark that is not escaped.
    var start = -1
    while place < event.count {
      guard event[place] == UInt8(ascii: "\\") else {
        if event[place] == UInt8(ascii: "\"") { start = place + 1 }
        joined.append(event[place])
        place += 1
        continue
      }
      let length = event.unit(at: place) == nil ? 2 : Self.length
      let escape = event.extracting(place..<min(place + length, event.count))
      switch event.unit(at: place) {
      case .some(0xDC00...0xDFFF) where !waiting.isEmpty && place == start:
        isJoined = true
        joined += waiting
        joined.append(copying: escape)
      case .some(0xD800...0xDBFF) where event.holds("\"", at: place + length):
        high = []
        high.append(copying: escape)
      default: joined.append(copying: escape)
      }
      place += length
    }
    return (joined, !waiting.isEmpty && !isJoined)
  }
}

extension Span<UInt8> {
  /// The unit of UTF-16 that is escaped at a place; nil where that is no such escape.
  fileprivate func unit(at place: Int) -> UInt32? {
    guard place + 6 <= count, self[place + 1] == UInt8(ascii: "u") else { return nil }
    var unit: UInt32 = 0
    for index in (place + 2)..<(place + 6) {
      guard let digit = Character(Unicode.Scalar(self[index])).hexDigitValue else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }
}
