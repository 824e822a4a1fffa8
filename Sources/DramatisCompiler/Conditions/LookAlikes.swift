/// Letters of other scripts that look like those of ASCII.
extension String {
  /// The letters of this word that only look like Latin ones, their script, and the word in Latin letters; nil where it has none.
  var lookAlikes: (letters: String, script: String, plain: String)? {
    guard !utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var (letters, plain) = ("", "")
    var isCyrillic = false
    for character in self {
      let place = Self.cyrillic.firstIndex(of: character) ?? Self.greek.firstIndex(of: character)
      guard let place else {
        plain.append(character)
        continue
      }
      letters.append(character)
      let isOfCyrillic = Self.cyrillic.contains(character)
      isCyrillic = isCyrillic || isOfCyrillic
      let latin = isOfCyrillic ? Self.likeCyrillic : Self.likeGreek
      plain.append(latin[place])
    }
    return letters.isEmpty ? nil : (letters, isCyrillic ? "Cyrillic" : "Greek", plain)
  }

  private static let cyrillic: [Character] = Array("аеорсухіјѕһԁԛԝАВЕКМНОРСТХІЈЅ")
  private static let likeCyrillic: [Character] = Array("aeopcyxijshdqwABEKMHOPCTXIJS")
  private static let greek: [Character] = Array("αονρυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
  private static let likeGreek: [Character] = Array("aovpuikABEZHIKMNOPTYX")
}
