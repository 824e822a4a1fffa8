extension String {
  /// The sentences of a text, verbatim, each with what ends it and without blanks around it.
  ///
  /// A sentence ends with its mark and what closes behind it, where a blank or nothing follows and what comes then does not go
  /// on in small letters; with a line; and with a mark of scripts that write no blanks. A full stop behind a title or a
  /// single letter ends none. Takes time in proportion to the text.
  func sentences() -> [String] {
    var sentences: [String] = []
    var start = startIndex
    var place = startIndex
    while place < endIndex {
      let mark = self[place]
      place = index(after: place)
      guard mark.isNewline || mark.endsSentence else { continue }
      var end = place
      while end < endIndex, self[end].endsSentence || self[end].closes { end = index(after: end) }
      guard mark.isNewline || mark.needsNoBlank || isEnd(end, of: self[start..<place]) else { continue }
      place = mark.isNewline ? place : end
      sentences.append(String(self[start..<place]))
      start = place
    }
    sentences.append(String(self[start...]))
    return sentences.map(\.withoutBlanksAround).filter { !$0.isEmpty }
  }

  /// What is written with a full stop before a name.
  private static let titles: Set<String> = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Prof", "Capt", "Lt", "Col", "Sgt", "Gen", "Rev", "Hr", "Fr", "Frl", "Mme",
    "Mlle",
  ]

  /// The text without blanks at either end.
  var withoutBlanksAround: String {
    let start = drop(while: \.isWhitespace)
    return String(start.dropLast(start.reversed().prefix(while: \.isWhitespace).count))
  }

  /// Whether a sentence ends at a place, given what it says up to its mark.
  private func isEnd(_ place: Index, of sentence: Substring) -> Bool {
    guard place < endIndex else { return true }
    guard self[place].isWhitespace, self[place...].first(where: { !$0.isWhitespace })?.isLowercase != true
    else { return false }
    guard sentence.last == "." else { return true }
    let word = String(sentence.dropLast().reversed().prefix { $0.isLetter }.reversed())
    return word.count != 1 && !Self.titles.contains(word)
  }
}

extension Character {
  private static let marks: Set<Character> = [".", "!", "?", "…", "‽", "؟", "۔", "।", "։", "።"]
  private static let unspacedMarks: Set<Character> = ["。", "！", "？", "．"]
  private static let closing: Set<Character> = [
    "\"", "'", "”", "’", "“", "»", "«", ")", "]", "*", "_", "」", "』",
  ]

  fileprivate var needsNoBlank: Bool { Self.unspacedMarks.contains(self) }
  fileprivate var endsSentence: Bool { Self.marks.contains(self) || needsNoBlank }
  fileprivate var closes: Bool { Self.closing.contains(self) }
}
