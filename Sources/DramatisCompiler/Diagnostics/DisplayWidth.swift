extension StringProtocol {
  /// The columns that the text takes in a terminal.
  package var displayWidth: Int {
    columnWidths.reduce(0, +)
  }

  /// The longest start that takes no more than some columns.
  func prefix(columns: Int) -> String {
    var left = columns
    let widths = columnWidths
    let count = widths.prefix { width in
      left -= width
      return left >= 0
    }.count
    return String(String.UnicodeScalarView(unicodeScalars.prefix(count)))
  }

  /// The longest end that takes no more than some columns.
  func suffix(columns: Int) -> String {
    var left = columns
    let count = columnWidths.reversed().prefix { width in
      left -= width
      return left >= 0
    }.count
    return String(String.UnicodeScalarView(unicodeScalars.suffix(count)))
  }

  private var columnWidths: [Int] {
    var previous: Unicode.Scalar?
    return unicodeScalars.map { scalar in
      defer { previous = scalar }
      return scalar.columns(after: previous)
    }
  }
}

extension Unicode.Scalar {
  /// A joiner merges two emoji, a skin tone merges with the emoji before it.
  fileprivate func columns(after previous: Unicode.Scalar?) -> Int {
    guard value >= 0x300 else { return value == 0xAD ? 0 : 1 }
    if isZeroWidth { return 0 }
    guard isWide else { return 1 }
    if previous == "\u{200D}" { return 0 }
    if (0x1F3FB...0x1F3FF).contains(value), previous?.properties.isEmojiModifierBase == true { return 0 }
    return 2
  }

  private var isZeroWidth: Bool {
    if (0x1160...0x11FF).contains(value) { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  private var isWide: Bool {
    guard value >= 0x1100 else { return false }
    if properties.isEmojiPresentation { return !(0x1F1E6...0x1F1FF).contains(value) }
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
