import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// Files that go to standard output steer no terminal, and are still what they are.
@Suite struct PrintedFileTests {
  private static let profile =
    #"dramatis: 1\ncharacter: Ann\nlines: ["a\u009B2J\u202Eb\u2066c\u007F"]\n"#.replacing("\\n", with: "\n")

  @Test func `a program is printed without controls, and loads with them`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("m.yaml", Self.profile)
    let printed = try await Tool.dramatis("compile", profile, "-o", "-")
    #expect(printed.status == 0)
    #expect(!printed.output.hasControls)
    let program = try Program(file: Array(printed.output.utf8))
    #expect(Compilation(of: Array(Self.profile.utf8), name: "m.yaml").program == program)
    #expect(printed.output == String(decoding: program.fileBytes(), as: UTF8.self))
  }

  @Test(arguments: [
    "dramatis: 1\ncharacter: [\n", "\u{1B}[31m", "dramatis: 1\ncharacter: Ann\nstates: {}\n",
    "dramatis: 1\ncharacter: Ann\nlines: [\"a\u{202E}b\"]\n", "a\u{9B}2J",
  ])
  func `--fix writes nothing of a profile that cannot be used, or that would steer a terminal`(
    _ input: String
  ) async throws {
    let result = try await Tool.dramatis("validate", "--fix", "-", input: input)
    #expect(result.status == 1 || result.status == 3)
    #expect(result.output.isEmpty)
    #expect(!result.errors.hasControls)
  }

  @Test(arguments: ["\n", "\r\n"])
  func `--fix writes any other profile as it is`(_ lineBreak: String) async throws {
    let profile = "\u{FEFF}dramatis: 1\ncharacter: Ann\nlines: [\"Ä\u{2028}b\"]\n".replacing(
      "\n", with: lineBreak)
    let result = try await Tool.dramatis("validate", "--fix", "-", input: profile)
    #expect(Array(result.output.utf8) == Array(profile.utf8))
    #expect(result.status == 0)
  }
}
