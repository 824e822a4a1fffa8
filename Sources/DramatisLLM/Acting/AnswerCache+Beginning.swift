extension AnswerCache {
  /// Whether bytes begin with the line of an answer, as those that a cache has written do.
  ///
  /// A list of checksums does not, since two characters stand after each.
  package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
    let digest = bytes.prefix(64)
    let rest = bytes.dropFirst(64).prefix(2)
    return digest.count == 64 && digest.allSatisfy { Character(UnicodeScalar($0)).isHexDigit }
      && rest.first == UInt8(ascii: " ") && rest.dropFirst().contains { (0x30...0x39).contains($0) }
  }
}
