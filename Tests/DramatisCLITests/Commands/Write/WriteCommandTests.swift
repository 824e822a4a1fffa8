import Foundation
import TestSupport
import Testing

/// Writing a story on, against a service that does as it is told.
@Suite struct WriteCommandTests {
  /// A story whose debt is due at once.
  private static func story(_ folder: borrowing TemporaryFolder) throws -> String {
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\nlines: [Hm.]\n")
    _ = try folder.file("bea.yaml", "dramatis: 1\ncharacter: Bea\nlines: [Well.]\n")
    return try folder.file(
      "story.yaml",
      """
      story: 1
      title: Doors
      opening: The door is shut.
      cast: [ann.yaml, bea.yaml]
      commitments:
        door: { owner: Bea, foreshadow: A door., trigger: turn >= 2, payoff: { text: The door opens., cues: [door opens] } }

      """)
  }

  @Test func `a story is written until its debts are paid, and whoever owes speaks`() async throws {
    let folder = try TemporaryFolder()
    let story = try Self.story(folder)
    let environment = ["XDG_STATE_HOME": folder.url.path]
    try await withServer { request, _ in
      if request.contains("response_format") { return MineCommandTests.reply(#"{"q1":"no","q2":"no"}"#) }
      return ModelCommandTests.stream(
        request.contains("In this reply this happens") ? "The door opens." : "It creaks.")
    } _: { server in
      let result = try await Tool.dramatis.run(
        ["write", story, "--save", "doors", "--base-url", server.address, "--model", "tiny"], input: Data(),
        environment: environment)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.lines == ["The door is shut.", "Ann: It creaks.", "Bea: The door opens."])
      #expect(result.errors.contains("turn 2: nothing is owed any more; dramatis ledger 'doors'"))
    }
    let ledger = try await Tool.dramatis.run(
      ["ledger", "doors", "--fail-on", "open,overdue,early"], input: Data(), environment: environment)
    #expect(ledger.status == 0, "\(ledger.output)\(ledger.errors)")
  }

  @Test func `without a model it ends at the limit, says what is open, and can be gone on with`() async throws
  {
    let folder = try TemporaryFolder()
    let story = try Self.story(folder)
    let environment = ["XDG_STATE_HOME": folder.url.path]
    let first = try await Tool.dramatis.run(
      ["write", story, "--no-model", "--turns", "3", "--save", "doors"], input: Data(),
      environment: environment)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.lines == ["The door is shut.", "Ann: Hm.", "Bea: Well.", "Ann: Hm."])
    #expect(first.errors.contains("turn 3: 1 debt open"))
    let again = try await Tool.dramatis.run(
      ["write", story, "--no-model", "--turns", "2", "--resume", "doors"], input: Data(),
      environment: environment)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.contains("turn 5: 1 debt open"))
  }
}
