import Foundation
import TestSupport
import Testing

@Suite struct LintCommandTests {
  private static let mistaken = "dramatis: 1\ncharacter: Ann\nquestions: { q: { ask: Is it? } }\n"

  @Test func `a finding is a warning, fails with --strict, and fails where the project says so`() async throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.file("deep/er/a.yaml", Self.mistaken)
    #expect(try await Tool.dramatis("validate", path).status == 0)
    #expect(try await Tool.dramatis("validate", "--strict", path).status == 1)
    let settings = try folder.file(".dramatis.yaml", "rules: { unused-question: error }\n")
    let result = try await Tool.dramatis("validate", path)
    #expect(result.status == 1)
    #expect(result.output.contains("error[L010]"))
    _ = try folder.file("deep/.dramatis.yaml", "rules: { L010: off }\n")
    #expect(try await Tool.dramatis("validate", "--strict", path).status == 0)
    _ = try folder.file("deep/er/.git/config", "")
    let alone = try await Tool.dramatis("validate", path)
    #expect(alone.output.contains("warning[L010]"), "\(settings) is beyond the repository")
  }

  @Test func `a mistake in the settings is reported once, with its place, and fails`() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("a.yaml", "dramatis: 1\ncharacter: Ann\n")
    _ = try folder.file("b.yaml", "dramatis: 1\ncharacter: Ben\n")
    _ = try folder.file(".dramatis.yaml", "budgets: 3\n")
    let result = try await Tool.dramatis("validate", folder.url.path)
    #expect(result.status == 1)
    #expect(result.output.components(separatedBy: ".dramatis.yaml:1:1").count == 2)
  }

  @Test func `--fix changes the file and says so, and of standard input writes the profile`() async throws {
    let folder = try TemporaryFolder()
    let text = "dramatis: 1\ncharacter: Ann\nlines: [One.]  # dramatis: ignore L001\n"
    let path = try folder.file("a.yaml", text)
    let result = try await Tool.dramatis("validate", "--fix", "--strict", path)
    #expect(result.status == 0)
    #expect(result.errors.contains("1 change made"))
    let wanted = "dramatis: 1\ncharacter: Ann\nlines: [One.]\n"
    #expect(try String(contentsOfFile: path, encoding: .utf8) == wanted)
    let piped = try await Tool.dramatis("validate", "--fix", "-", input: text)
    #expect(piped.output == wanted)
    #expect(piped.status == 0)
  }

  @Test
  func `explain prints a page by code or name, lists all, and names the nearest of one that is not there`()
    async throws
  {
    #expect(try await Tool.dramatis("explain", "L003").output.hasPrefix("# L003: "))
    #expect(try await Tool.dramatis("explain", "shadowed-transition").output.hasPrefix("# L003: "))
    #expect(try await Tool.dramatis("explain", "p012").output.hasPrefix("# P012: unknown state"))
    let list = try await Tool.dramatis("explain").output
    #expect(list.contains("P001") && list.contains("L025 property-undecided"))
    let unknown = try await Tool.dramatis("explain", "shadowed-transitoin")
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("did you mean 'shadowed-transition'?"))
  }
}
