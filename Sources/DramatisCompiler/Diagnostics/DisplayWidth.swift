extension StringProtocol {
  /// The columns that the text takes in a terminal.
  package var displayWidth: Int {
    reduce(0) { $0 + $1.displayWidth }
  }

  /// The longest start that takes no more than some columns.
  package func leading(columns: Int) -> String {
    var left = columns
    return String(
      prefix { character in
        left -= character.displayWidth
        return left >= 0
      })
  }

  /// The longest end that takes no more than some columns.
  func trailing(columns: Int) -> String {
    var left = columns
    let count = reversed().prefix { character in
      left -= character.displayWidth
      return left >= 0
    }.count
    return String(suffix(count))
  }
}

extension Character {
  /// The columns that the cluster takes in a terminal.
  ///
  /// Emoji that are joined, and those that ask to be shown as emoji, take two, as Unicode has it; some terminals differ.
  package var displayWidth: Int {
    let scalars = unicodeScalars
    guard let first = scalars.first else { return 0 }
    guard scalars.count > 1 else { return first.columns }
    if first.properties.isEmoji, scalars.contains(where: { $0 == "\u{FE0F}" }) { return 2 }
    if first.properties.isEmojiPresentation, !first.isRegionalIndicator { return 2 }
    return scalars.reduce(0) { $0 + $1.columns }
  }
}

extension Unicode.Scalar {
  /// The columns that it takes by itself.
  var columns: Int {
    guard value >= 0x300 else { return value == 0xAD ? 0 : 1 }
    if isZeroWidth { return 0 }
    return isWide ? 2 : 1
  }

  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  private var isZeroWidth: Bool {
    if (0x1160...0x11FF).contains(value) { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  private var isWide: Bool {
    guard value >= 0x1100 else { return false }
    if properties.isEmojiPresentation { return !isRegionalIndicator }
    return Unicode.Scalar.wideRanges.contains { $0.contains(value) }
  }

  /// The East Asian wide and full-width blocks that hold no emoji.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
    0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
    0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
