import Testing

@testable import Dramatis

@Suite struct PhraseTests {
  @Test(arguments: [
    ("cheat*", "cheat", true), ("  Watered \n DOWN ", "watered down", false), ("inn* ", "inn", true),
    ("d\u{2019}Anna", "d'anna", false), ("🔥", "🔥", false), ("!*", "!", true), ("*key", "key", false),
    ("Cut* HER hair", "cut* her hair", false), ("ch*t", "ch*t", false), ("a *key*", "a *key", true),
    ("you … cheat*", "you … cheat", true), ("you...cheat", "you … cheat", false),
    ("you ... cheat", "you … cheat", false),
    ("...", "...", false), ("well...", "well...", false), ("e.g. this", "e.g. this", false),
    ("wait... what", "wait... what", false),
  ])
  func `a cue is read as its folded words`(source: String, text: String, isPrefix: Bool) throws {
    let phrase = try Phrase(parsing: source)
    #expect(phrase.text == text)
    #expect(phrase.isPrefix == isPrefix)
  }

  @Test(arguments: [
    ("", PhraseError.Fault.empty, 0), (" \n\u{A0}", .empty, 0), ("*", .empty, 0), (" * ", .empty, 0),
    ("* cheat", .misplacedStar, 0), ("ch**eat", .misplacedStar, 2), ("cheat**", .misplacedStar, 5),
    ("cheat *", .misplacedStar, 6), ("tür * auf", .misplacedStar, 4), ("**", .misplacedStar, 0),
    ("… cheat", .misplacedGap, 0), ("you ...", .misplacedGap, 4), ("you … … cheat", .misplacedGap, 6),
    ("  \u{301}", .nothingToMatch, 2), ("\u{200B}", .empty, 0), ("\u{AD}", .empty, 0),
  ])
  func `a cue that means nothing is refused at its place`(
    source: String, fault: PhraseError.Fault, offset: Int
  ) {
    #expect(throws: PhraseError(fault: fault, offset: offset)) { try Phrase(parsing: source) }
  }
}
