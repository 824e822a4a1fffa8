extension String {
  /// Whether one of the names stands in the text as a whole word, whatever its case.
  func mentions(anyOf names: [String]) -> Bool {
    PhraseMatcher(phrases: names.compactMap { Phrase(name: $0) }).matches(in: self).contains(true)
  }
}
