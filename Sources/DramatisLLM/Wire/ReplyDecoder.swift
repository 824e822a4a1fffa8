/// Reads the body of an accepted response as pieces of a reply.
///
/// Its form shows in its first bytes, whatever type it is said to have: proxies get types wrong, and some services ignore
/// that a stream was asked for.
struct ReplyDecoder: StreamDecoder {
  /// What is known of the form.
  private enum Form {
    case unknown
    /// An object has begun: the first of many lines, or all there is.
    case object
    case events
    case lines(count: Int)
    /// All of it is one value, or nothing that is known.
    case whole
  }

  /// The form that the type announces; nil for none.
  private let announced: StreamForm?
  private let inbox: ReplyInbox
  private let longest: Int
  private var form = Form.unknown
  private var events: SSEScanner
  private var lines: LineScanner
  private var reader: EventReader
  /// What has come before the form was known, and all of a whole body.
  private var body: [UInt8] = []
  /// How much of it holds no end of a line.
  private var searched = 0

  /// - Parameters:
  ///   - announced: The form that the head of the response announces; nil for none.
  ///   - inbox: Where the pieces are left.
  ///   - longest: How many bytes an event may have.
  init(_ announced: StreamForm?, wire: any Wire, inbox: ReplyInbox, longest: Int) {
    self.announced = announced
    self.inbox = inbox
    self.longest = longest
    events = SSEScanner(longestEvent: longest)
    lines = LineScanner(longestLine: longest)
    reader = EventReader(wire)
  }

  mutating func decode(_ bytes: Span<UInt8>) throws(TransportError) {
    switch form {
    case .events: try scanEvents(bytes)
    case .lines: try scanLines(bytes)
    case .unknown, .object, .whole:
      guard body.count + bytes.count <= longest else { throw .tooLong(bytes: longest) }
      body.append(copying: bytes)
      try decide()
    }
  }

  /// A service that has said why the reply ends may then end as it likes; of any other the last event counts only where
  /// it is known to be whole.
  mutating func end(isWhole: Bool) throws(TransportError) {
    guard isWhole || reader.isFinished else { return }
    if case .unknown = form, announced == .events { try begin(.events) }
    let read: EventHandler = { name, data throws(TransportError) in try reader.read(data, named: name) }
    switch form {
    case .events: try events.end(onEvent: read)
    case .lines(let count):
      try lines.end(onLine: read)
      if count == 1, isWhole, announced != .lines { reader.pieces.append(ReplyPiece(isLast: true)) }
    case .unknown, .object, .whole:
      let objects = try severalObjects()
      for object in objects { try reader.read(object.span, named: "") }
      if objects.isEmpty { reader.pieces.leave(whole: body) }
    }
    reader.end()
  }

  /// The objects of a body that holds several, whatever stands between them; none of any other.
  private func severalObjects() throws(TransportError) -> [[UInt8]] {
    guard body.first == UInt8(ascii: "{"), (try? JSONValue(parsing: body)) == nil else { return [] }
    var objects: [[UInt8]] = []
    var scanner = LineScanner(longestLine: longest)
    let note: EventHandler = { _, data in
      var object: [UInt8] = []
      object.append(copying: data)
      objects.append(object)
    }
    try scanner.scan(body.span, onLine: note)
    try scanner.end(onLine: note)
    return objects.count > 1 && objects.allSatisfy { (try? JSONValue(parsing: $0)) != nil } ? objects : []
  }

  mutating func deliver() -> Bool {
    guard !reader.pieces.isEmpty else { return false }
    inbox.leave(&reader.pieces)
    return true
  }

  private mutating func scanEvents(_ bytes: Span<UInt8>) throws(TransportError) {
    try events.scan(bytes) { name, data throws(TransportError) in try reader.read(data, named: name) }
  }

  private mutating func scanLines(_ bytes: Span<UInt8>) throws(TransportError) {
    var count = 0
    try lines.scan(bytes) { name, data throws(TransportError) in
      count += 1
      try reader.read(data, named: name)
    }
    if case .lines(let earlier) = form { form = .lines(count: earlier + count) }
  }

  /// Finds out what form the body has, as soon as enough of it has come.
  private mutating func decide() throws(TransportError) {
    if case .unknown = form {
      // A byte order mark and space mean nothing in any form.
      let blank: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D]
      body.removeFirst(body.prefix { blank.contains($0) }.count)
      guard let first = body.indices.first else { return }
      switch body[first] {
      case UInt8(ascii: "{"): form = .object
      case UInt8(ascii: "<"), UInt8(ascii: "["): form = .whole
      default:
        if announced == .events { return try begin(.events) }
        guard let isField = Self.beginsField(body[...]) else { return }
        if isField { return try begin(.events) }
        form = .whole
      }
    }
    guard case .object = form else { return }
    if announced == .lines { return try begin(.lines(count: 0)) }
    let place = body.span.place(of: 0x0A, from: searched)
    searched = place
    guard place < body.count else { return }
    // Lines are objects that end where they do; what is printed prettily goes on.
    let isLine = (try? JSONValue(parsing: Array(body[..<place]))) != nil
    if isLine { try begin(.lines(count: 0)) } else { form = .whole }
  }

  private mutating func begin(_ known: Form) throws(TransportError) {
    form = known
    let begun = body
    body = []
    try decode(begun.span)
  }

  /// Whether bytes begin as a field of an event or a comment does; nil while that is open.
  private static func beginsField(_ bytes: ArraySlice<UInt8>) -> Bool? {
    if bytes.first == UInt8(ascii: ":") { return true }
    var isOpen = false
    for field in ["data", "event", "id", "retry", "error"] {
      let name = Array(field.utf8)
      let rest = bytes.dropFirst(name.count)
      if bytes.count <= name.count {
        isOpen = isOpen || name.starts(with: bytes)
      } else if bytes.starts(with: name), let next = rest.first,
        next == UInt8(ascii: ":") || next == 0x0A || next == 0x0D
      {
        return true
      }
    }
    return isOpen ? nil : false
  }
}
