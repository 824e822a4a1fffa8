/// Takes reasoning and the marks of templates out of a text that comes in pieces, for services that leave them there.
///
/// How the text was cut makes no difference, except that a mark which ends reasoning that had not begun comes too late
/// for what was shown. Only what may still become a mark is held back.
struct TemplateFilter {
  private enum State: Equatable {
    case text
    case reasoning(TemplateMarker.Reasoning)
    /// Somebody else's turn, before the model's own.
    case other
    /// Behind the mark of a turn or a channel.
    case heading(isChannel: Bool)
    case over
  }

  /// The longest mark with a name of its own, in bytes.
  private static let longestMark = 48
  private static let longestHeading = 40

  /// All that is said.
  private(set) var text = ""
  /// What was taken out.
  private(set) var removed = RemovedText()
  private var state = State.text
  /// How many tags of reasoning are open within the first one.
  private var depth = 0
  /// Whether something stands behind the first of them.
  private var hasThought = false
  /// What stands behind the end of an inner tag: reasoning if the outer one ends too, else said after all.
  private var doubtful: [UInt8]?
  private var isSaid = false
  /// Whether a backtick is open in the line.
  private var isInCode = false
  /// What may become a mark, with where in the tree it stands.
  private var pending: [UInt8] = []
  private var node = MarkerTree.root
  /// Whether the mark that is pending is in no table.
  private var isNamed = false
  private var heading: [UInt8] = []
  private var shown: [UInt8] = []

  /// Adds a piece and returns what can be shown.
  mutating func push(_ piece: String) -> String {
    if isSaid, pending.isEmpty, state == .text, !piece.utf8.contains(where: Self.mayBegin) {
      text += piece
      return piece
    }
    for byte in piece.utf8 { take(byte) }
    return show()
  }

  /// Returns what was held back in case it should become a mark.
  mutating func finish() -> String {
    let rest = pending
    let isMark = rest.starts(with: "<|".utf8) && rest.count > 3 && !rest.contains(UInt8(ascii: " "))
    forgetPending()
    // A stream that is cut within a mark ends before it.
    if isMark { removed.add(rest) } else { for byte in rest { put(byte) } }
    if case .heading = state { endHeading() }
    settleDoubt()
    if state == .reasoning(.words) {
      // What only looked like reasoning was said.
      state = .text
      for byte in removed.takeRun() { put(byte) }
    }
    removed.endRun()
    return show()
  }

  /// Whether a mark may begin with a byte, once something was said.
  @inline(__always)
  private static func mayBegin(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "&"), UInt8(ascii: "`"),
      UInt8(ascii: "|"), 0xE2:
      true
    default: false
    }
  }

  private var tree: MarkerTree {
    if state == .reasoning(.words) { return .inWords }
    return isSaid || state != .text ? .anywhere : .atStart
  }

  private mutating func take(_ byte: UInt8) {
    pending.append(byte)
    if !isNamed, let next = tree.step(from: node, by: byte) {
      node = next
      if let marker = tree.marker(at: next) { apply(marker) }
      return
    }
    if isNamed || tree.isOpen(at: node), takeName(byte) { return }
    let held = pending
    forgetPending()
    put(held[0])
    for byte in held.dropFirst() { take(byte) }
  }

  /// Goes on with a mark that is in no table; false where it can be none.
  private mutating func takeName(_ byte: UInt8) -> Bool {
    if byte == UInt8(ascii: ">") {
      if let byte = TemplateMarker.byte(of: pending) {
        forgetPending()
        put(byte)
        return true
      }
      apply(TemplateMarker(named: String(decoding: pending, as: UTF8.self)))
      return true
    }
    let isName =
      byte >= 0x80 || byte == UInt8(ascii: " ") || (0x2D...0x3A).contains(byte)
      || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x7C
      || byte == UInt8(ascii: "_")
    isNamed = isName && pending.count < Self.longestMark
    return isNamed
  }

  private mutating func forgetPending() {
    pending.removeAll(keepingCapacity: true)
    node = MarkerTree.root
    isNamed = false
  }

  private mutating func apply(_ marker: TemplateMarker) {
    let mark = pending
    forgetPending()
    guard state != .over else { return removed.add(mark) }
    if marker == .space { return put(UInt8(ascii: " ")) }
    if state == .text, isInCode {
      // Between backticks a mark is talked of.
      for byte in mark { put(byte) }
      return
    }
    // A mark without a meaning may stand within a heading.
    if case .heading = state, marker != .empty { endHeading(isMarked: marker == .endsHeading) }
    if marker == .endsReasoning, state == .text, isSaid { takeBack() }
    if state == .reasoning(.tags), nest(marker) { return removed.add(mark) }
    if marker.isAboutTurns { settleDoubt() }
    removed.add(mark)
    switch (marker, state) {
    case (.beginsReasoning(let kind), _): (state, depth, hasThought) = (.reasoning(kind), 0, false)
    case (.endsReasoning, _): state = .text
    case (.endsTurn, _) where isSaid: state = .over
    case (.endsTurn, .reasoning(.channel)): state = .text
    case (.beginsTurn, _) where isSaid, (.beginsOwnTurn, _) where isSaid, (.beginsOtherTurn, _) where isSaid,
      (.beginsChannel, _) where isSaid:
      state = .over
    case (.beginsOwnTurn, _): state = .text
    case (.beginsTurn, _): state = .heading(isChannel: false)
    case (.beginsChannel, _): state = .heading(isChannel: true)
    case (.beginsOtherTurn, _): state = .other
    default: break
    }
  }

  /// Where the outer tag never ends, the inner one was only spoken of, and its end was that of the outer one.
  private mutating func settleDoubt() {
    guard let said = doubtful else { return }
    (state, doubtful, depth) = (.text, nil, 0)
    for byte in said { put(byte) }
  }

  /// Follows tags of reasoning within each other; true where the outermost stays open.
  private mutating func nest(_ marker: TemplateMarker) -> Bool {
    guard marker == .beginsReasoning(.tags) || marker == .endsReasoning else { return false }
    if let thought = doubtful { removed.add(thought) }
    doubtful = nil
    if marker == .beginsReasoning(.tags) {
      // Many a template writes the first one, and the model writes it once more.
      if hasThought { depth += 1 }
      return true
    }
    guard depth > 0 else { return false }
    depth -= 1
    doubtful = []
    return true
  }

  /// All that was said until now was reasoning.
  private mutating func takeBack() {
    removed.endRun()
    removed.add(Array(text.utf8))
    removed.add(shown)
    text = ""
    shown.removeAll(keepingCapacity: true)
    isSaid = false
  }

  /// Puts a byte where it belongs that is part of no mark.
  private mutating func put(_ byte: UInt8) {
    switch state {
    case .text:
      if !isSaid {
        if byte == 0x20 || (0x09...0x0D).contains(byte) { return }
        isSaid = true
      }
      removed.endRun()
      if byte == UInt8(ascii: "`") { isInCode.toggle() }
      if byte == 0x0A { isInCode = false }
      shown.append(byte)
    case .reasoning, .other, .over:
      hasThought = hasThought || byte > 0x20
      if doubtful == nil { removed.add(byte) } else { doubtful?.append(byte) }
    case .heading(let isChannel):
      heading.append(byte)
      let isEnd = byte == 0x0A && !isChannel
      if isEnd || heading.count > Self.longestHeading { endHeading() }
    }
  }

  /// Finds out what the words behind a mark say; where they are no heading, they are said.
  ///
  /// - Parameter isMarked: Whether a mark says that they are one.
  private mutating func endHeading(isMarked: Bool = false) {
    guard case .heading(let isChannel) = state else { return }
    let words = heading
    heading = []
    let name = words.prefix { !(0x09...0x20).contains($0) }
    let role = String(decoding: name, as: UTF8.self).lowercased()
    if isChannel {
      state =
        role.hasPrefix("final") || role.hasPrefix("response") || role.isEmpty ? .text : .reasoning(.channel)
      return removed.add(words)
    }
    state = TemplateMarker.isOwn(role: role) == false ? .other : .text
    if isMarked || TemplateMarker.isOwn(role: role) == false { return removed.add(words) }
    let isOwn = TemplateMarker.isOwn(role: role) == true
    if isOwn { removed.add(Array(name)) }
    for byte in isOwn ? words[name.endIndex...] : words[...] { put(byte) }
  }

  private mutating func show() -> String {
    guard !shown.isEmpty else { return "" }
    let piece = String(decoding: shown, as: UTF8.self)
    shown.removeAll(keepingCapacity: true)
    text += piece
    return piece
  }
}

/// What was taken out of a text, in the order in which it stood there; of very much only the beginning.
struct RemovedText: Sendable {
  private static let most = 16 << 10

  /// What was taken out together, without space around it.
  private(set) var runs: [String] = []
  private var run: [UInt8] = []
  private var size = 0

  /// Adds what follows at once on what was added before.
  mutating func add(_ bytes: [UInt8]) {
    guard size < Self.most else { return }
    size += bytes.count
    run += bytes
  }

  /// Adds what follows at once on what was added before.
  mutating func add(_ byte: UInt8) {
    guard size < Self.most else { return }
    size += 1
    run.append(byte)
  }

  /// What was added since the last text that was kept, which is forgotten.
  mutating func takeRun() -> [UInt8] {
    defer { run = [] }
    return run
  }

  /// Notes that a text is kept behind what was added.
  mutating func endRun() {
    guard !run.isEmpty else { return }
    let text = String(decoding: run, as: UTF8.self).trimmedOfSpace
    run.removeAll(keepingCapacity: true)
    if !text.isEmpty { runs.append(text) }
  }
}

extension String {
  /// Without white space at either end.
  var trimmedOfSpace: String {
    let start = unicodeScalars.drop { $0.properties.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
