import Foundation
import TestSupport
import Testing

/// The README shows what really happens.
@Suite struct ReadmeTests {
  private let text: String

  init() throws {
    text = try Page("README.md").text
  }

  @Test func `the screen is what a chat with these inputs shows`() async throws {
    let prompt = "stranger> "
    let screen = try #require(text.blocks(of: "text").first).split(separator: "\n").map(String.init)
    let said = screen.filter { $0.hasPrefix(prompt) }.map { $0.dropFirst(prompt.count) }
    let shown = screen.filter { !$0.hasPrefix(prompt) }
    let result = try await Tool.dramatis(
      "chat", "Profiles/mara.yaml", input: said.joined(separator: "\n") + "\n")
    #expect(said.count >= 3)
    #expect(result.lines == shown)
  }

  @Test func `the profile validates strictly`() async throws {
    let profile = try #require(text.blocks(of: "yaml").first)
    let result = try await Tool.dramatis("validate", "--strict", "-", input: profile)
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func `the line of JSON is what the command prints`() async throws {
    let block = try #require(text.blocks(of: "console").last).split(separator: "\n").map(String.init)
    let command = try #require(block.first)
    let event = try #require(command.split(separator: "'").dropFirst().first)
    let profile = try #require(command.split(separator: " ").last)
    let result = try await Tool.dramatis("run", String(profile), input: event + "\n")
    #expect(command.contains("' | dramatis run "))
    #expect(result.lines == Array(block.dropFirst()))
  }

  @Test func `a new profile that is broken and mended shows what stands there`() async throws {
    let folder = try TemporaryFolder()
    #expect(try await Tool.dramatis("new", "Old Tom", folder: folder.url).status == 0)
    let block = try #require(text.blocks(of: "console").first { $0.hasPrefix("$ sed ") })
    let binaries = URL(filePath: Tool.dramatis.path).deletingLastPathComponent().path
    for step in "\n\(block.dropLast())".components(separatedBy: "\n$ ").dropFirst() {
      let lines = step.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      let result = try await Tool(executable: URL(filePath: "/bin/sh")).run(
        ["-c", "{ \(lines[0]); } 2>&1"], input: Data(), folder: folder.url,
        environment: ["PATH": "\(binaries):/usr/bin:/bin"])
      #expect(result.output == (lines.last ?? "") + "\n")
      #expect((result.status == 0) == !result.output.contains("error["))
    }
  }

  @Test func `every command that it names exists`() async throws {
    let named = Set(text.matches(of: /`dramatis ([a-z]+)/).map { String($0.output.1) })
    for command in named {
      #expect(try await Tool.dramatis(command, "--help").status == 0, "\(command)")
    }
    #expect(named.isSuperset(of: ["chat", "run", "validate", "new", "compile", "import"]))
  }
}
