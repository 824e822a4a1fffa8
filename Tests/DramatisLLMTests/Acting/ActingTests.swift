import DramatisCompiler
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

extension Double {
  var logarithm: Double { log(self) }
}

/// A model that discriminates and performs, within a session.
@Suite struct ActingTests {
  static let profile = """
    dramatis: 1
    character: Mara
    aliases: [innkeeper]
    summary: Keeps the Lantern Inn.
    voice: Short sentences.
    setting: A harbour town.
    examples: [{ event: "Any rooms?", line: "One. It leaks." }]
    questions:
      accused: { ask: "Does someone accuse Mara?", cues: [cheat*] }
      praised: { ask: "Does someone praise Mara?" }
      danger: { ask: "Is a guest in danger?" }
    machines:
      mood:
        states: { wary: Mara watches hands. }
        transitions: [{ from: any, to: wary, when: accused or praised }]
    behavior:
      personality:
        - when: danger
          then: [Mara steps between.]
    lines: ["Hm, {user}."]
    """

  static func mara() throws -> Program {
    let compilation = Compilation(of: Array(profile.utf8), name: "mara.yaml")
    return try #require(compilation.program, "\(compilation.report(compilation.diagnostics))")
  }

  private static func questions(_ count: Int) -> [Question] {
    (0..<count).map { Question(name: nil, text: "Question \($0)?") }
  }

  /// Answers yes to every question with an even number, in whatever place it stands.
  private static let evens = FakeModel { request, _ in
    let lines = (request.messages.last?.text ?? "").split(separator: "\n").filter { $0.hasPrefix("q") }
    let members = lines.map { line -> JSONValue.Member in
      let key = String(line.prefix { $0 != ":" })
      let number = Int(line.filter(\.isNumber).dropFirst(key.count - 1)) ?? 1
      return JSONValue.Member(key, number.isMultiple(of: 2) ? "yes" : "no")
    }
    return Completion(text: JSONValue.object(members).spelled)
  }

  @Test(arguments: [1, 19, 20, 21, 70])
  func `a round is answered in batches of twenty, in the order asked`(count: Int) async throws {
    let questions = Self.questions(count)
    let discriminator = LLMDiscriminator(Self.evens)
    let scene = Scene("The scene of \(count).")
    let replies = try await discriminator.replies(to: questions, about: scene)
    #expect(replies.map(\.answer) == (0..<count).map { $0.isMultiple(of: 2) ? .yes : .no })
    let batches = discriminator.batches(of: questions.map { AskedQuestion($0, of: nil) }, about: scene)
    #expect(batches.count == (count + 19) / 20)
    #expect(batches.allSatisfy { $0.count <= 20 })
    #expect(Set(batches.joined().map(\.text)) == Set(questions.map(\.text)))
  }

  @Test func `the order depends on seed and scene alone`() {
    let questions = Self.questions(12).map { AskedQuestion($0, of: nil) }
    func order(_ seed: UInt64, _ scene: String) -> [[AskedQuestion]] {
      LLMDiscriminator(FakeModel(""), seed: seed).batches(of: questions, about: Scene(scene))
    }
    #expect(order(1, "a") == order(1, "a"))
    #expect(order(1, "a") != order(2, "a"))
    #expect(order(1, "a") != order(1, "b"))
  }

  @Test func `what was answered is not asked again, and the cache is bounded`() async throws {
    let model = FakeModel { request, _ in Completion(text: "yes") }
    let cache = AnswerCache(capacity: 3)
    let discriminator = LLMDiscriminator(model, method: .probabilities, cache: cache)
    let questions = Self.questions(3)
    for _ in 0..<3 { _ = try await discriminator.replies(to: questions, about: Scene("a")) }
    #expect(model.requests.count == 3)
    _ = try await discriminator.replies(to: questions, about: Scene("b"))
    #expect(model.requests.count == 6)
    _ = try await discriminator.replies(to: questions, about: Scene("a"))
    #expect(model.requests.count == 9)
  }

  @Test func `requests for probabilities differ only at their end`() async throws {
    let model = FakeModel { _, _ in
      Completion(
        text: "no",
        alternatives: [
          TokenAlternative("yes", logProbability: (0.75).logarithm),
          TokenAlternative("no", logProbability: (0.25).logarithm),
        ])
    }
    let discriminator = LLMDiscriminator(model, method: .probabilities)
    let replies = try await discriminator.replies(to: Self.questions(4), about: Scene("A long scene."))
    #expect(replies.allSatisfy { abs($0.answer.probability - 0.75) < 1e-12 })
    let texts = Set(model.requests.compactMap { $0.messages.last?.text })
    #expect(texts.count == 4)
    #expect(texts.allSatisfy { $0.hasPrefix("Scene:\nA long scene.\n\nQuestion: ") })
    #expect(Set(model.requests.map(\.messages.first)).count == 1)
    #expect(model.requests.allSatisfy { $0.maxTokens == 1 && $0.alternatives == 20 })
  }

  @Test func `replies without any answer fail the round`() async {
    for text in ["{}", #"{"q1":"perhaps so","q2":"blue"}"#, "yes"] {
      let discriminator = LLMDiscriminator(FakeModel(text))
      await #expect(throws: ModelError.self) {
        try await discriminator.replies(to: Self.questions(2), about: Scene("a"))
      }
    }
  }

  @Test func `cues answer first, and a model what is still unknown`() async throws {
    let mara = try Self.mara()
    let model = FakeModel { request, _ in Completion(text: "no") }
    let stack = DiscriminatorStack([
      CueDiscriminator(for: [mara]), LLMDiscriminator(model, method: .probabilities),
    ])
    let session = try Session(cast: [mara], discriminator: stack)
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "You cheat!"))
    #expect(turn.records[0].event?.replies[0]?.source == "cues")
    #expect(model.requests.allSatisfy { !($0.messages.last?.text ?? "").contains("accuse") })
    #expect(!model.requests.isEmpty)
  }

  @Test func `a performer speaks from what never changes, the history and the turn, in this order`()
    async throws
  {
    let model = FakeModel("Mara: Fine,\u{1B}[31m yes.\u{7} ")
    let shown = Mutex("")
    let reports = Mutex([LLMPerformer.Report]())
    let performer = LLMPerformer(model, onReport: { report in reports.withLock { $0.append(report) } })
    let session = try Session(cast: [Self.mara()], performer: performer)
    for text in ["Hello", "You cheat!"] {
      let turn = try await session.respond(to: Event(actor: "Rowan", text: text)) { text in
        shown.withLock { $0 += text }
      }
      #expect(turn.line?.text == "Fine, yes.")
    }
    #expect(shown.withLock { $0 } == "Fine, yes.Fine, yes.")
    #expect(reports.withLock { $0.count } == 2)
    let messages = try #require(model.requests.last?.messages)
    #expect(messages.map(\.role) == [.system, .user, .assistant, .user])
    #expect(messages[0] == model.requests[0].messages[0])
    for part in ["Mara", "Keeps the Lantern Inn.", "Short sentences.", "A harbour town.", "One. It leaks."] {
      #expect(messages[0].text.contains(part))
    }
    #expect(messages[1].text == "Rowan: Hello")
    #expect(messages[2].text == "Fine, yes.")
    let told = "Mara watches hands. Why, answered with yes: Does someone accuse Mara?"
    #expect(
      messages[3].text == """
        Rowan: You cheat!

        [For Mara only:
        - mood, just now: \(told)
        Answer as Mara alone.]
        """)
  }

  @Test func `an authored line stands in where the model fails, and the report says why`() async throws {
    let reports = Mutex([LLMPerformer.Report]())
    let model = FakeModel { _, _ throws(ModelError) in throw .cutOff }
    let performer = LLMPerformer(
      model, standIn: true, onReport: { report in reports.withLock { $0.append(report) } })
    let session = try Session(cast: [Self.mara()], performer: performer)
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Hello"))
    #expect(turn.line?.text == "Hm, Rowan.")
    #expect(reports.withLock { $0.first?.failure } == .cutOff)
    let strict = try Session(cast: [Self.mara()], performer: LLMPerformer(model))
    await #expect(throws: ModelError.cutOff) {
      try await strict.respond(to: Event(actor: "Rowan", text: "Hello"))
    }
  }

  @Test func `an authored line stands in after the deadline`() async throws {
    let model = FakeModel { _, _ throws(ModelError) in
      do {
        try await Task.sleep(for: .seconds(60))
      } catch {
        throw .cancelled
      }
      return Completion(text: "too late")
    }
    let performer = LLMPerformer(model, settings: .init(deadline: .milliseconds(50)), standIn: true)
    let session = try Session(cast: [Self.mara()], performer: performer)
    let turn = try await session.respond(to: Event(actor: "Rowan", text: "Hello"))
    #expect(turn.line?.text == "Hm, Rowan.")
  }
}
