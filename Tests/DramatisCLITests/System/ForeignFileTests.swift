import Foundation
import TestSupport
import Testing

/// A path given by mistake costs nobody a file: only what a command has written itself is replaced or added to.
@Suite struct ForeignFileTests {
  private static let profile = "dramatis: 1\ncharacter: Ann\nlines: [Well.]\n"
  private static let model = ["--base-url", "http://127.0.0.1:9/v1", "--model", "m"]

  @Test(arguments: [
    (["graph", "m.yaml", "-o", "m.yaml"], 3, "is not a drawing of this command"),
    (["graph", "m.yaml", "--format", "svg", "-o", "m.yaml"], 3, "is not a drawing of this command"),
    (["compile", "m.yaml", "-o", "m.yaml"], 3, "is not a compiled program"),
    (["validate", "m.yaml", "--baseline", "m.yaml", "--update-baseline"], 1, "is not a baseline"),
    (["chat", "m.yaml", "--no-save", "--no-model", "--trace", "m.yaml"], 2, "is not a trace"),
    (["run", "m.yaml", "--speak", "--answer-cache", "m.yaml"] + model, 2, "is not a file of kept answers"),
  ])
  func `a profile stays as it is`(_ arguments: [String], _ status: Int32, _ message: String) async throws {
    let folder = try TemporaryFolder()
    _ = try folder.file("m.yaml", Self.profile)
    let result = try await Tool.dramatis.run(arguments, input: Data("hello\n".utf8), folder: folder.url)
    #expect(result.status == status)
    #expect(result.errors.contains("m.yaml exists and \(message); remove it or choose another file"))
    #expect(try folder.text("m.yaml") == Self.profile)
    #expect(try folder.files == ["m.yaml"])
  }

  @Test(arguments: [
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>\n", "{\n  \"version\": 1\n}\n",
    "\n\nnotes\n",
    "{\"version\":1,\"ignored\":3}", String(repeating: "0", count: 64) + "  m.yaml\n",
  ])
  func `files of other kinds stay as they are`(_ content: String) async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("m.yaml", Self.profile)
    let other = try folder.file("other", content)
    let calls = [
      ["graph", profile, "-o", other], ["validate", profile, "--baseline", other, "--update-baseline"],
      ["chat", profile, "--no-save", "--no-model", "--trace", other],
      ["run", profile, "--speak", "--answer-cache", other] + Self.model,
    ]
    for call in calls {
      let result = try await Tool.dramatis.run(call, input: Data("hello\n".utf8))
      #expect(result.errors.contains("other exists and is not a"), "\(call)")
      #expect(try folder.text("other") == content, "\(call)")
    }
  }

  @Test(arguments: ["mermaid", "dot", "svg"])
  func `what a command has written itself, or nothing, is replaced`(_ format: String) async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("m.yaml", Self.profile)
    let drawing = try folder.file("drawing", "")
    for next in [format, "mermaid", "dot", "svg"] {
      #expect(try await Tool.dramatis("graph", profile, "--format", next, "-o", drawing).status == 0)
    }
    for _ in 1...2 {
      let written = try await Tool.dramatis(
        "validate", profile, "--baseline", folder.url.path + "/b", "--update-baseline")
      #expect(written.status == 0)
    }
  }

  @Test func `a trace grows, and a line that was torn swallows none`() async throws {
    let folder = try TemporaryFolder()
    let profile = try folder.file("m.yaml", Self.profile)
    let trace = folder.path("t.jsonl")
    let arguments = ["chat", profile, "--no-save", "--no-model", "--trace", trace]
    #expect(try await Tool.dramatis.run(arguments, input: Data("hello\n".utf8)).status == 0)
    let first = try folder.text("t.jsonl")
    _ = try folder.file("t.jsonl", first + first.dropLast(20))
    #expect(try await Tool.dramatis.run(arguments, input: Data("hello\n".utf8)).status == 0)
    let lines = try folder.text("t.jsonl").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 4 && lines[2] + "\n" == first && lines[3].isEmpty)
  }
}
