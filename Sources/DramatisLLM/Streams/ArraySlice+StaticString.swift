extension ArraySlice<UInt8> {
  /// Whether these bytes are those of a text.
  func elementsEqual(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    for index in 0..<count where self[startIndex + index] != text.utf8Start[index] { return false }
    return true
  }
}
