import Foundation
import TestSupport
import Testing

/// Files that are written anew stay as private as they were, and are there wholly or not at all.
@Suite struct ReplacedFileTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    machines:
      mood:
        states: { sad: Cries. }
        transitions: [{ from: any, to: sad, when: event.kind == "rain" }]
    lines: [One.]  # dramatis: ignore L001

    """

  private static func permissions(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test(arguments: [0o600, 0o640, 0o664, 0o400])
  func `a file that is replaced keeps its permissions`(_ permissions: Int) async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("m.yaml", Self.profile)
    let scenarios = try folder.file(
      "m.scenarios.yaml", "scenarios: 1\ntests:\n  a:\n    - { text: hi, expect: { mood: sad } }\n")
    let state = ["XDG_STATE_HOME": folder.url.path]
    let kept = try await Tool.dramatis(
      "chat", "mara", "--no-model", input: "hello\n/save s\n", environment: state)
    #expect(kept.status == 0)
    let calls: [([String], String)] = [
      (["graph", profile, "-o", try folder.file("g", "")], "g"),
      (["compile", profile, "-o", try folder.file("p", "")], "p"),
      (["validate", profile, "--baseline", try folder.file("b", ""), "--update-baseline"], "b"),
      (["sessions", "export", "s", "--force", "-o", try folder.file("s.md", "old")], "s.md"),
      (["test", "--update", scenarios], "m.scenarios.yaml"), (["validate", "--fix", profile], "m.yaml"),
    ]
    for (call, name) in calls {
      let path = folder.path(name)
      let before = try folder.text(name)
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: path)
      let result = try await Tool.dramatis.run(call, input: Data(), environment: state)
      #expect(result.status == 0, "\(call): \(result.errors)")
      #expect(try folder.text(name) != before, "\(call)")
      #expect(try Self.permissions(path) == permissions, "\(call)")
    }
    #expect(try folder.files.allSatisfy { !$0.hasPrefix(".dramatis-") })
  }

  @Test func `a new file is for whom the user lets read new files`() async throws {
    let folder = try TemporaryFolder()
    let shell = Tool(executable: URL(filePath: "/bin/sh"))
    let script =
      "umask 027; \(Tool.dramatis.path) new Ann -o a.yaml && \(Tool.dramatis.path) compile a.yaml -o p"
    #expect(try await shell.run(["-c", script], input: .init(), folder: folder.url).status == 0)
    #expect(try Self.permissions(folder.url.path + "/a.yaml") == 0o640)
    #expect(try Self.permissions(folder.url.path + "/p") == 0o640)
  }

  @Test func `what cannot be written to its end leaves no file, and an old one as it was`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("m.yaml", Self.profile)
    let drawing = try folder.file("g", "flowchart LR\n")
    let shell = Tool(executable: URL(filePath: "/bin/sh"))
    for command in ["new Tom -o tom.yaml", "compile \(profile) -o p", "graph \(profile) -o g"] {
      let script = "trap '' XFSZ; ulimit -f 0; \(Tool.dramatis.path) \(command) 2>&1 | cat"
      let result = try await shell.run(["-c", script], input: .init(), folder: folder.url)
      #expect(result.output.contains("cannot write"), "\(command)")
      #expect(try folder.files == ["g", "m.yaml"], "\(command)")
    }
    #expect(try String(contentsOfFile: drawing, encoding: .utf8) == "flowchart LR\n")
  }

  @Test(arguments: ["new Tom", "compile m.yaml"])
  func `a link that leads nowhere is neither followed nor replaced`(_ command: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("m.yaml", Self.profile)
    let link = folder.path("link")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "nowhere")
    let result = try await Tool.dramatis.run(
      command.split(separator: " ").map(String.init) + ["-o", "link"], input: Data(), folder: folder.url)
    #expect(result.status == 3)
    #expect(try folder.files == ["link", "m.yaml"])
  }

  @Test(arguments: [
    ["new", "Tom", "-o", ""], ["compile", "mara", "-o", ""], ["graph", "mara", "-o", ""],
    ["validate", "Profiles", "--baseline", "", "--update-baseline"], ["mine", "README.md", "-o", ""],
  ])
  func `an empty name is said to be one`(_ arguments: [String]) async throws {
    let result = try await Tool.dramatis.run(arguments, input: Data())
    #expect(result.status == 2)
    #expect(result.errors.contains("empty"))
  }
}
