import Foundation
import TestSupport
import Testing

@Suite struct ExampleTests {
  @Test func `two characters talk through the library in under forty lines`() async throws {
    let source = Repository.file("Examples/TwoCharacters/TwoCharacters.swift")
    let lines = try String(contentsOf: source, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count < 40)
    let result = try await Tool(name: "TwoCharacters")()
    #expect(result.status == 0)
    #expect(result.lines.count { $0.hasPrefix("Mara: ") } >= 2)
    #expect(result.lines.contains { $0.hasPrefix("Mara's mood is ") })
  }

  @Test func `a town of two hundred watchmen, merchants and beggars runs in under 150 lines`() async throws {
    let source = try Repository.text("Examples/Town/Town.swift")
    #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count < 150)
    let result = try await Tool(name: "Town")()
    #expect(result.status == 0)
    #expect(result.lines.first == "250 people")
    #expect(result.lines.count { $0.hasPrefix("Watchman 17: ") } >= 4)
    #expect(result.lines.contains { $0.hasPrefix("Merchant 3: ") })
    #expect(result.lines.contains("reloaded 200 watchmen"))
    #expect(result.lines.contains("the record of 3 turns replays: true"))
    #expect(result.lines.contains { $0.hasPrefix("> duty → roused: threatened or isWanted is yes") })
  }

  @Test func `a folder is checked, tested and drawn through the library in under forty lines`() async throws {
    let source = try Repository.text("Examples/CheckingAFolder/CheckingAFolder.swift")
    #expect(source.split(separator: "\n", omittingEmptySubsequences: false).count < 40)
    let result = try await Tool(name: "CheckingAFolder")("Profiles")
    #expect(result.status == 0)
    #expect(result.lines.contains("6 files checked, 0 findings"))
    #expect(result.lines.count { $0.hasSuffix(" % covered") } == 3)
    #expect(result.lines.contains("flowchart LR"))
  }

  @Test func `what is wrong in a folder is found through the library`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\nlines: [Hm.]\nmoods: 1\n")
    let result = try await Tool(name: "CheckingAFolder")(folder.url.path)
    #expect(
      result.lines.first?.contains("ann.yaml:4: error P018: unknown key 'moods'") ?? false)
    #expect(result.lines.contains("1 files checked, 1 findings"))
  }

  @Test func `random paths through the classic machines end where plain tables say`() async throws {
    let result = try await Tool(name: "dramatis-benchmarks")(
      "--paths", "500", "--steps", "5000", "--seed", "9")
    #expect(result.status == 0)
    #expect(result.lines.count == 6)
    #expect(result.lines.count { $0.contains(": 500 of 500 end states right") } == 3)
    #expect(result.lines.count { $0.contains(": 1 of 1 end states right, 5000 steps") } == 3)
  }

  @Test func `a table that says otherwise is noticed`() async throws {
    let folder = try TemporaryFolder()
    for name in ["mario", "soldier", "westeros"] {
      let file = Repository.file("Examples/Classics/\(name).yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      _ = try folder.file(
        "\(name).yaml",
        text.replacing(
          "to: small, when: event.data.move == \"hit\"", with: "to: lost, when: event.data.move == \"hit\""))
    }
    let result = try await Tool(name: "dramatis-benchmarks")(
      "--profiles", folder.url.path, "--paths", "500", "--steps", "9")
    #expect(result.status == 1)
  }
}
