import Dramatis
import DramatisCompiler
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Stories that models write: one that follows its prompt, one that ignores it, one that answers nonsense.
@Suite struct StoryPromptTests {
  private static func ferry() throws -> Story {
    let story = StoryCompilation(
      of: try Repository.bytes("Examples/Ferry/story.yaml"), name: "story.yaml"
    ) { path in
      (try? Repository.bytes("Examples/Ferry/\(path)")).map { .bytes($0, name: path) } ?? .unreadable("?")
    }
    return try #require(story.story, "\(story.report())")
  }

  /// Does what its prompt says, word for word, and answers questions by whether the words are there.
  private static let literal = FakeModel { request, number in
    let prompt = request.messages.map(\.text).joined(separator: "\n")
    guard request.schema == nil, !prompt.contains("\nQuestions:\n") else { return answers(to: prompt) }
    let lines = prompt.split(separator: "\n").map { $0.hasSuffix("]") ? $0.dropLast() : $0 }
    func after(_ sentences: String...) -> String? {
      for line in lines {
        for sentence in sentences where line.contains(sentence) {
          return String(line[(line.firstRange(of: sentence)?.upperBound ?? line.endIndex)...])
        }
      }
      return nil
    }
    let said =
      after("as a concrete event: ", "not as a hint: ") ?? after("nothing of what follows: ")
      ?? after("resolve nothing of it: ")
      ?? "The river is low, and this is the \(number). thing to say of it."
    return Completion(text: said)
  }

  /// Yes for every question whose words the newest event holds.
  private static func answers(to prompt: String) -> Completion {
    let parts = prompt.split(separator: "\n\nQuestions:\n", omittingEmptySubsequences: false)
    let scene = parts.first ?? ""
    let newest = scene.split(separator: "\n").last { !$0.hasPrefix("The newest event is") } ?? ""
    let members = (parts.last ?? "").split(separator: "\n").map { line -> JSONValue.Member in
      let (key, question) = (line.prefix { $0 != ":" }, line.drop { $0 != ":" }.dropFirst(2))
      let end = question.firstIndex(of: "?").map { question.index(after: $0) } ?? question.endIndex
      let about = question[end...].isEmpty ? question : question[end...].dropFirst()
      return JSONValue.Member(String(key), newest.contains(about) ? "yes" : "no")
    }
    return Completion(text: JSONValue.object(members).spelled)
  }

  private static func written(
    by model: FakeModel, turns: Int, director: Director? = Director(stall: 0)
  ) async throws -> (session: Session, open: [OpenDebt]) {
    let story = try ferry()
    let session = try Session(
      cast: story.cast,
      discriminator: DiscriminatorStack([CueDiscriminator(for: story.cast), LLMDiscriminator(model) { _ in }]
      ),
      performer: LLMPerformer(model))
    try await session.narrate(opening: story.opening)
    var writer = await StoryWriter(session, isAuthored: false, director: director)
    for _ in 0..<turns where try await !writer.isOver() { _ = try await writer.next() }
    return (session, try await writer.openDebts())
  }

  @Test func `a model that follows its prompt pays all debts of a story in time, and none early`()
    async throws
  {
    let (session, open) = try await Self.written(by: Self.literal, turns: 12)
    #expect(open.isEmpty, "\(open)")
    for program in await session.cast {
      let snapshot = try await session.snapshot(of: program.character)
      for (commitment, progress) in zip(program.commitments, snapshot.commitments)
      where program.owns(commitment) {
        #expect(progress.early == nil && progress.status == .paid)
      }
    }
  }

  @Test
  func `what the director says is worded from the trigger, never from the payoff, and is in the record`()
    async throws
  {
    let model = Self.literal
    let before = model.requests.count
    let (session, _) = try await Self.written(by: model, turns: 12)
    let turns = try await session.transcript.turns(to: await session.transcript.head)
    let led = turns.flatMap(\.directions)
    #expect(
      Set(led.map(\.text)).isSubset(of: [
        "Does anyone ask what time it is?", "Does anyone want to cross the river?",
        "Is somebody said to be ill?",
      ]))
    #expect(Set(led.compactMap(\.commitment)) == ["stopped_watch", "low_water", "red_cloth"])
    let payoff = "drowned bell rises"
    let prompts = model.requests.dropFirst(before).filter { $0.schema == nil }.map {
      $0.messages.map(\.text).joined()
    }
    let telling = prompts.firstIndex { $0.contains(payoff) } ?? 0
    #expect(prompts[telling].contains("as a concrete event: Orla follows"))
  }

  @Test(arguments: ["It rains.", "]}[{ \u{FFFD} null null", "- - -"])
  func `a model that ignores its prompt leaves the debts open, and what they wait for is told`(text: String)
    async throws
  {
    let model = FakeModel { request, number in
      request.messages.last?.text.contains("\nQuestions:\n") == true
        ? Completion(text: "nonsense") : Completion(text: "\(text) \(number)")
    }
    let (_, open) = try await Self.written(by: model, turns: 6)
    #expect(open.map(\.name).sorted() == ["low_water", "red_cloth", "stopped_watch"])
    #expect(open.contains { $0.waitsFor == "stopped_watch must be paid first" })
    #expect(open.contains { $0.waitsFor.contains("Is somebody said to be ill?") })
  }

  @Test func `without a director nobody is told by what something falls due`() async throws {
    let (session, _) = try await Self.written(by: Self.literal, turns: 8, director: nil)
    let turns = try await session.transcript.turns(to: await session.transcript.head)
    let led = turns.flatMap(\.directions)
    #expect(led.isEmpty)
  }
}
