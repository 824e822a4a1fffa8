/// A name as it is compared: folded, without space around it.
package struct FoldedName: Hashable, Sendable {
  /// The folded spelling.
  package let text: String

  /// Folds a name.
  package init(_ name: String) {
    text = name.folded().trimmed()
  }
}

extension String {
  /// Whether two spellings name the same thing.
  package func isSameName(as other: String) -> Bool {
    FoldedName(self) == FoldedName(other)
  }

  /// This folded text without a space at either end.
  func trimmed() -> String {
    let bytes = utf8
    guard bytes.first == 0x20 || bytes.last == 0x20 else { return self }
    let start = dropFirst(first == " " ? 1 : 0)
    return String(start.dropLast(start.last == " " ? 1 : 0))
  }
}
