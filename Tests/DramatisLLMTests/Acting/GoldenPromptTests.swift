import Dramatis
import DramatisCompiler
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// What a model is told in ten situations, word for word.
@Suite struct GoldenPromptTests {
  /// A situation: who is there, what happens, and how the last line is asked for.
  struct Situation: Sendable, CustomTestStringConvertible {
    let name: String
    var profile = GoldenPromptTests.ines
    let events: [Event]
    var answers: [String: Answer] = [:]
    var form = PromptForm.cached
    var budget: Int?
    var opening = ""
    var testDescription: String { name }
  }

  /// A lighthouse keeper with all that a prompt can tell of.
  fileprivate static let ines = """
    dramatis: 1
    character: Ines
    aliases: [the keeper]
    summary: Keeps the lighthouse of Cape Vell, and owes {user} a boat.
    voice: Slow, exact.
    setting: A rock in the sea. It is November.
    relations: { Tom: Her brother. He drinks. }
    facts: ["The stair has {steps} steps."]
    examples: [{ event: "Tom: Is it late?", line: "Later than you think." }]
    variables:
      oil: { initial: 9, min: 0, max: 9, show: "The lamp has oil for {oil} hours." }
      steps: { initial: 212, min: 0, max: 999 }
    questions:
      storm: { ask: Does anyone speak of a storm?, cues: [storm*] }
      thanks: { ask: Does anyone thank Ines?, cues: [thank*] }
      rowed: { ask: Does anyone want to row out?, cues: [row*] }
    machines:
      watch:
        states:
          unactivated: Nothing is on the horizon.
          alert: { description: Ines does not leave the gallery., enter: "Ines puts down the cup and goes up to the gallery." }
          calm: Ines has sat down again beside {user}.
        transitions:
          - { from: any, to: alert, when: storm, set: { oil: oil - 3 } }
          - { from: alert, to: calm, when: thanks }
      temper:
        states: { soft: "{character} hums." }
        transitions: [{ from: any, to: soft, when: thanks }]
    behavior:
      habits:
        - Ines counts the oil.
        - { when: storm, then: [Ines speaks of the wreck of the Maria.] }
        - { when: thanks, then: [Ines looks at her hands.] }
    commitments:
      boat:
        foreshadow: { text: A boat lies keel up behind the house., cues: [keel up] }
        trigger: rowed
        payoff: { text: "Ines turns the boat over and shows the name of {user} on it.", cues: [turns the boat] }

    """

  private static let german = """
    dramatis: 1
    character: Jette
    language: de
    summary: Führt die Fähre.
    voice: Knapp.
    questions: { dank: { ask: Dankt jemand Jette?, cues: [danke] } }
    machines:
      laune:
        states: { milde: Jette lächelt in den Kragen. }
        transitions: [{ from: any, to: milde, when: dank }]
    commitments:
      glocke: { foreshadow: Jette hat eine Glocke gehört., trigger: turn >= 9, payoff: Die Glocke wird geborgen. }

    """

  private static func said(_ text: String, by actor: String = "Rowan") -> Event {
    Event(actor: actor, text: text)
  }

  static let all: [Situation] = [
    Situation(name: "first-words", events: [said("Good evening.")]),
    Situation(name: "just-changed", events: [said("Good evening."), said("A storm is coming.")]),
    Situation(name: "it-lasts", events: [said("A storm!")] + Array(repeating: said("And now?"), count: 4)),
    Situation(
      name: "from-state-to-state", events: [said("A storm!"), said("Hm."), said("Thank you, Ines.")]),
    Situation(
      name: "little-room-for-statements", events: [said("A storm! Thank you.")], budget: 10),
    Situation(
      name: "due", events: [said("What lies there?"), said("Let us row out.")],
      answers: ["commitments.boat.planted": .yes]),
    Situation(
      name: "settled", events: [said("Let us row out."), said("Go on."), said("What now?")],
      answers: ["commitments.boat.paid": .yes], opening: "The mail boat has left two people on the rock."),
    Situation(
      name: "in-company",
      events: [
        Event(actor: "Rowan", text: "Is Tom well?", present: ["Rowan", "Tom", "Ines"]),
        Event(
          actor: "Tom", text: "I am.", present: ["Rowan", "Tom", "Ines"],
          direction: Direction("Let her be short.")),
      ]),
    Situation(name: "german", profile: german, events: [said("Guten Tag."), said("Danke, Jette.")]),
    Situation(
      name: "compact", events: [said("Good evening."), said("A storm is coming.")], form: .compact),
  ]

  @Test(arguments: all)
  func `the prompt is as it was read and found good`(situation: Situation) async throws {
    let program = try compile(situation.profile)
    let asked = Mutex([LineRequest]())
    let model = FakeModel { _, number in Completion(text: "So it is, for the \(number + 1). time.") }
    let performer = LLMPerformer(model)
    let session = try Session(
      cast: [program],
      discriminator: DiscriminatorStack([
        ScriptedDiscriminator(situation.answers), CueDiscriminator(for: [program]),
      ]), performer: ListeningPerformer(base: performer) { request in asked.withLock { $0.append(request) } },
      statementBudget: situation.budget)
    try await session.narrate(opening: situation.opening)
    for event in situation.events { _ = try await session.respond(to: event) }
    let request = try #require(asked.withLock { $0.last })
    let prompt = PromptRenderer(form: situation.form).prompt(for: request)
    let told = prompt.messages.map { "== \($0.role)\n\($0.text)\n" }
    let left = prompt.omissions.map { "\($0.what): \($0.why)\n" }.joined()
    let text = told.joined(separator: "\n") + "\n== left out\n" + left
    let file = Repository.file("Tests/DramatisLLMTests/Acting/Prompts/\(situation.name).txt")
    if Repository.isUpdatingGoldens { try Data(text.utf8).write(to: file) }
    let kept = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    #expect(text == kept)
    // Every line that is told stands in one of the parts.
    let parts = prompt.parts.map(\.text).joined(separator: "\n")
    for line in prompt.messages.flatMap({ $0.text.split(separator: "\n") }) where !line.hasPrefix("[") {
      #expect(
        parts.contains(line.hasSuffix("]") ? line.dropLast() : line) || line.hasPrefix("For Ines only"),
        "\(line)")
    }
  }
}

/// Shows what is asked of another performer.
private struct ListeningPerformer: Performer {
  let base: LLMPerformer
  let hears: @Sendable (LineRequest) -> Void

  func line(for request: LineRequest) async throws -> SpokenLine? {
    hears(request)
    return try await base.line(for: request)
  }
}
