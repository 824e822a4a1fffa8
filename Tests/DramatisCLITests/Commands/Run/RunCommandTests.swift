import Foundation
import TestSupport
import Testing

@Suite struct RunCommandTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    variables:
      trust: { initial: 0, min: -5, max: 5 }
      met: { initial: false }
      season: { initial: autumn, values: [summer, autumn] }
    questions:
      accused: { ask: Does someone accuse Mara?, cues: [cheat*, watered] }
    machines:
      mood:
        states: { wary: "", warm: "" }
        transitions:
          - { from: any, to: wary, when: accused, set: { trust: trust - 1 } }
          - { from: wary, to: warm, when: trust >= 2 }
          - { from: [wary, warm], to: other, when: event.kind == "blow" , role: any }
    behavior:
      personality:
        - Mara watches.
        - { when: 'ask("Is a guest in danger?")', then: [Mara steps in.] }
    lines:
      - say: ["So be it, {user}."]
    """

  private func run(_ input: String, _ arguments: String...) async throws -> Tool.Result {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.yaml", Self.profile)
    return try await Tool.dramatis.run(["run", path] + arguments, input: Data(input.utf8))
  }

  private func object(_ line: String?) throws -> NSDictionary {
    let line = try #require(line)
    return try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
  }

  @Test func `one event gives one object with every key of the schema`() async throws {
    let result = try await run(
      #"{"actor":"Rowan","text":"You watered the ale!","to":["Mara"],"kind":"speech","data":{"loud":true},"#
        + #""answers":{"Is a guest in danger?":0.2},"set":{"trust":2},"partners":["Rowan"],"present":["Mara"]}"#
    )
    let expected = try object(
      #"{"input":1,"character":"Mara","turn":1,"relevant":true,"role":"passive","states":{"mood":"wary"},"#
        + #""changes":[{"machine":"mood","from":"unactivated","to":"wary","because":"accused"}],"#
        + #""variables":{"trust":1,"met":false,"season":"autumn"},"distributions":{},"mixed":{},"#
        + #""statements":[{"id":"00d06cbdbfb9","topic":"personality","text":"Mara watches."}],"#
        + #""leftOut":[],"asked":[["accused"]],"#
        + #""answers":{"accused":"yes","Is a guest in danger?":0.2},"lineAnswers":{},"line":null,"#
        + #""commitments":{},"due":[]}"#)
    #expect(result.status == 0)
    #expect(result.lines.count == 1)
    #expect(try object(result.lines.first) == expected)
  }

  @Test func `--speak fills the line, and the answers fed back give the same output`() async throws {
    let first = try await run(#"{"actor":"Rowan","text":"You cheat!"}"#, "--speak")
    #expect(try object(first.lines.first)["line"] as? String == "So be it, Rowan.")
    let answers = try #require(object(first.lines.first)["answers"] as? NSDictionary)
    let json = String(decoding: try JSONSerialization.data(withJSONObject: answers), as: UTF8.self)
    let again = try await run(
      #"{"actor":"Rowan","text":"You cheat!","answers":"# + json + "}", "--speak", "--discriminator",
      "scripted")
    for key in ["states", "answers", "statements", "line"] {
      #expect(try object(first.lines.first)[key] as? NSObject == object(again.lines.first)[key] as? NSObject)
    }
  }

  @Test func `an event that does not concern the character moves nothing but the turn`() async throws {
    let result = try await run(#"{"actor":"Rowan","text":"You cheat!","to":["Ann"]}"#)
    let output = try object(result.lines.first)
    #expect(output["relevant"] as? Bool == false)
    #expect(output["role"] is NSNull)
    #expect(output["turn"] as? Int == 1)
    #expect(output["states"] as? NSDictionary == ["mood": "unactivated"])
    #expect((output["asked"] as? NSArray)?.count == 0)
  }

  private static let badLines = [
    ("{", "this is not a JSON object"), ("[]", "an event is a JSON object"),
    ("{}", "needs 'text', 'scene' or a 'kind'"),
    (#"{"text":5}"#, "'text' is not a text"), (#"{"text":"x","to":"Mara"}"#, "'to' is not a list of names"),
    (#"{"text":"x","answers":{"accused":"maybe"}}"#, "'answers.accused'"),
    (#"{"text":"x","answers":{"accused":1.5}}"#, "probability from 0 to 1"),
    (#"{"text":"x","set":{"trst":1}}"#, "no variable is named 'trst'"),
    (#"{"text":"x","set":{"trust":1.5}}"#, "a whole number from -5 to 5"),
    (#"{"text":"x","set":{"season":"winter"}}"#, "one of summer, autumn"),
    ("\u{1B}]52;c;x\u{7}", "not a JSON object"),
  ]

  @Test(arguments: badLines)
  func `a bad line is reported with its number and ends the run`(_ line: String, _ message: String)
    async throws
  {
    let good = #"{"text":"hello"}"#
    let stopped = try await run("\(good)\n\(line)\n\(good)\n")
    #expect(stopped.status == 1)
    #expect(stopped.lines.count == 2)
    let answered = try object(stopped.lines.last)
    #expect(answered["input"] as? Int == 2)
    #expect((answered["error"] as? NSDictionary)?["code"] is String)
    #expect(stopped.errors.contains("line 2: error: "))
    #expect(stopped.errors.contains(message))
  }

  @Test func `with --keep-going a bad line is reported and costs no turn`() async throws {
    let good = #"{"text":"hello"}"#
    let result = try await run(
      ([good] + Self.badLines.flatMap { [$0.0, good] }).joined(separator: "\n"), "--keep-going")
    #expect(result.status == 1)
    #expect(result.lines.count == 2 * Self.badLines.count + 1)
    #expect(result.lines.count { $0.hasPrefix(#"{"error":"#) } == Self.badLines.count)
    #expect(try object(result.lines.last)["turn"] as? Int == Self.badLines.count + 1)
    for (number, bad) in Self.badLines.enumerated() {
      let reported = result.errors.split(separator: "\n").first {
        $0.contains("line \(2 * number + 2): error: ")
      }
      #expect(reported?.contains(bad.1) == true, "\(bad.0)")
    }
  }

  @Test func `a trace says what was looked at, where it is asked for, and no record is kept`() async throws {
    let event = #"{"text":"You cheat!"}"#
    let plain = try await run(event, "--no-record")
    #expect(try object(plain.lines.first)["trace"] == nil)
    let traced = try await run(event, "--trace")
    let steps = try #require(object(traced.lines.first)["trace"] as? [NSDictionary])
    let guards = try #require(steps.first?["guards"] as? [NSDictionary])
    #expect(guards.first?["machine"] as? String == "mood")
    #expect(guards.first?["to"] as? String == "wary")
    #expect(guards.first?["answer"] as? String == "yes")
    #expect((steps.first?["gates"] as? [NSDictionary])?.first?["isOpen"] as? Bool == false)
  }

  @Test func `a model that fails is answered for each line, and the run goes on`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("mara.yaml", Self.profile)
    let input = #"{"text":"hello"}"# + "\n" + #"{"text":"You cheat!"}"# + "\n"
    let result = try await Tool.dramatis.run(
      ["run", path, "--speak", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--timeout", "1"],
      input: Data(input.utf8))
    #expect(result.status == 3, "\(result.errors)")
    #expect(result.lines.count == 2)
    #expect(try result.lines.map { try object($0)["input"] as? Int } == [1, 2])
  }

  @Test func `what an event says beyond the schema is ignored with a warning`() async throws {
    let result = try await run(#"{"text":"x","txet":1,"answers":{"acused":"yes"}}"#)
    #expect(result.status == 0)
    #expect(result.errors.contains("line 1: warning: unknown key 'txet' is ignored; did you mean 'text'?"))
    #expect(result.errors.contains("unknown question 'acused' is ignored; did you mean 'accused'?"))
  }

  @Test func `bytes that are no text are refused`() async throws {
    let result = try await Tool.dramatis.run(["run", "Profiles/mara.yaml"], input: Data([0xFF, 0xFE, 0x0A]))
    #expect(result.status == 1)
    #expect(result.errors.contains("line 1: error: not UTF-8"))
  }

  @Test func `the same input gives the same bytes, compiled or not`() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("mara.program")
    #expect(try await Tool.dramatis("compile", "Profiles/mara.yaml", "-o", path).status == 0)
    let input =
      #"{"actor":"Rowan","text":"hello"}"# + "\n" + #"{"actor":"Rowan","text":"sorry, thanks"}"# + "\n"
    let source = try await Tool.dramatis("run", "Profiles/mara.yaml", "--speak", "--seed", "3", input: input)
    let program = try await Tool.dramatis("run", path, "--speak", "--seed", "3", input: input)
    #expect(source.status == 0)
    #expect(source.lines.count == 2)
    #expect(source.output == program.output)
  }
}
