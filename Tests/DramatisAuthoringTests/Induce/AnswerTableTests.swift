import Dramatis
import Foundation
import TestSupport
import Testing

@testable import DramatisAuthoring
@testable import DramatisLLM

/// What was asked is kept, whatever happens to who asked.
@Suite struct AnswerTableTests {
  private static func key(_ text: String) -> AnswerKey { AnswerKey(["test", text]) }

  @Test func `rows come back from the file, in whatever process`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("cache/answers.jsonl")
    let table = try AnswerTable(path: path)
    let rows: [(key: AnswerKey, row: AnswerRow)] = [
      (Self.key("a"), .verdict(Verdict(yes: 0.25, no: 0.5))), (Self.key("b"), .nothing),
      (Self.key("c"), .reply(["x": "y\n"], request: ["z": 1])),
    ]
    try table.add(rows)
    let again = try AnswerTable(path: path)
    for (key, row) in rows { #expect(again.row(for: key) == row) }
    #expect(try AnswerTable(path: path, asksAgain: true).row(for: Self.key("b")) == nil)
    #expect(AnswerKey(["ab", "c"]) != AnswerKey(["a", "bc"]))
  }

  @Test(arguments: 1...9)
  func `a torn last line costs that line alone`(cut: Int) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("answers.jsonl")
    try AnswerTable(path: path).add([(Self.key("a"), .verdict(.yes)), (Self.key("b"), .verdict(.no))])
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.dropLast(cut * 9).write(to: URL(filePath: path))
    let table = try AnswerTable(path: path)
    #expect(table.row(for: Self.key("a")) == .verdict(.yes))
    #expect(table.row(for: Self.key("b")) == nil)
    try table.add([(Self.key("c"), .verdict(.unknown))])
    let again = try AnswerTable(path: path)
    #expect(
      again.row(for: Self.key("a")) == .verdict(.yes) && again.row(for: Self.key("c")) == .verdict(.unknown))
    #expect(again.count == 2)
  }

  @Test func `tables of one file see what the others add`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("answers.jsonl")
    let (one, other) = (try AnswerTable(path: path), try AnswerTable(path: path))
    for index in 0..<20 {
      try one.add([(Self.key("one \(index)"), .verdict(.yes))])
      try other.add([(Self.key("other \(index)"), .verdict(.no))])
    }
    try one.refresh()
    #expect(one.count == 40)
    #expect(try AnswerTable(path: path).count == 40)
  }

  @Test func `a file of another kind is left alone`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("novel.txt", "It was a dark night.\n")
    #expect(throws: FileError.self) { try AnswerTable(path: path) }
    #expect(try folder.text("novel.txt") == "It was a dark night.\n")
  }

  /// A model that answers checks with yes and proposals with one candidate.
  private static func model() -> FakeModel {
    FakeModel { request, _ in
      let user = request.messages.map(\.text).joined()
      let number = user.components(separatedBy: "\nq").count - 1
      guard user.contains("Scene 1:") == false else {
        return Completion(
          text: #"{"candidates":[{"statement":"Ann hums.","question":"Does a storm come?"}]}"#)
      }
      let answers = (1...max(number, 1)).map {
        "\"q\($0)\":\"\(user.contains("A storm comes") ? "yes" : "no")\""
      }
      return Completion(text: "{\(answers.joined(separator: ","))}")
    }
  }

  private static func induce(
    _ pairs: [ScenePair], _ settings: InductionSettings, asking model: FakeModel,
    keptIn store: any AnswerStore,
    explores: Bool = false
  ) async throws -> InducedTree {
    let kept = KeptModel(model, store: store)
    let memory = KeptCandidates(
      of: "Ann", pairs: pairs, settings: settings, model: kept.name, vectors: "words", store: store,
      explores: explores)
    let tree = try await Inducer(
      settings: settings, proposer: ModelProposer(kept), judge: ModelJudge(kept), memory: memory
    ).tree(of: "Ann", InductionTopic("identity"), from: pairs, vectors: TextVectors.vectors(of: pairs)).tree
    try memory.finish()
    return tree
  }

  @Test func `the same work asks nothing, nor do other thresholds, and new pairs alone are asked about`()
    async throws
  {
    let pairs = PlantedWorld(seed: 3, count: 60).pairs
    let store = AnswerMemory()
    let model = Self.model()
    let first = try await Self.induce(Array(pairs.prefix(40)), .standard, asking: model, keptIn: store)
    let count = model.requests.count
    // A request for candidates a cluster and round, and one about the action and one about the scene of each pair.
    #expect(count > 80 && count < 120)
    let again = try await Self.induce(Array(pairs.prefix(40)), .standard, asking: model, keptIn: store)
    #expect(again == first && model.requests.count == count)
    for (accept, filter, depth) in [(0.9, 0.3, 3), (0.6, 0.9, 5), (1, 1, 1), (0.3, 0.7, 2)] {
      var settings = InductionSettings.standard
      (settings.accept, settings.reject, settings.filter, settings.depth) = (accept, 0.2, filter, depth)
      _ = try await Self.induce(Array(pairs.prefix(40)), settings, asking: model, keptIn: store)
      #expect(model.requests.count == count)
    }
    _ = try await Self.induce(pairs, .standard, asking: model, keptIn: store)
    let new = model.requests.dropFirst(count)
    let fresh = Set(pairs.dropFirst(40).map(\.scene) + pairs.dropFirst(40).map(\.action))
    #expect(!new.isEmpty && new.count <= 40)
    for request in new {
      let user = try #require(request.messages.last?.text)
      #expect(fresh.contains { user.contains($0) })
    }
  }

  @Test func `work that was broken off at any request goes on to the same tree and asks nothing twice`()
    async throws
  {
    let pairs = Array(PlantedWorld(seed: 5, count: 24).pairs)
    let whole = Self.model()
    let tree = try await Self.induce(pairs, .standard, asking: whole, keptIn: AnswerMemory())
    let count = whole.requests.count
    for stop in stride(from: 0, to: count, by: 3) {
      let store = AnswerMemory()
      let answering = Self.model()
      let broken = FakeModel { request, number async throws(ModelError) in
        guard number < stop else { throw .unreachable("it was killed") }
        return try await answering.complete(request)
      }
      await #expect(throws: ModelError.self) {
        try await Self.induce(pairs, .standard, asking: broken, keptIn: store)
      }
      let rest = Self.model()
      #expect(try await Self.induce(pairs, .standard, asking: rest, keptIn: store) == tree)
      #expect(answering.requests.count + rest.requests.count == count, "stopped at \(stop)")
    }
  }

  @Test(arguments: [
    "nothing here", "[]", #"{"candidates":"none"}"#, #"{"candidates":[{"statement":""}]}"#, "",
    "{\"q1\":\"perhaps\"}",
  ])
  func `replies that cannot be used are counted, kept and lead to an empty tree`(reply: String) async throws {
    let store = AnswerMemory()
    let model = FakeModel { _, _ in Completion(text: reply) }
    let pairs = PlantedWorld(seed: 1, count: 20).pairs
    #expect(try await Self.induce(pairs, .standard, asking: model, keptIn: store).isEmpty)
    let count = model.requests.count
    _ = try await Self.induce(pairs, .standard, asking: model, keptIn: store)
    #expect(model.requests.count == count)
  }

  @Test func `eight statements of an action and twenty questions of a scene go into one request`()
    async throws
  {
    let model = Self.model()
    let judge = ModelJudge(KeptModel(model, store: AnswerMemory()))
    let pairs = PlantedWorld(seed: 1, count: 3).pairs
    _ = try await judge.verdicts(on: (1...17).map { "Ann does \($0)." }, of: pairs)
    #expect(model.requests.count == 9)
    _ = try await judge.answers(to: (1...41).map { "Is it \($0)?" }, of: pairs)
    #expect(model.requests.count == 18)
    // What a statement is held against does not show the scene, and the question does not show the action.
    for request in model.requests {
      let user = try #require(request.messages.last?.text)
      #expect(user.contains("Statements:") != user.contains("Scene:"))
      #expect(user.contains("Questions:") != user.contains("Action:"))
    }
  }

  @Test func `the first token's probabilities are sums that unknown has no part in`() async throws {
    let alternatives = [("yes", 0.5), (" Yes", 0.1), ("no", 0.2), ("unknown", 0.2)].map {
      TokenAlternative($0.0, logProbability: log($0.1))
    }
    let model = FakeModel { _, _ in Completion(text: "yes", alternatives: alternatives) }
    let judge = ModelJudge(KeptModel(model, store: AnswerMemory()), method: .probabilities)
    let verdicts = try await judge.verdicts(on: ["a", "b"], of: PlantedWorld(seed: 1, count: 1).pairs)
    #expect(model.requests.count == 2)
    #expect(abs(verdicts[0][0].yes - 0.6) < 1e-9 && abs(verdicts[0][0].no - 0.2) < 1e-9)
    #expect(verdicts[0][0].isYes && !Verdict(yes: 0.4, no: 0.1).isYes && Verdict.no.isDecided)
  }
}
