import Dramatis
import Foundation
import TestSupport
import Testing

@testable import DramatisAuthoring
@testable import DramatisLLM

/// Whether a profile helps, by a judge that is known.
@Suite struct EvaluationTests {
  private static let profile = """
    dramatis: 1
    character: Ann
    summary: Ann is a sailor <b>.
    behavior:
      habits:
        - Ann hums whatever happens.
        - { when: 'ask("Does a storm come?")', then: [Ann does the storm-deed.] }
        - { when: 'ask("Does a coin come?")', then: [Ann does the coin-deed.] }
        - { when: 'ask("Does a song come?")', then: [Ann does the song-deed.] }
    """

  /// Predicts the last deed of the background, and judges by the words.
  private static func model() -> FakeModel {
    FakeModel { request, _ in
      let user = request.messages.last?.text ?? ""
      if user.contains("next action be") {
        let deeds = user.components(separatedBy: "Ann does the ").dropFirst().compactMap {
          $0.components(separatedBy: "-deed").first
        }
        return Completion(text: deeds.last.map { "Ann does the \($0)-deed." } ?? "Ann waits.")
      }
      if user.contains("Predicted action:") {
        let lines = user.components(separatedBy: "\n")
        let deed = lines.first { $0.hasPrefix("Predicted") }?.components(separatedBy: "does the ").dropFirst()
          .first?
          .components(separatedBy: ".").first
        let isTrue = deed.map { lines.first { $0.hasPrefix("Real") }?.contains($0) ?? false }
        let word = isTrue.map { $0 ? "yes" : "no" } ?? "unknown"
        return Completion(text: #"{"q1":"\#(word)","q2":"\#(word == "yes" ? "yes" : "no")"}"#)
      }
      let asked = user.components(separatedBy: "\n").filter { $0.hasPrefix("q") }
      let action = user.components(separatedBy: "\n\nStatements:")[0]
      let answers = asked.map { line in
        let thing = ["storm", "coin", "song"].first { line.contains($0) } ?? "Ann hums"
        let isSo =
          line.contains("come?") ? user.contains("A \(thing) comes") : action.contains("\(thing)-deed.")
        return "\"\(line.prefix { $0 != ":" })\":\"\(isSo || thing == "Ann hums" ? "yes" : "no")\""
      }
      return Completion(text: "{\(answers.joined(separator: ","))}")
    }
  }

  private static func report(
    asking model: FakeModel, keptIn store: any AnswerStore, repetitions: Int = 3
  ) async throws -> EvaluationReport {
    let program = try compile(profile)
    let pairs = PlantedWorld(seed: 4, count: 48).pairs
    let kept = KeptModel(model, store: store)
    return try await Evaluation(
      of: [.none, .text("Ann is a sailor."), .profile(program, named: "ann <1>")],
      on: Array(pairs.suffix(24)),
      training: Array(pairs.prefix(24)), reader: .judge(ModelJudge(kept)), generator: kept,
      repetitions: repetitions
    ).report()
  }

  @Test func `a profile that tells what is done scores better, on the same pairs and with an interval`()
    async throws
  {
    let report = try await Self.report(asking: Self.model(), keptIn: AnswerMemory())
    #expect(report.arms.map(\.arm) == ["none", "text", "ann <1>"])
    // Who is told nothing predicts nothing that could be wrong.
    #expect(report.arms[0].score.mean == 50 && report.arms[0].neutral == 1)
    #expect(report.arms[2].score.mean > 80)
    for arm in report.arms {
      #expect(arm.score.low <= arm.score.mean && arm.score.mean <= arm.score.high)
      #expect(abs(arm.entailed + arm.neutral + arm.contradicted - 1) < 1e-9 && arm.missing == 0)
    }
    let difference = try #require(report.differences.first { $0.arm == "ann <1>" && $0.other == "none" })
    #expect(difference.score.low > 0 && difference.score.pairs == 24)
    #expect(abs(difference.score.mean - (report.arms[2].score.mean - 50)) < 1e-9)
  }

  @Test func `what needs no prediction comes with its control`() async throws {
    let structure = try #require(
      try await Self.report(asking: Self.model(), keptIn: AnswerMemory()).structures.first)
    #expect(structure.coverage > 0.5 && structure.coverage < 1)
    #expect(structure.statements > 1 && structure.questions == 3)
    let lift = try #require(structure.lift)
    #expect(lift.gates == 3 && lift.lift == 1)
    #expect(lift.shuffled < lift.lift && lift.asHigh < lift.shuffles)
  }

  @Test func `a second run asks nothing, and more repetitions ask for these alone`() async throws {
    let (store, model) = (AnswerMemory(), Self.model())
    let first = try await Self.report(asking: model, keptIn: store)
    let count = model.requests.count
    #expect(try await Self.report(asking: model, keptIn: store) == first)
    #expect(model.requests.count == count)
    _ = try await Self.report(asking: model, keptIn: store, repetitions: 4)
    #expect(model.requests.count - count == 3 * 24)
  }

  @Test func `without a judge cues answer, and no score is told`() async throws {
    let program = try compile(Self.profile)
    let report = try await Evaluation(
      of: [.profile(program, named: "ann")], on: PlantedWorld(seed: 1, count: 5).pairs, training: [],
      reader: .cues, generator: nil
    ).report()
    #expect(report.arms.isEmpty && report.structures[0].coverage == 0 && report.structures[0].lift == nil)
    #expect(report.seen == 0)
  }

  @Test func `a page holds the plots and no markup of others`() async throws {
    let page = EvaluationPage(try await Self.report(asking: Self.model(), keptIn: AnswerMemory())).html
    #expect(page.components(separatedBy: "<svg").count == 4)
    #expect(page.contains("ann &lt;1&gt;") && !page.contains("ann <1>") && !page.contains("<script"))
  }

  @Test func `an interval is narrower where pairs agree, and the same every time`() {
    let even = Bootstrap.estimate([50, 50, 50, 50])
    #expect(even.low == 50 && even.high == 50)
    let odd = Bootstrap.estimate([0, 100, 0, 100, 0, 100])
    #expect(odd.mean == 50 && odd.low < 30 && odd.high > 70)
    #expect(odd == Bootstrap.estimate([0, 100, 0, 100, 0, 100]))
    #expect(Bootstrap.estimate([]).pairs == 0)
  }

  @Test func `a scene is seen where a training scene is near to it`() {
    let words = ["the storm breaks the mast", "a quiet evening at the inn", "the crew sings of home"]
    let training = words.enumerated().map { ScenePair(id: "\($0)", character: "A", scene: $1, action: "a") }
    let held = ["The storm breaks the mast!", "Dragons eat purple stars"].map {
      ScenePair(id: $0, character: "A", scene: $0, action: "a")
    }
    #expect(SceneNovelty(training: training).areSeen(held) == [true, false])
    #expect(SceneNovelty(training: []).areSeen(held) == [false, false])
  }

  @Test func `a wiki page says what leads to each statement, and a model may tell it`() async throws {
    let page = WikiPage(of: try compile(Self.profile))
    #expect(
      page.markdown == """
        # Ann

        Ann is a sailor \\<b\\>.

        ## habits

        - Ann hums whatever happens.
        - *Does a storm come?* If yes:
          - Ann does the storm-deed.
        - *Does a coin come?* If yes:
          - Ann does the coin-deed.
        - *Does a song come?* If yes:
          - Ann does the song-deed.

        """)
    let told = try await page.markdown(toldBy: KeptModel(FakeModel("She hums."), store: AnswerMemory()))
    #expect(told.hasSuffix("## habits\n\nShe hums.\n"))
    let silent = try await page.markdown(toldBy: KeptModel(FakeModel("  "), store: AnswerMemory()))
    #expect(silent == page.markdown)
  }
}
