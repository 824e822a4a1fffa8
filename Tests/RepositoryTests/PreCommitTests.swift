import Foundation
import TestSupport
import Testing

/// The hook that people copy does what it says.
@Suite struct PreCommitTests {
  private static let git = "/usr/bin/git"
  private static var hasGit: Bool {
    let isThere = FileManager.default.isExecutableFile(atPath: git)
    if !isThere { print("SKIPPED: git is not installed; the hook is not tested") }
    return isThere
  }

  private static let environment = [
    "DRAMATIS": Tool.dramatis.path, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
  ]

  private static func git(_ arguments: String..., in folder: URL) async throws {
    let result = try await Tool(executable: URL(filePath: git)).run(
      arguments, input: Data(), folder: folder, environment: environment)
    #expect(result.status == 0, "\(result.errors)")
  }

  private static func hook(in folder: URL) async throws -> Tool.Result {
    let hook = Repository.file("Examples/CI/pre-commit").path
    return try await Tool(executable: URL(filePath: "/bin/sh")).run(
      [hook], input: Data(), folder: folder, environment: environment)
  }

  @Test(.enabled(if: hasGit))
  func `what is staged is checked, and not what lies in the folder`() async throws {
    let folder = try TemporaryFolder()
    try await Self.git("init", "-q", in: folder.url)
    #expect(try await Self.hook(in: folder.url).status == 0)
    _ = try folder.file("notes.yaml", "a: 1\n")
    try await Self.git("add", ".", in: folder.url)
    #expect(try await Self.hook(in: folder.url).status == 0)
    _ = try folder.file("ann.yaml", "dramatis: 1\n")
    try await Self.git("add", ".", in: folder.url)
    _ = try folder.file("ann.yaml", "dramatis: 1\ncharacter: Ann\n")
    let broken = try await Self.hook(in: folder.url)
    #expect(broken.status != 0 && broken.output.contains("P019"))
    try await Self.git("add", ".", in: folder.url)
    #expect(try await Self.hook(in: folder.url).status == 0)
  }

  @Test(.enabled(if: hasGit))
  func `a scenario that is not as expected keeps a change out`() async throws {
    let folder = try TemporaryFolder()
    try await Self.git("init", "-q", in: folder.url)
    _ = try folder.file(
      "ann.yaml", "dramatis: 1\ncharacter: Ann\nvariables: { trust: { initial: 1, min: 0, max: 2 } }\n")
    _ = try folder.file(
      "ann.scenarios.yaml", "scenarios: 1\ntests: { a: [{ text: Hm, expect: { trust: 2 } }] }\n")
    try await Self.git("add", ".", in: folder.url)
    let result = try await Self.hook(in: folder.url)
    #expect(result.status != 0 && result.output.contains("S001"))
  }
}
