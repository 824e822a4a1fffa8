import Dramatis
import DramatisCompiler
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// A line is judged before it is heard: by rules, and by a model where that is wanted.
@Suite struct LineCheckTests {
  private static let profile = """
    dramatis: 1
    character: Mara
    facts: [The bridge is down.]
    variables:
      tab: { initial: 7, min: 0, max: 99, show: "The tab stands at {tab} coppers." }
      guests: { initial: 3, min: 0, max: 9, show: "There are {guests} guests in the house." }
      debt: { initial: 12, min: 0, max: 99, show: "Mara still owes the brewer {debt}." }
    commitments:
      key: { foreshadow: A silver key., trigger: turn >= 9, payoff: The cellar opens. }
    forbid:
      - as an AI
      - dead king*
    """

  private static func program(_ more: String = "") throws -> Program {
    try #require(Compilation(of: Array((profile + more).utf8), name: "mara.yaml").program)
  }

  private static let lines: [(line: String, flaws: [LineFlaw.Kind])] = [
    ("Your tab is eleven coppers.", [.number]), ("Your tab is seven coppers.", []),
    ("The tab? 7 coppers.", []),
    ("The tab? That is 8 coppers.", []), ("Ale is two coppers.", []),
    ("Your tab went from two coppers to seven coppers.", []),
    ("Die Tab: zwölf coppers", []), ("Your tab stands at 11 coppers; ale is 2 coppers.", [.number]),
    ("One copper more on your tab.", [.number]), ("Your tab is long.", []),
    ("Four guests in the house tonight.", [.number]),
    ("Three guests, and none pays.", []), ("I still owe the brewer twelve.", []),
    ("I still owe the brewer 20.", [.number]),
    ("I still owe the brewer 20, or 30.", []), ("As an AI I cannot.", [.forbidden]),
    ("The dead kings sleep.", [.forbidden]),
    ("as an aide", []), ("The deadking", []), ("", []),
    ("Your tab is eleven coppers, as an AI would say.", [.number, .forbidden]),
  ]

  private static func request(_ program: Program) async throws -> LineRequest {
    let asked = Mutex<LineRequest?>(nil)
    let session = try Session(
      cast: [program], performer: Listener { request in asked.withLock { $0 = request } })
    _ = try await session.respond(to: Event(actor: "Rowan", text: "Well?"))
    return try #require(asked.withLock { $0 })
  }

  private struct Listener: Performer {
    let hear: @Sendable (LineRequest) -> Void

    func line(for request: LineRequest) async throws -> SpokenLine? {
      hear(request)
      return nil
    }
  }

  @Test(arguments: lines)
  func `numbers that a shown variable contradicts and forbidden phrases are found without a model`(
    line: String, flaws: [LineFlaw.Kind]
  ) async throws {
    #expect(try await Self.request(Self.program()).flaws(of: line).map(\.kind) == flaws)
  }

  @Test func `numbers are read in the other language too`() async throws {
    let program = try #require(
      Compilation(
        of: Array(
          """
          dramatis: 1
          character: Käthe
          language: de
          variables: { zeche: { initial: 4, min: 0, max: 9, show: "Die Zeche steht bei {zeche} Mark." } }
          """.utf8), name: "k.yaml"
      ).program)
    let request = try await Self.request(program)
    #expect(request.flaws(of: "Deine Zeche macht vier Mark.").isEmpty)
    #expect(
      request.flaws(of: "Deine Zeche macht fünf Mark.") == [LineFlaw(.number, "Die Zeche steht bei 4 Mark.")])
  }

  /// A session whose model says one line after the other, and what it was shown.
  private func speak(
    _ replies: [String], to program: Program, checks: Bool = false, answers: [String] = []
  ) async throws -> (line: Line?, requests: [ModelRequest], shown: String) {
    let lines = Mutex(replies)
    let verdicts = Mutex(answers)
    let model = FakeModel { request, _ in
      let isCheck = request.messages[0].text.contains("You check one line")
      return Completion(
        text: isCheck
          ? verdicts.withLock { $0.isEmpty ? #"{"q1":"no"}"# : $0.removeFirst() }
          : lines.withLock { $0.count == 1 ? $0[0] : $0.removeFirst() })
    }
    var settings = LLMPerformer.Settings()
    settings.checksLines = checks
    let shown = Mutex("")
    let session = try Session(cast: [program], performer: LLMPerformer(model, settings: settings))
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "What do I owe?")) { text in
      shown.withLock { $0 += text }
    }
    let resumed = try Session(resuming: await session.transcript)
    #expect(await resumed.lastLine?.flaws == turn.line?.flaws)
    return (turn.line, model.requests, shown.withLock { $0 })
  }

  @Test func `a line with a flaw is made anew once, with the reason, and nobody saw the first`() async throws
  {
    let (line, requests, shown) = try await speak(
      ["Your tab is eleven coppers.", "Seven coppers on your tab."], to: try Self.program())
    #expect(line?.text == "Seven coppers on your tab.")
    #expect(line?.flaws == [])
    #expect(line?.leftOut == ["Your tab is eleven coppers."])
    #expect(shown == "Seven coppers on your tab.")
    #expect(requests.count == 2)
    let told = requests.last?.messages.last?.text ?? ""
    #expect(
      told.contains(
        "You wanted to say: “Your tab is eleven coppers.” Do not: it names another number than this: The tab stands at 7 coppers."
      ), "\(told)")
  }

  @Test func `what cannot be mended is flagged, and no line is asked for more than twice`() async throws {
    let (line, requests, _) = try await speak(["As an AI I know nothing."], to: try Self.program())
    #expect(line?.flaws == [LineFlaw(.forbidden, "as an AI")])
    #expect(requests.count == 2)
  }

  @Test func `where lines are checked a model is asked of all in one request`() async throws {
    let (line, requests, shown) = try await speak(
      ["The bridge stands.", "The bridge lies in the river."], to: try Self.program(), checks: true,
      answers: [#"{"q1":"yes","q2":"no","q3":"no"}"#, #"{"q1":"no","q2":"no","q3":"no"}"#])
    #expect(line?.text == "The bridge lies in the river.")
    #expect(shown == line?.text)
    #expect(requests.count == 4)
    let check = requests[1].messages.last?.text ?? ""
    let parts = [
      "The bridge is down.", "The tab stands at 7 coppers.", "What must not happen yet:\n- The cellar opens.",
      "The line: The bridge stands.", "q3: ",
    ]
    #expect(parts.filter { !check.contains($0) } == [], "\(check)")
  }

  @Test(arguments: ["I will not say.", "", "{}", #"{"q1":"unknown"}"#])
  func `a check that comes to nothing leaves the line as it is`(answer: String) async throws {
    let (line, _, _) = try await speak(
      ["The bridge stands."], to: try Self.program(), checks: true, answers: [answer, answer])
    #expect(line?.text == "The bridge stands.")
    #expect(line?.flaws == [])
  }

  @Test func `a question about a line is asked of it, whether or not others are`() async throws {
    let program = try Self.program("\n  - { ask: Does she speak of the war?, cues: [the war] }\n")
    let (line, requests, _) = try await speak(
      ["Those were bloody years."], to: program, answers: [#"{"q1":"yes"}"#, #"{"q1":"yes"}"#])
    #expect(line?.flaws == [LineFlaw(.forbidden, "Does she speak of the war?")])
    #expect(requests.count == 4)
    #expect(requests[1].messages.last?.text.contains("contradict") == false)
    #expect(try await Self.request(program).flaws(of: "Then came the war.").map(\.what) == ["the war"])
  }

  @Test func `without anything forbidden and unchecked a line costs one request and comes as it is made`()
    async throws
  {
    let plain = try #require(
      Compilation(of: Array("dramatis: 1\ncharacter: Mara\n".utf8), name: "mara.yaml").program)
    let (_, requests, shown) = try await speak(["As an AI, hm."], to: plain)
    #expect(requests.count == 1)
    #expect(shown == "As an AI, hm.")
  }
}
