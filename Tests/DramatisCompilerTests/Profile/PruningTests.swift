import Dramatis
import DramatisCompiler
import Testing

/// Gates that lead to no statement are never asked, and leave every statement where it was.
@Suite struct PruningTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    behavior:
      dead:
        - { when: ask("A?"), then: [], else: [], unknown: [] }
        - { when: ask("B?"), then: [{ when: ask("C?"), then: [] }] }
      alive:
        - { when: ask("D?"), then: [{ when: ask("E?"), then: [] }, { when: ask("F?"), then: [deep] }] }
        - { when: ask("G?"), then: [], else: [not g] }
        - { when: ask("H?"), then: [{ when: ask("I?"), then: [] }], unknown: [perhaps h] }

    """

  private func program(prunes: Bool) throws -> Program {
    let compilation = Compilation(of: Array(Self.profile.utf8), name: "test.yaml", prunes: prunes)
    return try #require(compilation.program)
  }

  private func turn(_ program: Program, _ answer: Answer) async throws -> (
    asked: [[String]], statements: [String]
  ) {
    let answers = Dictionary(uniqueKeysWithValues: program.questions.map { ($0.text, answer) })
    let session = try Session(cast: [program], discriminator: ScriptedDiscriminator(answers))
    let turn = try await session.respond(to: Event(text: "…"), speaker: .nobody)
    let step = try #require(turn.records.first?.event)
    return (
      step.rounds.map { $0.map { program.questions[$0].text } },
      step.step.grounding.statements.map { program.statements[$0.statement] }
    )
  }

  @Test(arguments: [
    (Answer.yes, [["D?", "G?", "H?"], ["F?"]], ["deep"]),
    (.no, [["D?", "G?", "H?"]], ["not g"]),
    (.unknown, [["D?", "G?", "H?"]], ["perhaps h"]),
  ])
  func `a pruned program asks only what leads somewhere`(
    answer: Answer, asked: [[String]], statements: [String]
  ) async throws {
    let pruned = try await turn(program(prunes: true), answer)
    let whole = try await turn(program(prunes: false), answer)
    #expect(pruned.asked == asked)
    #expect(pruned.statements == statements)
    #expect(whole.statements == statements)
    #expect(whole.asked.joined().count > pruned.asked.joined().count)
  }

  @Test func `without pruning every gate on an open path is asked`() async throws {
    let whole = try await turn(program(prunes: false), .yes)
    #expect(whole.asked == [["A?", "B?", "D?", "G?", "H?"], ["C?", "E?", "F?", "I?"]])
  }

  @Test func `a pruned program is smaller and survives its file`() throws {
    let (pruned, whole) = (try program(prunes: true), try program(prunes: false))
    #expect(pruned.treeNodes.count < whole.treeNodes.count)
    #expect(try Program(file: pruned.fileBytes()) == pruned)
    #expect(try Program(file: whole.fileBytes()) == whole)
  }
}
