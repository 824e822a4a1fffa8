import Foundation
import TestSupport
import Testing

/// Evaluating profiles, against a service that answers in the fixed forms.
@Suite struct EvaluateCommandTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    behavior:
      habits:
        - { when: 'ask("Does a storm come?")', then: [Ann bows.] }
        - { when: 'ask("Is it calm?")', then: [Ann sings.] }

    """

  private static func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let pairs = (0..<12).map { index in
      #"{"id":"\#(index)","character":"Ann","scene":"\#(index % 2 == 0 ? "A storm" : "Calm")","action":"Ann \#(index % 2 == 0 ? "bows" : "sings")."}"#
    }
    _ = try folder.file("pairs.jsonl", pairs.joined(separator: "\n"))
    _ = try folder.file("ann.yaml", profile)
    return folder
  }

  private static func answer(_ request: String) -> [ScriptedServer.Act] {
    if request.contains("next action be") {
      return MineCommandTests.reply(request.contains("# habits\\nAnn bows.") ? "Ann bows." : "Ann sings.")
    }
    if request.contains("Predicted action") {
      let isSame = request.contains("Real action: Ann bows") == request.contains("Predicted action: Ann bows")
      return MineCommandTests.reply(#"{"q1":"\#(isSame ? "yes" : "no")","q2":"yes"}"#)
    }
    let isStorm = request.contains("A storm") || request.contains("Action: Ann bows")
    return MineCommandTests.reply(#"{"q1":"\#(isStorm ? "yes" : "no")","q2":"\#(isStorm ? "no" : "yes")"}"#)
  }

  @Test
  func `a report holds every arm with its interval and a control, costs nothing again, and fails a pipeline`()
    async throws
  {
    let folder = try Self.folder()
    try await withServer { request, _ in
      Self.answer(request)
    } _: { server in
      let command = [
        "evaluate", "ann.yaml", "--pairs", "pairs.jsonl", "--base-url", server.address, "--model", "tiny",
        "--answers", "answers.jsonl",
      ]
      let first = try await Tool.dramatis.run(
        command + ["-o", "report.html", "--fail-below", "90"], input: Data(), folder: folder.url)
      #expect(first.status == 0, "\(first.errors)")
      #expect(first.output.contains("ann.yaml        100.0 (100.0 to 100.0)"), "\(first.output)")
      #expect(first.output.contains("none            50.0"))
      #expect(first.output.contains("ann.yaml - none") && first.output.contains("shuffled by"))
      #expect(try folder.text("report.html").contains("<svg"))
      let count = server.requests.count
      _ = try folder.file("bad.yaml", Self.profile.replacing("Ann bows.", with: "Ann dances."))
      let again = try await Tool.dramatis.run(
        command + ["--format", "json"], input: Data(), folder: folder.url)
      #expect(again.status == 0 && server.requests.count == count)
      let object = try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any]
      #expect(
        (object?["arms"] as? [Any])?.count == 2 && (object?["judgePrompt"] as? String)?.isEmpty == false)
      let failed = try await Tool.dramatis.run(
        ["evaluate", "bad.yaml"] + command.dropFirst(2) + ["--fail-below", "90"], input: Data(),
        folder: folder.url)
      #expect(failed.status == 1 && failed.errors.contains("scores less than 90"))
    }
  }

  @Test(arguments: [
    (["--fail-below", "50"], 2, "needs a language model"), (["-o", "report.pdf"], 2, "ends in .html"),
    (["--repetitions", "0"], 2, "from 1 to 100"), ([], 0, "no predictions"),
    (["--text", "none.txt"], 3, "none.txt"),
  ])
  func `without a model there is what needs none, and what is wrong is said`(
    arguments: [String], status: Int32, says: String
  ) async throws {
    let folder = try Self.folder()
    let result = try await Tool.dramatis.run(
      ["evaluate", "ann.yaml", "--pairs", "pairs.jsonl"] + arguments, input: Data(), folder: folder.url)
    #expect(result.status == status && (result.output + result.errors).contains(says), "\(result)")
  }
}
