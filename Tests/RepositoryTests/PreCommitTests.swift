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

  private static func hook(in folder: URL, tool: String? = nil) async throws -> Tool.Result {
    let hook = Repository.file("Examples/CI/pre-commit").path
    let changes = tool.map { ["DRAMATIS": $0] } ?? [:]
    return try await Tool(executable: URL(filePath: "/bin/sh")).run(
      [hook], input: Data(), folder: folder, environment: environment.merging(changes) { $1 })
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

  private static let ann =
    "dramatis: 1\ncharacter: Ann\nvariables: { trust: { initial: 1, min: 0, max: 2 } }\n"
    + "lines: [{ when: trust > 0, say: Yes. }, No.]\n"
  private static let other = "dramatis: 1\ncharacter: Ben\nlines: [Hm.]\n"

  /// A repository with a character, its scenarios and a story, all of which are committed.
  private static func repository(_ files: [String: String] = [:]) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await git("init", "-q", in: folder.url)
    let all = [
      "cast/ann.yaml": "# dramatis: ignore-file L008\n" + ann,
      "cast/ben.yaml": other, "story.yaml": "story: 1\ntitle: T\ncast: [cast/ann.yaml, cast/ben.yaml]\n",
      "cast/ann.scenarios.yaml": "scenarios: 1\ntests: { a: [{ text: Hm, expect: { trust: 1 } }] }\n",
      "tests/more.yaml":
        "scenarios: 1\nprofile: ../cast/ann.yaml\ntests: { a: [{ text: Hm, expect: { trust: 1 } }] }\n",
    ].merging(files) { $1 }
    for (name, text) in all { _ = try folder.file(name, text) }
    try await git("add", ".", in: folder.url)
    try await git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-qm", "a", in: folder.url)
    return folder
  }

  @Test(
    .enabled(if: hasGit),
    arguments: [
      ("cast/ann.yaml", "S001"), ("cast/ann.scenarios.yaml", "S001"), ("cast/ben.yaml", "P041"),
      ("story.yaml", "P019"), ("tests/more.yaml", "S001"), ("notes.yaml", nil),
    ])
  func `what depends on a changed file is checked with it, and nothing else`(file: String, code: String?)
    async throws
  {
    let broken = "dramatis: 1\ncharacter: Old\nnothing: 1\n"
    let folder = try await Self.repository(["old.yaml": broken, "notes.yaml": "a: 1\n"])
    #expect(try await Self.hook(in: folder.url).status == 0)
    let text = try String(contentsOf: folder.url.appending(path: file), encoding: .utf8)
    let changed = text.replacing("initial: 1", with: "initial: 2").replacing("trust: 1", with: "trust: 2")
      .replacing("character: Ben", with: "character: Ann").replacing("title: T\n", with: "")
    _ = try folder.file(file, changed == text ? text + "b: 2\n" : changed)
    try await Self.git("add", ".", in: folder.url)
    let result = try await Self.hook(in: folder.url)
    #expect(result.status == (code == nil ? 0 : 1), "\(result.output)\(result.errors)")
    #expect(code.map { result.output.contains($0) } ?? true)
    #expect(!result.output.contains("old.yaml"))
  }

  @Test(.enabled(if: hasGit), arguments: [("cast/ann.yaml", "story.yaml"), ("cast/ben.yaml", "story.yaml")])
  func `what needs a deleted file keeps its deletion out`(file: String, dependent: String) async throws {
    let folder = try await Self.repository()
    try await Self.git("rm", "-q", file, in: folder.url)
    let result = try await Self.hook(in: folder.url)
    #expect(result.status == 1 && result.output.contains(dependent), "\(result.output)\(result.errors)")
    try await Self.git("rm", "-rq", "story.yaml", "tests", in: folder.url)
    if file == "cast/ann.yaml" { try await Self.git("rm", "-q", "cast/ann.scenarios.yaml", in: folder.url) }
    #expect(try await Self.hook(in: folder.url).status == 0)
  }

  @Test(.enabled(if: hasGit))
  func `settings are those that are staged, and changed ones are tried on all below them`() async throws {
    let folder = try await Self.repository()
    _ = try folder.file(".dramatis.yaml", "rules: { L008: off, L023: off }\n")
    _ = try folder.file("cast/ben.yaml", Self.ann.replacing("Ann", with: "Ben"))
    try await Self.git("add", "cast", in: folder.url)
    let without = try await Self.hook(in: folder.url)
    #expect(without.status == 1 && without.output.contains("L008"), "\(without.output)\(without.errors)")
    try await Self.git("add", ".", in: folder.url)
    let with = try await Self.hook(in: folder.url)
    #expect(with.status == 0, "\(with.output)\(with.errors)")
  }

  @Test(.enabled(if: hasGit))
  func `the tool may be named from the folder, and so may files by odd names`() async throws {
    let folder = try await Self.repository(["ä b/c'd.yaml": Self.other])
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "tool"), withDestinationURL: URL(filePath: Tool.dramatis.path))
    _ = try folder.file("ä b/c'd.yaml", Self.other + "nothing: 1\n")
    try await Self.git("add", "ä b", in: folder.url)
    let result = try await Self.hook(in: folder.url, tool: "./tool")
    #expect(result.status == 1 && result.output.contains("P018"), "\(result.output)\(result.errors)")
  }
}
