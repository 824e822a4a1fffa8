import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// What guests said to the characters that ship, and what was misunderstood once.
@Suite struct ShippedProfileTests {
  struct Sentence: CustomTestStringConvertible {
    let profile: String
    let question: String
    let text: String
    let answer: Answer

    init(_ profile: String, _ question: String, _ text: String, _ answer: Answer) {
      (self.profile, self.question, self.text, self.answer) = (profile, question, text, answer)
    }

    var testDescription: String { "\(profile) \(question): \(text)" }
  }

  private static let greetings = [
    "Guten Tag!", "Grüß Gott", "GRÜSS GOTT", "Grüezi mitenand", "Tach auch", "Hey, jemand da", "Moin moin",
    "Schönen guten Abend", "Servus",
  ]

  private static let sentences =
    greetings.map { Sentence("kaethe", "gegrüßt", $0, .yes) } + [
      Sentence("kaethe", "gegrüßt", "Was für ein Tag.", .unknown),
      Sentence("kaethe", "befühlt", "Verkaufen Sie auch Postkarten?", .unknown),
      Sentence("kaethe", "befühlt", "Ich möchte eine Uhr kaufen.", .unknown),
      Sentence("kaethe", "befühlt", "Ich will sie klauen.", .yes),
      Sentence("kaethe", "geld", "Verkaufen Sie auch Postkarten?", .yes),
      Sentence("mara", "left", "So nice to see you!", .no),
      Sentence("mara", "left", "See you tomorrow.", .yes),
      Sentence("mara", "threatened", "I burn for news.", .unknown),
      Sentence("mara", "threatened", "We burn the whole house.", .yes),
      Sentence("mara", "ate", "We don't eat fish.", .no),
      Sentence("mara", "apologised", "He never apologised.", .no),
      Sentence("plimsoll", "fire", "Can you help me with the log?", .no),
      Sentence("plimsoll", "fire", "There is smoke in the galley!", .yes),
      Sentence("plimsoll", "fire", "Mayday!", .yes),
    ]

  @Test(arguments: sentences)
  func `the cues understand a sentence as it was meant`(sentence: Sentence) throws {
    let program = try Compilation(shipped: sentence.profile).requiredProgram
    let question = try #require(program.questions.first { $0.name == sentence.question })
    let replies = CueDiscriminator(for: [program]).replies(to: [question], about: Scene(sentence.text))
    #expect(replies.map(\.answer) == [sentence.answer])
  }

  private static let evenings: [[Event]] = [
    [], [Event(actor: "Rowan", text: "An ale, please.")],
    [
      Event(actor: "Rowan", text: "An ale, please."), Event(actor: "Rowan", text: "Here", kind: "payment"),
    ],
    [
      Event(actor: "Rowan", text: "An ale."), Event(actor: "Rowan", text: "A stew."),
      Event(actor: "Rowan", text: "Rum."),
    ],
  ]

  @Test(arguments: evenings)
  func `a bed at Mara's costs the five coppers that she names, whatever is on the slate`(
    before: [Event]
  ) async throws {
    let program = try Compilation(shipped: "mara").requiredProgram
    let session = try Session(cast: [program])
    for event in before { _ = try await session.respond(to: event) }
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "I want a room for tonight."))
    let record = try #require(turn.records.first)
    let tab = try #require(program.variables.firstIndex { $0.name == "tab" })
    let texts = [record.before, record.after].map { program.variables[tab].text($0.variables[tab]) }
    let coppers = texts.compactMap(Int.init)
    #expect(coppers.count == 2 && coppers[1] - coppers[0] == 5, "\(texts)")
  }
}
