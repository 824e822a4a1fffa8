import Foundation
import TestSupport
import Testing

@Suite struct ChatCommandTests {
  private static let profile = """
    dramatis: 1
    character: "Ann\\e[31m"
    greeting: ["Hello {user}.\\e]52;c;cm0=\\a"]
    questions: { greeted: { ask: Does someone greet?, cues: [hello] } }
    machines:
      mood:
        states: { glad: "Ann smiles." }
        transitions: [{ from: any, to: glad, when: greeted }]
    lines:
      - { when: mood == glad, say: ["Well met.\\u202e"] }
      - Who is there?
    """

  private func chat(_ input: String, _ arguments: String...) async throws -> Tool.Result {
    let folder = try TemporaryFolder()
    let path = try folder.file("ann.yaml", Self.profile)
    return try await Tool.dramatis.run(["chat", path] + arguments, input: Data(input.utf8))
  }

  @Test func `a piped conversation greets, answers and shows what moved, without prompts or colours`()
    async throws
  {
    let result = try await chat("psst\nhello\n", "--user", "Rowan")
    #expect(result.status == 0)
    #expect(
      result.lines == [
        "No language model is configured: Ann speaks from written lines. /help lists the commands.",
        "Ann: Hello Rowan.", "Ann: Who is there?",
        "(Nothing in that was understood. Plain words help; /why tells what was, /help what else there is.)",
        "· mood: unactivated → glad because greeted",
        "Ann: Well met.",
      ])
  }

  @Test func `nothing that others wrote reaches the terminal as a control sequence`() async throws {
    let result = try await chat(
      "hello\n/state\n/why\n/\u{1B}]0;x\u{7}wrong\n\u{1B}[2Jhi\n/why\n", "--user", "R")
    let forbidden = result.output.unicodeScalars.filter {
      ($0.value < 0x20 && $0 != "\n") || (0x7F...0x9F).contains($0.value) || $0 == "\u{202E}"
    }
    #expect(forbidden.isEmpty)
    #expect(result.status == 0)
  }

  @Test func `/state, /why and /help say where the character stands and why; /quit leaves`() async throws {
    let result = try await chat("/why\nhello\n/why all\n/state\n/help\n/sate\n\n/quit\nnot said\n")
    for expected in [
      "Nothing has happened yet.", "  asked in 1 round", "  yes (cues): greeted by 'hello'",
      "  mood: unactivated → glad because greeted",
      "mood: glad — Ann smiles.", "turn: 1", "/quit                      leave; Ctrl-D does too",
      "There is no command /sate. Did you mean /state?",
    ] {
      #expect(result.lines.contains(expected), "\(expected)")
    }
    #expect(!result.output.contains("Who is there?"))
  }

  @Test(arguments: [0, 1, 2])
  func `the seed decides which lines are chosen`(_ seed: Int) async throws {
    let input = "hello\nhow are you?\nwhat is new?\nthank you\n"
    let first = try await Tool.dramatis("chat", "Profiles/mara.yaml", "--seed", "\(seed)", input: input)
    let second = try await Tool.dramatis("chat", "Profiles/mara.yaml", "--seed", "\(seed)", input: input)
    #expect(first.output == second.output)
    #expect(first.lines.count { $0.hasPrefix("Mara: ") } == 5)
  }

  @Test func `a line of ten megabytes or of no text is refused and the chat goes on`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("ann.yaml", Self.profile)
    var input = Data(repeating: 0x61, count: 10 << 20)
    input.append(contentsOf: [0x0A, 0xFF, 0x0A])
    input.append(contentsOf: "hello\n".utf8)
    let result = try await Tool.dramatis.run(["chat", path], input: input)
    #expect(result.status == 0)
    #expect(result.lines.count { $0.contains("cannot be read") } == 2)
    #expect(result.lines.last == "Ann: Well met.")
  }
}
