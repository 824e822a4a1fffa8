import Foundation
import TestSupport
import Testing

/// From a storyline to a profile, against a service that answers in the fixed forms.
@Suite struct InduceCommandTests {
  /// Ann hums in every scene, and bows where a storm comes.
  private static func series(_ chapters: ClosedRange<Int>) throws -> String {
    var titles: [String] = []
    for chapter in chapters {
      let actions = (0..<20).map { index in
        let isStormy = (index + chapter) % 3 == 0
        return """
          {"action":"\(isStormy ? "A storm comes" : "It is calm"), \(chapter).\(index).","character":"Environment"},
          {"action":"Ann hums\(isStormy ? " and bows" : ""), \(chapter).\(index).","characters":["Ann"]}
          """
      }
      titles.append("\"Chapter \(chapter)\":[\(actions.joined(separator: ","))]")
    }
    return "{\(titles.joined(separator: ",\n"))}"
  }

  private static func answer(_ request: String) -> [ScriptedServer.Act] {
    guard let body = request.components(separatedBy: "\r\n\r\n").last,
      let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any],
      let messages = object["messages"] as? [[String: Any]], let user = messages.last?["content"] as? String
    else { return ScriptedServer.Act.response("{}", status: 400) }
    if user.contains("Scene 1:") {
      return MineCommandTests.reply(
        #"{"candidates":[{"statement":"Ann bows.","question":"Does a storm come?"},"#
          + #"{"statement":"Ann hums.","question":"Is it calm?"},"#
          + #"{"statement":"Ann flies: \"high\" # up.","question":"Does a storm come?"}]}"#)
    }
    let lines = user.components(separatedBy: "\n").filter { $0.hasPrefix("q") && $0.contains(": ") }
    let newest = user.components(separatedBy: "\n\nQuestions:")[0].components(separatedBy: "\n").last ?? ""
    let answers = lines.map { line -> String in
      let isSo =
        line.contains("storm come") && newest.contains("storm")
        || line.contains("calm") && newest.contains("calm")
        || line.contains("Ann hums") || line.contains("Ann bows") && user.contains("and bows")
      return "\"\(line.prefix { $0 != ":" })\":\"\(isSo ? "yes" : "no")\""
    }
    return MineCommandTests.reply("{\(answers.joined(separator: ","))}")
  }

  private struct Place: ~Copyable {
    let folder: TemporaryFolder
    let server: ScriptedServer

    func run(_ arguments: String...) async throws -> Tool.Result {
      try await Tool.dramatis.run(
        arguments, input: Data(), folder: folder.url,
        environment: ["XDG_CACHE_HOME": folder.path("cache"), "HOME": folder.url.path])
    }

    func induce(_ arguments: String...) async throws -> Tool.Result {
      let model = ["--base-url", server.address, "--model", "tiny", "--topic", "habits"]
      return try await Tool.dramatis.run(
        ["induce", "pairs.jsonl", "--character", "ann"] + arguments + model, input: Data(),
        folder: folder.url,
        environment: ["XDG_CACHE_HOME": folder.path("cache"), "HOME": folder.url.path])
    }
  }

  private static func withPlace(_ body: (borrowing Place) async throws -> Void) async throws {
    let server = try ScriptedServer { request, _ in answer(request) }
    defer { server.stop() }
    let place = Place(folder: try TemporaryFolder(), server: server)
    _ = try place.folder.file("series.json", try series(1...4))
    let pairs = try await place.run("pairs", "series.json", "-o", "pairs.jsonl")
    #expect(pairs.status == 0, "\(pairs.errors)")
    #expect(pairs.output.contains("80 pairs: 40 train, 40 test"))
    try await body(place)
  }

  @Test
  func `three commands lead from a storyline to a profile that chats, and the second time nothing is asked`()
    async throws
  {
    try await Self.withPlace { place in
      let estimate = try await place.induce("--estimate")
      #expect(estimate.status == 0 && estimate.errors.contains("40 pairs train, 1 topic"))
      #expect(place.server.requests.isEmpty)
      let first = try await place.induce("-o", "ann.yaml", "--report", "report.json")
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.errors.contains("Does a storm come? → Ann bows."))
      let profile = try place.folder.text("ann.yaml")
      #expect(
        profile.contains("- \"Ann hums.\"") && profile.contains("Ann bows.") && !profile.contains("flies"))
      #expect(profile.contains("support 40 of 40 pairs, precision 1.00, breadth 1.00"))
      #expect(try place.folder.text("report.json").contains("where its question is yes"))
      #expect(try await place.run("validate", "--strict", "ann.yaml").status == 0)
      #expect(try await place.run("graph", "ann.yaml").status == 0)
      #expect(try await place.run("inspect", "ann.yaml").output.contains("support 40 of 40"))
      // One about the action and one about the scene of each pair, and one for each cluster, here and where it storms.
      let asked = place.server.requests.count
      #expect(asked >= 83 && asked <= 120)
      for arguments in [
        ["-o", "ann.yaml"], ["-o", "other.yaml"], ["-o", "ann.yaml", "--accept", "0.9", "--depth", "5"],
      ] {
        let again = try await Tool.dramatis.run(
          ["induce", "pairs.jsonl", "--character", "Ann", "--topic", "habits"] + arguments
            + ["--base-url", place.server.address, "--model", "tiny"], input: Data(),
          folder: place.folder.url,
          environment: ["XDG_CACHE_HOME": place.folder.path("cache")])
        #expect(again.status == 0 && again.errors.contains("0 requests sent"), "\(again.errors)")
      }
      #expect(place.server.requests.count == asked)
    }
  }

  @Test func `chapters that are added are all that is asked about, and what was edited by hand is kept`()
    async throws
  {
    try await Self.withPlace { place in
      #expect(try await place.induce("-o", "ann.yaml").status == 0)
      let asked = place.server.requests.count
      _ = try place.folder.file("series.json", try Self.series(1...5))
      _ = try await place.run("pairs", "series.json", "-o", "pairs.jsonl", "--force")
      let more = try await place.induce("-o", "ann.yaml")
      #expect(more.status == 0 && more.errors.contains("10 pairs are new"), "\(more.errors)")
      #expect(place.server.requests.count - asked <= 20)
      let text = try place.folder.text("ann.yaml")
      #expect(text.contains("support 50 of 50"))
      _ = try place.folder.file("ann.yaml", text.replacing("Ann hums.", with: "Ann hums low."))
      let refused = try await place.induce("-o", "ann.yaml")
      #expect(refused.status == 3 && refused.errors.contains("--into"))
      #expect(try place.folder.text("ann.yaml").contains("hums low"))
      let kept = try await place.induce("--into", "ann.yaml")
      #expect(kept.status == 0 && kept.errors.contains("kept as they are in ann.yaml: habits"))
      #expect(try place.folder.text("ann.yaml").contains("hums low"))
    }
  }

  @Test func `trees go into a profile that somebody wrote, below what is there`() async throws {
    let written = """
      dramatis: 1
      character: Ann   # mine
      behavior:
          manners:
            - Ann bows to nobody.
      # the end
      lines: [Hm.]

      """
    try await Self.withPlace { place in
      _ = try place.folder.file("mine.yaml", written)
      let result = try await place.induce("--into", "mine.yaml")
      #expect(result.status == 0, "\(result.errors)")
      let text = try place.folder.text("mine.yaml")
      for line in written.split(separator: "\n") { #expect(text.contains(line)) }
      #expect(text.contains("\"habits\":"))
      #expect(try await place.run("validate", "mine.yaml").status == 0)
      _ = try place.folder.file("bob.yaml", "dramatis: 1\ncharacter: Bob\n")
      #expect(try await place.induce("--into", "bob.yaml").status == 1)
    }
  }

  @Test(arguments: [
    ("nobody", ["--character", "Zoe", "-o", "x.yaml"], 1, "nobody called Zoe acts"),
    ("no place", ["--character", "Ann"], 2, "give -o FILE"),
    ("a share", ["--character", "Ann", "-o", "x.yaml", "--accept", "2"], 2, "from 0 to 1"),
    ("paper", ["--character", "Ann", "-o", "x.yaml", "--paper", "book"], 2, "book"),
    ("no model", ["--character", "Ann", "-o", "x.yaml"], 2, "no language model is configured"),
  ])
  func `what is wrong with a command is said`(
    name: String, arguments: [String], status: Int32, says: String
  ) async throws {
    let folder = try TemporaryFolder()
    let lines = (0..<20).map { #"{"character":"Ann","scene":"s","action":"a\#($0)","id":"\#($0)"}"# }
    let pairs = try folder.file("pairs.jsonl", lines.joined(separator: "\n"))
    let result = try await Tool.dramatis.run(
      ["induce", pairs] + arguments, input: Data(), folder: folder.url,
      environment: ["XDG_CACHE_HOME": folder.path("cache")])
    #expect(result.status == status && result.errors.contains(says), "\(result.errors)")
  }

  @Test func `a service that says nothing of use leads to no profile, and to a message`() async throws {
    try await withServer { _, _ in
      MineCommandTests.reply("I would rather not.")
    } _: { server in
      let folder = try TemporaryFolder()
      let lines = (0..<20).map { #"{"character":"Ann","scene":"s\#($0)","action":"a\#($0)","id":"\#($0)"}"# }
      let pairs = try folder.file("pairs.jsonl", lines.joined(separator: "\n"))
      let command = [
        "induce", pairs, "--character", "Ann", "-o", folder.path("x.yaml"), "--split", "all", "--answers",
        folder.path("answers.jsonl"), "--base-url", server.address, "--model", "tiny",
      ]
      for _ in 1...2 {
        let result = try await Tool.dramatis.run(command, input: Data())
        #expect(result.status == 3 && result.errors.contains("no reply was of the form"), "\(result.errors)")
      }
      #expect(!isThere(folder.path("x.yaml")))
    }
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}
