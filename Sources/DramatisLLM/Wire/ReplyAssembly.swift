/// Puts the pieces of a reply together.
struct ReplyAssembly {
  private let start = ContinuousClock.now
  private let key: APIKey?
  private var filter = TemplateFilter()
  private var keyFilter: KeyFilter
  private var firstText: Duration?
  /// Everything but the text.
  private var notes = ReplyPiece()

  /// - Parameter key: What is taken out of the reply wherever the service repeats it.
  init(without key: APIKey?) {
    self.key = key
    keyFilter = KeyFilter(key)
  }

  /// Appends a text and returns what of it may be shown.
  mutating func append(_ text: String) -> String { shown(keyFilter.push(filter.push(text))) }

  /// Appends what else the service says.
  mutating func append(_ piece: ReplyPiece) {
    notes.add(piece)
  }

  /// Whether the service has said that nothing follows.
  var isLast: Bool { notes.isLast }

  /// Whether the service has said why the reply ends, though more about it may follow.
  var isFinished: Bool { notes.finish != nil }

  /// What was held back because it might have become a mark or the key.
  mutating func rest() -> String { shown(keyFilter.push(filter.finish()) + keyFilter.finish()) }

  /// The reply, if the service has said in some way that it is complete.
  ///
  /// - Throws: ``ModelError/cutOff``: an end that nobody has announced is one that came too early; and
  ///   ``ModelError/failed(_:)`` where the service gives a failure as the reason.
  func completion() throws(ModelError) -> Completion {
    guard isLast || isFinished else { throw .cutOff }
    guard notes.finish != .failed else { throw .failed("it says only that the reply ended in an error") }
    if filter.text.isEmpty, !notes.refusal.isEmpty { throw .declined(notes.refusal.quotable(without: key)) }
    let usage = notes.promptTokens.map {
      Usage(prompt: $0, reply: notes.replyTokens ?? 0, cached: notes.cachedTokens ?? 0)
    }
    return Completion(
      text: filter.text.without(key), finish: notes.finish ?? .unstated, usage: usage,
      latency: Latency(firstText: firstText, total: start.duration(to: .now)),
      model: notes.model?.without(key),
      alternatives: notes.alternatives.map {
        TokenAlternative($0.text.without(key), logProbability: $0.logProbability)
      }, removed: filter.removed.runs.map { $0.without(key) }, thought: notes.thought.without(key))
  }

  private mutating func shown(_ text: String) -> String {
    if firstText == nil, !text.isEmpty { firstText = start.duration(to: .now) }
    return text
  }
}

/// Takes a key out of a text that comes in pieces, for services that repeat it.
///
/// A key of fewer than six characters is a placeholder such as `none` for servers that want one, and stays: words would
/// be lost with it.
struct KeyFilter {
  private static let shortestSecret = 6

  /// Empty where there is nothing to take out.
  private let secret: [UInt8]
  /// The end of what came, which could be the beginning of the key.
  private var pending: [UInt8] = []

  init(_ key: APIKey?) {
    let bytes = Array((key?.secret ?? "").utf8)
    secret = bytes.count < Self.shortestSecret ? [] : bytes
  }

  /// Adds a piece and returns what can be shown.
  mutating func push(_ piece: String) -> String {
    guard let first = secret.first else { return piece }
    let bytes = pending + piece.utf8
    var shown: [UInt8] = []
    var start = bytes.startIndex
    // A key is ASCII, so that no character is cut.
    while let next = bytes[start...].firstIndex(of: first) {
      shown += bytes[start..<next]
      switch found(in: bytes[next...]) {
      case .whole(let length):
        shown += APIKey.placeholder.utf8
        start = next + length
      case .open:
        pending = Array(bytes[next...])
        return String(decoding: shown, as: UTF8.self)
      case .nothing:
        shown.append(first)
        start = next + 1
      }
    }
    pending = []
    return String(decoding: shown + bytes[start...], as: UTF8.self)
  }

  private enum Finding {
    case whole(length: Int)
    /// More is needed.
    case open
    case nothing
  }

  /// Whether bytes begin with the key; what a terminal does not show may stand within it, for it would be read all the same.
  private func found(in bytes: ArraySlice<UInt8>) -> Finding {
    var rest = bytes
    for (index, byte) in secret.enumerated() {
      if index > 0 {
        guard let hidden = rest.hiddenLength, hidden <= Self.longestHidden else { return .open }
        rest = rest.dropFirst(hidden)
      }
      guard let next = rest.first else { return .open }
      guard next == byte else { return .nothing }
      rest = rest.dropFirst()
    }
    return .whole(length: bytes.count - rest.count)
  }

  /// More than that no sequence of a terminal has.
  private static let longestHidden = 256

  /// Returns what was held back in case it should become the key.
  mutating func finish() -> String {
    defer { pending = [] }
    return String(decoding: pending, as: UTF8.self)
  }
}

extension String {
  /// The same with another text where a key stands.
  func without(_ key: APIKey?) -> String {
    var filter = KeyFilter(key)
    return filter.push(self) + filter.finish()
  }

  /// What a service said, fit for a message: without the key, no control sequence, one line, no more than 300 characters.
  func quotable(without key: APIKey?) -> String {
    (key.map { without($0).replacing($0.secret, with: APIKey.placeholder) } ?? self).quotable
  }
}

extension ArraySlice<UInt8> {
  /// How many bytes at the start nobody sees: controls, sequences of a terminal, marks without width; nil where that is not told yet.
  fileprivate var hiddenLength: Int? {
    var rest = self
    while let first = rest.first {
      switch first {
      case 0x1B:
        var sequence = rest.dropFirst()
        if sequence.first == UInt8(ascii: "[") {
          sequence = sequence.dropFirst().drop { (0x20...0x3F).contains($0) }
        }
        guard !sequence.isEmpty else { return nil }
        rest = sequence.dropFirst()
      case 0..<0x20, 0x7F: rest = rest.dropFirst()
      case 0xC2, 0xE2, 0xEF:
        let length = first == 0xC2 ? 2 : 3
        guard rest.count >= length else { return nil }
        guard let scalar = String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars.first,
          scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .control
            || scalar.properties.generalCategory == .format
        else { return count - rest.count }
        rest = rest.dropFirst(length)
      default: return count - rest.count
      }
    }
    return count - rest.count
  }
}
