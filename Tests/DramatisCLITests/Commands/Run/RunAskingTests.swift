import Dramatis
import Foundation
import TestSupport
import Testing

/// How `dramatis run` asks: in rounds, all at once, or each gate for itself.
@Suite struct RunAskingTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    behavior:
      t:
        - { when: ask("A?"), then: [{ when: ask("B?"), then: [b] }] }
        - { when: ask("A?"), then: [a] }
        - { when: ask("C?"), then: [] }
    """

  private func asked(_ arguments: String...) async throws -> [[String]] {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.yaml", Self.profile)
    let event = #"{"text":"…","scene":"5"}"#
    let result = try await Tool.dramatis.run(
      ["run", path, "--discriminator", "hash"] + arguments, input: Data(event.utf8))
    #expect(result.status == 0, "\(result.errors)")
    let output = try JSONDecoder().decode(Output.self, from: Data(result.output.utf8))
    #expect(output.statements.map(\.text) == ["b", "a"])
    return output.asked
  }

  @Test func `rounds, one batch, or one question a time and anew for each gate`() async throws {
    #expect(try await asked() == [["A?"], ["B?"]])
    #expect(try await asked("--eager") == [["A?", "B?"]])
    #expect(try await asked("--no-share") == [["A?"], ["B?"], ["A?"]])
    #expect(try await asked("--no-share", "--no-prune") == [["A?"], ["B?"], ["A?"], ["C?"]])
    #expect(try await asked("--eager", "--no-prune") == [["A?", "B?", "C?"]])
  }

  @Test func `both at once is wrong usage`() async throws {
    let result = try await Tool.dramatis("run", "Profiles/mara.yaml", "--eager", "--no-share")
    #expect(result.status == 2)
    #expect(result.errors.contains("choose one"))
  }

  @Test(.enabled(if: Published.areThere, "the published trees lie beside the checkout"))
  func `an imported tree asks what the published traversal asks, in its order`() async throws {
    let folder = try TemporaryFolder()
    let profile = folder.path("mio.yaml")
    let package = Published.folder.appending(path: "packages/Mio.json")
    #expect(try await Tool.dramatis("import", "cdt", package.path, "-o", profile).status == 0)
    let names = try JSONDecoder().decode(Published.Package.self, from: Data(contentsOf: package))
    let scenes = try Published.scenes(of: names.character)
    #expect(scenes.count == 20)
    let events = try scenes.map { try JSONEncoder().encode(["scene": $0.scene]) }
    let result = try await Tool.dramatis.run(
      ["run", profile, "--discriminator", "hash", "--no-prune", "--no-share"],
      input: Data(events.joined(separator: [0x0A])))
    #expect(result.lines.count == scenes.count, "\(result.errors)")
    for (line, scene) in zip(result.lines, scenes) {
      let output = try JSONDecoder().decode(Output.self, from: Data(line.utf8))
      var trace = output.asked.joined()[...]
      for name in names.topicOrder {
        let check = try #require(scene.checks[name])
        let bytes = trace.prefix(check.evals).flatMap { question in
          Array(question.utf8) + [0, UInt8(ascii: output.answers[question] == "yes" ? "1" : "0"), 0x0A]
        }
        #expect(SHA256.hex(bytes) == check.trace, "\(name)")
        trace = trace.dropFirst(check.evals)
      }
      #expect(trace.isEmpty)
    }
  }

  private struct Output: Decodable {
    struct Statement: Decodable {
      let text: String
    }

    let asked: [[String]]
    let answers: [String: String]
    let statements: [Statement]
  }
}

/// The published trees, which lie beside the checkout and never in it.
private enum Published {
  struct Package: Decodable {
    let character: String
    let topicOrder: [String]
  }

  struct Scene: Decodable {
    struct Check: Decodable {
      let evals: Int
      let trace: String
    }

    let character, scene: String
    let checks: [String: Check]
  }

  static let folder = Repository.beside("shared/cdt")

  static let areThere: Bool = {
    let areThere = FileManager.default.fileExists(atPath: folder.appending(path: "goldens.jsonl").path)
    if !areThere { print("SKIPPED: no published trees at \(folder.path)") }
    return areThere
  }()

  static func scenes(of character: String) throws -> [Scene] {
    try Data(contentsOf: folder.appending(path: "goldens.jsonl")).split(separator: 0x0A)
      .map { try JSONDecoder().decode(Scene.self, from: $0) }.filter { $0.character == character }
  }
}
