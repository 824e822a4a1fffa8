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

  /// Takes a piece and returns what can be shown.
  mutating func take(_ piece: String) -> String {
    guard let first = secret.first else { return piece }
    let bytes = pending + piece.utf8
    var shown: [UInt8] = []
    var start = bytes.startIndex
    // A key is ASCII, so that no character is cut.
    while let next = bytes[start...].firstIndex(of: first) {
      shown += bytes[start..<next]
      let rest = bytes[next...]
      if rest.starts(with: secret) {
        shown += APIKey.placeholder.utf8
        start = next + secret.count
      } else if secret.starts(with: rest) {
        pending = Array(rest)
        return String(decoding: shown, as: UTF8.self)
      } else {
        shown.append(first)
        start = next + 1
      }
    }
    pending = []
    return String(decoding: shown + bytes[start...], as: UTF8.self)
  }

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
    return filter.take(self) + filter.finish()
  }
}
