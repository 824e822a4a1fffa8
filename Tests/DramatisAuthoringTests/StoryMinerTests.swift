import TestSupport
import Testing

@testable import DramatisAuthoring
@testable import DramatisLLM

/// Sentences, windows and what is made of a model's candidates.
@Suite struct StoryMinerTests {
  @Test(arguments: [
    ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
    ("He said \"No.\" Then he left.", ["He said \"No.\"", "Then he left."]),
    ("Mr. Ash met J. Bell at 3.5 miles. They spoke.", ["Mr. Ash met J. Bell at 3.5 miles.", "They spoke."]),
    ("A heading\n\nA line\nbroken here. Next", ["A heading", "A line broken here.", "Next"]), ("  \n\n ", []),
    ("", []),
  ])
  func `a text becomes its sentences`(text: String, sentences: [String]) {
    #expect(Sentences(text).texts == sentences)
  }

  @Test(arguments: [
    (0, []), (1, []), (2, [1...2]), (100, [1...100]), (101, [1...100, 51...101]), (150, [1...100, 51...150]),
    (160, [1...100, 51...150, 101...160]),
  ])
  func `windows overlap by half and end with the text`(count: Int, windows: [ClosedRange<Int>]) {
    let text = (0..<count).map { "Sentence \($0)." }.joined(separator: " ")
    let miner = StoryMiner(Sentences(text), with: FakeModel { _, _ in Completion(text: "") })
    #expect(miner.windows == windows)
    #expect(miner.estimate().windows == windows.count)
  }

  @Test(arguments: [(512, 2), (2048, 10), (1_000_000, 100)])
  func `windows hold no more than fits the context, and still overlap`(context: Int, least: Int) {
    let text = (1...300).map { "This is sentence number \($0) of the tale." }.joined(separator: " ")
    let model = FakeModel { _, _ in Completion(text: "") }
    let miner = StoryMiner(Sentences(text), with: model, contextTokens: context)
    let windows = miner.windows
    #expect(windows.allSatisfy { $0.count >= min(least, 300) && $0.count <= 100 || $0.upperBound == 300 })
    #expect(context > 4096 || windows[0].count < 100)
    #expect(windows.first?.lowerBound == 1 && windows.last?.upperBound == 300)
    #expect(zip(windows, windows.dropFirst()).allSatisfy { $1.lowerBound <= $0.upperBound })
  }

  private static func candidate(_ from: Int, _ to: Int) -> String {
    #"{"foreshadow_sentence":\#(from),"payoff_sentence":\#(to),"foreshadow":"A key.","trigger":"Is a door found?","payoff":"It opens."}"#
  }

  private static func rubric(_ isJustified: Bool) -> String {
    #"{"aligned":true,"setup":true,"payoff":true,"separated":true,"justified":\#(isJustified)}"#
  }

  @Test func `only candidates whose sentences are there and apart, and that pass the rubric, are kept`()
    async throws
  {
    let candidates = [(2, 5), (5, 2), (3, 3), (1, 99), (0, 4), (1, 4)].map { Self.candidate($0.0, $0.1) }
    let model = FakeModel { request, _ in
      let text = request.messages.map(\.text).joined()
      guard text.contains("You check a claim") else {
        return Completion(text: "{\"triples\":[\(candidates.joined(separator: ","))]}")
      }
      return Completion(text: Self.rubric(text.contains("Set-up, sentence 2")))
    }
    let sentences = Sentences("One two. Three four. Five six. Seven eight. Nine ten. The end.")
    let findings = try await StoryMiner(sentences, with: model).mine()
    #expect(findings.candidates == 2)
    #expect(findings.triples.map { [$0.foreshadowSentence, $0.payoffSentence] } == [[2, 5]])
    #expect(findings.failures == 0)
  }

  @Test func `a reply that never fits is counted, and the work goes on`() async throws {
    let model = FakeModel { _, _ in Completion(text: "I would rather not.") }
    let findings = try await StoryMiner(Sentences("One two. Three four."), with: model).mine()
    #expect(findings == .init(triples: [], candidates: 0, failures: 1, requests: 1))
  }

  @Test func `what was answered before is not asked again`() async throws {
    let cassette = Cassette()
    let model = FakeModel { _, _ in Completion(text: "{\"triples\":[]}") }
    let sentences = Sentences("One two. Three four.")
    _ = try await StoryMiner(sentences, with: ResumingModel(model, on: cassette)).mine()
    let again = try Cassette(cassette.bytes(after: 0))
    _ = try await StoryMiner(sentences, with: ResumingModel(model, on: again)).mine()
    #expect(model.requests.count == 1)
    #expect(again.bytes(after: 1).isEmpty)
  }
}
