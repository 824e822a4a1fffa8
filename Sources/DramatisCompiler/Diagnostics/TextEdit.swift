/// A change of a file's text: some bytes go, a text comes in their place, and everything else stays as it is.
public struct TextEdit: Hashable, Sendable {
  /// The bytes that go, counted from the start of the text, a byte-order mark not included.
  public let range: Range<Int>
  /// What comes in their place.
  public let replacement: String

  init(replacing range: Range<Int>, with replacement: String) {
    self.range = range
    self.replacement = replacement
  }

  init(removing range: Range<Int>) {
    self.init(replacing: range, with: "")
  }
}

extension SourceFile {
  /// The text with some edits made; all else stays byte for byte.
  ///
  /// - Parameter edits: In any order; of two that overlap the later is left out. What is inserted where nothing stood
  ///   is set apart from its neighbours.
  public func applying(_ edits: [TextEdit]) -> [UInt8] { bytes.applying(edits) }
}

extension [UInt8] {
  /// The text with some edits made; see ``SourceFile/applying(_:)``.
  func applying(_ edits: [TextEdit]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where edit.range.lowerBound >= position {
      result += self[position..<edit.range.lowerBound]
      result += Array((edit.range.isEmpty ? spaced(edit) : edit.replacement).utf8)
      position = edit.range.upperBound
    }
    return result + self[position...]
  }

  /// What is written where nothing stood, apart from its neighbours.
  private func spaced(_ edit: TextEdit) -> String {
    guard !edit.replacement.isEmpty else { return "" }
    let (start, blanks) = (edit.range.lowerBound, [UInt8(ascii: " "), 0x0A, 0x0D])
    let needsBefore = start > 0 && !blanks.contains(self[start - 1])
    let needsAfter = start < count && !blanks.contains(self[start])
    return (needsBefore ? " " : "") + edit.replacement + (needsAfter ? " " : "")
  }
}
