import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// What is told about the matches of cues.
@Suite struct CueMatchTests {
  private static let profile = """
    questions:
      paid: { ask: Paid?, cues: [pay*, coin], counter-cues: [pay heed] }
      thanked: { ask: Thanked?, cues: [thank*] }
      sworn: { ask: Sworn?, over: scene, cues: [i swear] }
    machines:
      m: { states: {}, transitions: [{ from: any, to: other, when: paid or thanked or sworn }] }
    """

  private func matches(_ name: String, in text: String) throws -> [CueMatch] {
    let program = try compileMara(Self.profile)
    let question = try #require(program.questions.first { $0.name == name })
    return CueDiscriminator(for: [program]).matches(of: question, in: Scene(text))
  }

  @Test(
    arguments: [
      ("Thanks a lot.", "thanked", "thank*", "thanks", CueMatch.Meaning.yes, nil),
      ("I won't PAY you.", "paid", "pay*", "pay", .denied, "won't"),
      ("Pay heed!", "paid", "pay*", "pay", .covered, nil),
      ("He said, thanks.", "thanked", "thank*", "thanks", .reported, nil),
    ] as [(String, String, String, String, CueMatch.Meaning, String?)])
  func `a match tells its cue, the words, what they count for and what denies them`(
    text: String, question: String, cue: String, found: String, meaning: CueMatch.Meaning, negation: String?
  ) throws {
    let match = try #require(try matches(question, in: text).first { $0.cue == cue })
    #expect(match.meaning == meaning)
    #expect(found.hasPrefix(match.found) || match.found.hasPrefix(found))
    #expect(match.negation == negation)
  }

  @Test func `where nothing stands nothing is told`() throws {
    #expect(try matches("paid", in: "Rain again.").isEmpty)
  }

  @Test func `what was heard in a conversation is counted, and what nobody understood is kept`() throws {
    let program = try compileMara(Self.profile)
    let events = [
      Event(actor: "Rowan", text: "Thanks!"), Event(actor: "Mara", text: "Pay me."),
      Event(actor: "Rowan", text: "Rain again."), Event(actor: "Rowan", text: "No thanks, I won't pay."),
    ]
    let hearing = CueHearing(of: program, in: events)
    #expect(hearing.texts == 3)
    #expect(hearing.silent == ["Rain again."])
    #expect(hearing.deaf == ["sworn"])
    #expect(hearing.questions.first { $0.question == "thanked" }?.yes == 1)
    #expect(hearing.questions.first { $0.question == "paid" }?.no == 1)
  }
}
