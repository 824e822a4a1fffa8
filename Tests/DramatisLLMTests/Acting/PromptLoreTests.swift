import Dramatis
import DramatisCompiler
import DramatisLLM
import TestSupport
import Testing

/// What lore and the words of cards look like in a prompt.
@Suite struct PromptLoreTests {
  private func prompts(_ text: String, _ said: [String]) async throws -> [ModelRequest] {
    let model = FakeModel("Aye.", "No.", "Well.", "So.")
    let program = try Program(profile: Array(text.utf8), name: "edda.yaml")
    let session = try Session(
      cast: [program], discriminator: CueDiscriminator(for: [program]), performer: LLMPerformer(model))
    for text in said { _ = try await session.respond(to: Event(actor: "Jon", text: text)) }
    return model.requests
  }

  @Test func `entries stand where they say`() async throws {
    let profile = """
      dramatis: 1
      character: Edda
      summary: A ferrywoman.
      system-prompt: "{{original}} Use short words."
      post-history: Stay wet, {{char}}.
      lore:
        - { keys: rope, content: "The rope of {{char}}.", position: before }
        - { keys: rope, content: The quay., position: after }
        - { keys: rope, content: "{{user}} owes.", position: depth, depth: 1, role: system }
        - { keys: rope, content: I float., position: depth, depth: 0, role: character }
        - { keys: never, content: Not this. }
      """
    let requests = try await prompts(profile, ["Hello.", "The rope?"])
    let first = requests[0].messages.map(\.text).joined(separator: "\n")
    #expect(!first.contains("The rope of Edda."))
    #expect(first.contains("Use short words.") && first.contains("Stay wet, Edda."))
    // A card's own words take the place of the task, and nobody speaks for others all the same.
    #expect(first.contains("\n\nWhat others say and do is up to them."))
    let messages = requests[1].messages
    let system = try #require(messages.first?.text)
    let places = ["The rope of Edda.", "A ferrywoman.", "The quay.", "Use short words."].map {
      system.firstRange(of: $0)?.lowerBound
    }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    let rest = messages.dropFirst().map(\.text).joined(separator: "\n")
    let told = ["[Jon owes.]", "The rope?", "I float."].map { rest.firstRange(of: $0)?.lowerBound }
    #expect(!told.contains(nil) && told.compactMap(\.self) == told.compactMap(\.self).sorted())
    #expect(!system.contains("Not this."))
  }

  @Test func `a card's book is told in a prompt`() async throws {
    let json = """
      {"spec":"chara_card_v2","spec_version":"2.0","data":{"name":"Edda","description":"Ferries {{user}}.","first_mes":"Hi",
      "system_prompt":"Speak as {{char}}. {{original}}","post_history_instructions":"Be {{reverse:terb}}.","extensions":{},
      "character_book":{"extensions":{},"entries":[
      {"keys":["rope"],"content":"Hemp, says {{char}}.","enabled":true,"insertion_order":5,"extensions":{"position":1}},
      {"keys":["hemp"],"content":"Hemp rots.","enabled":true,"insertion_order":4,"extensions":{}},
      {"keys":["rope"],"content":"Off.","enabled":false,"insertion_order":3,"extensions":{}}]}}}
      """
    let card = try CharacterCard(Array(json.utf8), ending: "json")
    let profile = try #require(CardProfile(card))
    #expect(profile.kept.filter { $0.hasPrefix("character_book") || $0.hasPrefix("system") }.isEmpty)
    let requests = try await prompts(profile.text, ["A rope!"])
    let system = try #require(requests[0].messages.first?.text)
    #expect(system.contains("Hemp, says Edda.") && system.contains("Hemp rots.") && !system.contains("Off."))
    #expect(system.contains("Speak as Edda. Answer as Edda"))
    #expect(requests[0].messages.last?.text.contains("Be bret.") == true)
  }
}
