import Foundation
import TestSupport
import Testing

/// What cannot be written is said, and nothing else is harmed.
@Suite struct OutputTests {
  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs a device that is always full"),
    arguments: [
      "run Profiles/mara.yaml", "chat Profiles/mara.yaml", "compile Profiles/mara.yaml -o -", "new Tom -o -",
    ])
  func `output that cannot be written ends with 3 and the reason`(_ command: String) async throws {
    let shell = Tool(executable: URL(filePath: "/bin/sh"))
    let script = "echo '{\"text\":\"hi\"}' | \(Tool.dramatis.path) \(command) > /dev/full"
    let result = try await shell.run(["-c", script], input: .init())
    #expect(result.status == 3)
    #expect(result.errors.contains("cannot write standard output: No space left on device"))
  }

  @Test func `a reader who leaves early is no failure`() async throws {
    let shell = Tool(executable: URL(filePath: "/bin/bash"))
    let event = #"{"text":"hi"}"#
    let script =
      "for i in $(seq 200); do echo '\(event)'; done | \(Tool.dramatis.path) run Profiles/mara.yaml | head -n 1 | wc -l"
    let result = try await shell.run(["-c", script], input: .init())
    #expect(result.output.contains("1"))
    #expect(result.errors.isEmpty)
  }

  @Test func `compiling to a link replaces what it leads to, and the link stays`() async throws {
    let folder = try TemporaryFolder()
    let target = try folder.file("real.program", "")
    let link = folder.path("link.program")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: target)
    #expect(try await Tool.dramatis("compile", "Profiles/mara.yaml", "-o", link).status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == target)
    #expect(try await Tool.dramatis("validate", target).status == 0)
  }

  @Test(arguments: ["chat", "run", "validate"])
  func `a program with escape sequences in it shows none`(_ command: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("x.program", "dramatis-program \u{1B}[31mX\u{1B}[0m sha256:0\n{}")
    let result = try await Tool.dramatis(command, path)
    #expect(result.status == 1)
    #expect(!(result.output + result.errors).contains("\u{1B}"))
  }

  @Test func `an argument with escape sequences is shown without them`() async throws {
    let result = try await Tool.dramatis("run", "x", "--seed", "\u{1B}[2J")
    #expect(result.status == 2)
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test func `a program larger than a profile may be is loaded`() async throws {
    let folder = try TemporaryFolder()
    // Each mark takes two bytes in a program.
    let marks = String(repeating: "\"", count: 60_000)
    let statements = (0..<36).map { "    - '\($0) \(marks)'\n" }.joined()
    let profile = try folder.file(
      "big.yaml", "dramatis: 1\ncharacter: Ann\nbehavior:\n  manners:\n" + statements)
    let program = profile + ".program"
    #expect(try await Tool.dramatis("compile", profile, "-o", program).status == 0)
    #expect(try FileManager.default.attributesOfItem(atPath: program)[.size] as? Int ?? 0 > 4 << 20)
    #expect(try await Tool.dramatis("validate", program).status == 0)
  }
}
