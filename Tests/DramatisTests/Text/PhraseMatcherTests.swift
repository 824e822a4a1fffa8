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
  @Test(arguments: english + apostrophes + european + unspaced + symbols + stars + gaps)
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

  static let stars = [
    CueCase("*schlüssel", "Der Kellerschlüssel fehlt", true), CueCase("*schlüssel", "Schlüsselblume", false),
    CueCase("*schlüssel*", "die Kellerschlüsseln", true), CueCase("*key", "a monkey", true),
    CueCase("*key", "keys", false),
    CueCase("*מפתח", "והמפתח אבד", true), CueCase("*מפתח", "הדלת נעולה", false),
    CueCase("un*able", "unbearable", true),
    CueCase("un*able", "un able", false), CueCase("un*able", "unable", true),
    CueCase("aba*ba", "ababa", true),
    CueCase("aba*ba", "abba", false), CueCase("cut* her hair", "cutting her hair", true),
    CueCase("cut* her hair", "She cuts bread. Her hair is long.", false),
    CueCase("cut* her hair", "cuts  her\thair", true),
    CueCase("cut* her hair", "uncut her hair", false), CueCase("the *key", "the cellarkey", true),
    CueCase("the *key", "the old key", false), CueCase("the* *key", "their doorkey", true),
    CueCase("*n't", "I can't", true),
    CueCase("*n't", "an ant", false), CueCase("give* *thing*", "gives nothings", true),
    CueCase("Tür*auf", "Türklinkenkauf", true),
    CueCase("you smuggl* the brandy", "So you smuggled the brandy.", true),
    CueCase("you smuggl* the brandy", "You smuggled. The brandy was his.", false),
  ]

  static let gaps = [
    CueCase("cut … hair", "cut hair", true), CueCase("cut … hair", "cut off all her hair", true),
    CueCase("cut … hair", "cut off nearly all her hair", false),
    CueCase("cut ... hair", "cut, as told, her hair", true),
    CueCase("cut … hair", "Cut it. Hair grows.", false), CueCase("cut … hair", "cut it! hair", false),
    CueCase("cut … hair", "cut\nhair", false), CueCase("cut … hair", "hair cut", false),
    CueCase("x … x", "x", false),
    CueCase("x … x", "x x", true), CueCase("you … cheated", "You... you always cheated", true),
    CueCase("you … cheated", "you, Mr. Brown, cheated", false),
    CueCase("you … cheat*", "you're a cheater", true),
    CueCase("a … b … c", "a 1 2 3 b 1 c", true), CueCase("a … b … c", "a 1 2 3 b 1 2 3 4 c", false),
    CueCase("a … b … c", "a b x b 1 2 3 c", true), CueCase("cut* … *cut", "cutcut", false),
    CueCase("鍵…見", "鍵を見せて", true),
    CueCase("鍵 … 見", "鍵をそっちに見せて", false), CueCase("costs … coin", "costs 3.50 a coin", true),
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
