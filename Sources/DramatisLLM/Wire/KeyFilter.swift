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

  private enum Match {
    case whole(length: Int)
    /// More is needed.
    case open
    case nothing
  }

  /// Whether bytes begin with the key; what a terminal does not show may stand within it, for it would be read all the same.
  private func found(in bytes: ArraySlice<UInt8>) -> Match {
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
  /// The same with another text where a key stands, be it written for an address, a page, a header or a program.
  func without(_ key: APIKey?) -> String {
    var filter = KeyFilter(key)
    let plain = filter.push(self) + filter.finish()
    return (key?.spellings ?? []).reduce(plain) { $0.replacing($1, with: APIKey.placeholder) }
  }

  /// What a service said, fit for a message: without the key, no control sequence, one line, no more than 300 characters.
  func quotable(without key: APIKey?) -> String {
    guard let key else { return quotable }
    let text = without(key).replacing(key.secret, with: APIKey.placeholder)
    // Some services show the half of a key, of which the rest can be guessed.
    let half = (key.secret.utf8.count / 2..<key.secret.utf8.count).reversed()
      .map { String(key.secret.prefix($0)) }.first { $0.utf8.count >= 8 && text.contains($0) }
    return (half.map { text.replacing($0, with: APIKey.placeholder) } ?? text).quotable
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
