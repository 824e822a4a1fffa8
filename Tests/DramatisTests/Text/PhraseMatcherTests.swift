import Testing

@testable import Dramatis

/// A cue, a text and whether the one stands in the other.
struct CueCase: Sendable, CustomTestStringConvertible {
  let cue: String
  let text: String
  let matches: Bool

  init(_ cue: String, _ text: String, _ matches: Bool) {
    (self.cue, self.text, self.matches) = (cue, text, matches)
  }

  var testDescription: String { "\(cue) \(matches ? "in" : "not in") \(text)" }
}

@Suite struct PhraseMatcherTests {
  @Test(arguments: english + apostrophes + european + unspaced + symbols)
  func `a cue stands in a text or it does not`(_ row: CueCase) throws {
    let matcher = PhraseMatcher(phrases: [try Phrase(parsing: row.cue)])
    #expect(matcher.matches(in: row.text) == [row.matches])
  }

  @Test func `overlapping, nested and repeated phrases are all found`() throws {
    let cues = ["he", "she", "he", "hers", "her*", "the inn", "inn by the sea", "sea", "inn", "nowhere"]
    let matcher = PhraseMatcher(phrases: try cues.map { try Phrase(parsing: $0) })
    let found = matcher.matches(in: "She left the inn by the sea; it is hers, he said")
    #expect(found == [true, true, true, true, true, true, true, true, true, false])
  }

  @Test func `no phrases and no text match nothing`() throws {
    #expect(PhraseMatcher(phrases: []).matches(in: "anything").isEmpty)
    #expect(PhraseMatcher(phrases: [try Phrase(parsing: "a")]).matches(in: "") == [false])
  }

  static let english = [
    CueCase("cheat*", "You CHEATED me!", true), CueCase("cheat", "You cheated me", false),
    CueCase("cheat", "a cheat", true), CueCase("cheat", "escheat", false),
    CueCase("cheat*", "escheated", false),
    CueCase("short-changed", "I was short\u{2011}changed", true), CueCase("short", "short-changed", true),
    CueCase("watered down", "The ale is watered\r\n   down.", true),
    CueCase("watered  down", "watered\u{A0}down", true), CueCase("watered down", "watereddown", false),
    CueCase("rowan", "_Rowan_ nods", true), CueCase("room 7", "Room 7.", true),
    CueCase("room 7", "room 72", false),
    CueCase("a", "b a", true), CueCase("a", "ba ab aa", false), CueCase("cheat death", "cheat death*", true),
    CueCase(" inn ", "(inn)", true), CueCase("inn", "i\u{AD}nn", true),
  ]

  static let apostrophes = [
    CueCase("rowan", "Rowan's knife", true), CueCase("rowan", "Rowan\u{2019}s", true),
    CueCase("rowan", "Rowan'll come", true), CueCase("rowan", "\u{2018}Rowan\u{2019}", true),
    CueCase("can", "I can't", false), CueCase("can*", "I can't", true),
    CueCase("don't", "Don\u{2019}t!", true),
    CueCase("can", "'can'", true), CueCase("t", "I can't", false), CueCase("m", "I'm here", false),
    CueCase("m", "M's orders", true), CueCase("'tis", "\u{2019}Tis late", true), CueCase("tis", "'tis", true),
    CueCase("ami", "l'ami", true), CueCase("anna", "d\u{2BC}Anna", true),
    CueCase("l'a*", "L\u{2019}ami", true),
    CueCase("l'ami", "l'ami", true), CueCase("l'", "l'ami", true), CueCase("o'", "o't", false),
    CueCase("o'*", "o't", true), CueCase("'s", "Rowan's", true), CueCase("s", "Rowan's", false),
    CueCase("dogs'", "the dogs' den", true),
    CueCase("roll", "rock'n'roll", true), CueCase("couldn't've", "I couldn't've", true),
  ]

  static let european = [
    CueCase("straße", "STRASSE", true), CueCase("STRASSE", "die straße", true),
    CueCase("straße", "STRAẞE", true),
    CueCase("maß*", "Massen", true), CueCase("tür", "Tu\u{308}r", true), CueCase("tu\u{308}r", "TÜR", true),
    CueCase("tur", "Tür", false), CueCase("e", "e\u{301}", false), CueCase("e*", "é e\u{301}", false),
    CueCase("caf*", "cafe\u{301}", true), CueCase("cafe*", "cafe\u{301}", false),
    CueCase("t", "t\u{323}", false),
    CueCase("ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ", true), CueCase("σοφος", "ΣΟΦΟΣ", true), CueCase("σοφοσ", "σοφος", true),
    CueCase("istanbul", "İSTANBUL", true), CueCase("İstanbul", "istanbul'da", true),
    CueCase("kız", "KIZ", true), CueCase("kız", "kizlar", false), CueCase("i", "I\u{307}", true),
    CueCase("мара", "МАРА идёт", true), CueCase("мара", "марал", false), CueCase("ﬁre", "FIRE", true),
  ]

  static let unspaced = [
    CueCase("鍵", "銀の鍵を見せて", true), CueCase("見せる", "銀の鍵を見せて", false),
    CueCase("rowan", "昨日Rowanは来た", true), CueCase("アンナ", "アンナさん", true), CueCase("人々", "人々は", true),
    CueCase("กุญแจ", "ขอกุญแจหน่อย", true), CueCase("ก", "กุญแจ", false), CueCase("ກະແຈ", "ເອົາກະແຈມາ", true),
    CueCase("열쇠", "열쇠 줘", true), CueCase("열쇠", "열쇠를", false), CueCase("열쇠*", "열쇠를", true),
    CueCase("가", "각".decomposedHangul, false), CueCase("각", "각".decomposedHangul, true),
  ]

  static let symbols = [
    CueCase("🔥", "it burns🔥🔥", true), CueCase("❤", "❤️", true), CueCase("👩", "👩‍🚀", false),
    CueCase("👍", "👍🏽", false), CueCase("🇩🇪", "🇫🇷🇩🇪", true), CueCase("🇷🇩", "🇫🇷🇩🇪", false),
    CueCase("!", "Stop!", true), CueCase("?!", "What?!", true), CueCase("c++", "a C++ guild", true),
    CueCase("$5", "$50", false), CueCase("\u{3B}", "a\u{37E}", true),
  ]
}

extension String {
  /// The syllable spelled with the letters of which it is made.
  fileprivate var decomposedHangul: String { self == "각" ? "\u{1100}\u{1161}\u{11A8}" : self }
}
