import DramatisCompiler
import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// What a model is told of the commitments.
@Suite struct CommitmentPromptTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    commitments:
      silver_key: { foreshadow: A silver key., trigger: turn >= 2, payoff: The cellar opens., due-within: 9 }
      letter: { foreshadow: A sealed letter., trigger: turn >= 99, payoff: The seal breaks. }

    """

  /// The direction of each turn, after lines that plant only the key and pay nothing.
  private static func directions(turns: Int) async throws -> [String] {
    let program = try #require(Compilation(of: Array(profile.utf8), name: "mara.yaml").program)
    let model = FakeModel { _, _ in Completion(text: "Hm.") }
    let session = try Session(
      cast: [program], discriminator: ScriptedDiscriminator(["commitments.silver_key.planted": .yes]),
      performer: LLMPerformer(model))
    for _ in 0..<turns { _ = try await session.respond(to: Event(actor: "Rowan", text: "…")) }
    return model.requests.map { $0.messages.last?.text ?? "" }
  }

  @Test func `what is due is a requirement that grows firmer, and what is planted is not to be resolved`()
    async throws
  {
    let directions = try await Self.directions(turns: 4)
    let key = [
      "- Let this show in passing, and explain or resolve nothing of it: A silver key.",
      "- In this reply this happens, as a concrete event: The cellar opens.",
      "- It has not happened yet. In this very reply it really happens, not as a hint: The cellar opens.",
      "- This is long due. Whatever else happens, it must happen now, as a concrete event: The cellar opens.",
    ]
    #expect(directions.count == 4)
    for (direction, line) in zip(directions, key) {
      #expect(direction.contains(line))
      #expect(direction.contains("resolve nothing of it: A sealed letter."))
      #expect(!direction.contains("The seal breaks"))
    }
    #expect(!directions[0].contains("The cellar opens"))
  }
}
