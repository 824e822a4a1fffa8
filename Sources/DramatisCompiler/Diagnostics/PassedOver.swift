/// The parts of a file that were passed over after a mistake in them, so that the rest could be read.
package struct PassedOver: Sendable {
  /// What was passed over, in the order in which it was found out.
  private(set) var parts: [Range<Int>] = []
  /// The words in them: what they might declare is not known, and using it is no further mistake.
  private(set) var words: Set<String> = []
  /// Whether a key went with its value, so that it cannot be said to be missing.
  private(set) var losesKeys = false

  var isEmpty: Bool { parts.isEmpty }

  /// Whether a value that begins here, or something in it, was passed over.
  func touches(_ range: Range<Int>) -> Bool {
    parts.contains { $0.lowerBound <= range.upperBound && range.lowerBound <= $0.upperBound }
  }
}

extension SourceFile {
  /// The same with a part passed over: it reads as blanks, and all else stays where it is.
  func passingOver(_ part: Range<Int>, losingKey: Bool) -> SourceFile {
    var blank = bytes
    for offset in part where blank[offset] != 0x0A && blank[offset] != 0x0D { blank[offset] = 0x20 }
    return SourceFile(
      name: name, validBytes: blank, passedOver: passedOver.adding(part, of: self, losingKey: losingKey))
  }

  /// The same as it was written, in which others' parts are passed over.
  func passingOver(as other: SourceFile) -> SourceFile {
    var file = self
    file.passedOver = other.passedOver
    return file
  }

  /// Whether what is said of a place follows from a mistake that has been said.
  func isFollowUp(_ diagnostic: Diagnostic) -> Bool {
    guard !passedOver.isEmpty else { return false }
    if diagnostic.code == .missingKey, passedOver.losesKeys { return true }
    // Without what was passed over, lines stand otherwise.
    if diagnostic.code == .misplacedKey { return true }
    guard let start = diagnostic.span?.start else { return false }
    return passedOver.touches(lineRange(start.line))
  }
}

extension PassedOver {
  fileprivate func adding(_ part: Range<Int>, of file: SourceFile, losingKey: Bool) -> PassedOver {
    var all = self
    all.parts.append(part)
    all.losesKeys = losesKeys || losingKey
    let text = String(decoding: file.bytes[part], as: UTF8.self)
    all.words.formUnion(
      text.unicodeScalars.split { !$0.isOfWord }.map { String(String.UnicodeScalarView($0)) })
    return all
  }
}

extension Unicode.Scalar {
  fileprivate var isOfWord: Bool {
    self == "_" || self == "-" || properties.isAlphabetic || properties.numericType == .decimal
  }
}
