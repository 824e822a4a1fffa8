/// A change of a file's text that puts one thing right and leaves everything else as it is.
package struct Edit: Hashable, Sendable {
  /// The bytes that go.
  let range: Range<Int>
  /// What comes in their place.
  let replacement: String

  init(removing range: Range<Int>) {
    self.range = range
    replacement = ""
  }
}

extension [UInt8] {
  /// The text with some edits made, none of which touch each other.
  func applying(_ edits: [Edit]) -> [UInt8] {
    var result = self
    for edit in edits.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      result.replaceSubrange(edit.range, with: edit.replacement.utf8)
    }
    return result
  }
}
