import Dramatis
import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Answers to questions in whatever form a model gives them.
@Suite struct ModelAnswerTests {
  private static let questions = [
    Question(name: nil, text: "Does it snow?"), Question(name: nil, text: "Is the door shut?"),
    Question(name: nil, text: "Does Ann sing?"),
  ]

  private static func answers(
    _ model: FakeModel, onFailure: (@Sendable (ModelError) -> Void)? = nil
  ) async throws -> [Truth] {
    let discriminator = LLMDiscriminator(model, onFailure: onFailure)
    // Questions are shuffled, so that each key is looked up in what was asked.
    return try await discriminator.replies(to: questions, about: Scene("It snows.")).map(\.answer.truth)
  }

  /// A model that answers yes to the first question and no to the second, in a form of the test's.
  private static func model(_ form: @escaping @Sendable (_ yes: String, _ no: String) -> String) -> FakeModel
  {
    FakeModel { request, _ in
      let text = request.messages.last?.text ?? ""
      let key = { (question: String) in
        (1...3).map { "q\($0)" }.first { text.contains("\($0): \(question)") } ?? ""
      }
      return Completion(text: form(key("Does it snow?"), key("Is the door shut?")))
    }
  }

  @Test(
    arguments: [
      { #"{"\#($0)": "YES", "\#($1)": "No."}"# }, { #"{"\#($0)": true, "\#($1)": false}"# },
      { #"{"answers": {"\#($0)": "yes", "\#($1)": "no"}}"# },
      { #"[{"question": "\#($0)", "answer": "yes"}, {"question": "\#($1)", "answer": "no"}]"# },
      { #"{"\#($0.uppercased())": {"answer": "yes", "why": "snow"}, "\#($1)": ["no"]}"# },
      { "Let me see {now}.\n```\n{\($0): yes, \($1): no,}\n```\nDone [1]." },
      { #"{"\#($0)": "Yes, it does", "\#($1)": "no, it is open"}"# },
      { #"{"\#($0)": 1, "\#($1)": 0, "other": "perhaps"}"# },
    ] as [@Sendable (String, String) -> String])
  func `answers count in any form, and one that is missing is unknown`(
    form: @escaping @Sendable (String, String) -> String
  ) async throws {
    let model = Self.model(form)
    #expect(try await Self.answers(model) == [.yes, .no, .unknown])
    #expect(model.requests.count == 1)
  }

  @Test func `answers that stand where thought belongs count`() async throws {
    let model = FakeModel { _, _ in Completion(text: "", thought: #"Well. {"q1":"no","q2":"no","q3":"no"}"#) }
    #expect(try await Self.answers(model) == [.no, .no, .no])
  }

  @Test(arguments: [
    ModelError.cutOff, .failed("no parser"), .malformed("nothing"), .timedOut(.firstText),
    .refused(status: 500, message: "out of memory", retryAfter: nil), .thoughtOnly(tokens: 9),
    .declined("no"),
  ])
  func `a failure that a line can do without leaves questions unknown, and is told`(error: ModelError)
    async throws
  {
    let told = Mutex([ModelError]())
    let truths = try await Self.answers(FakeModel { _, _ throws(ModelError) in throw error }) { failure in
      told.withLock { $0.append(failure) }
    }
    #expect(truths == [.unknown, .unknown, .unknown] && told.withLock { $0 } == [error])
  }

  @Test(arguments: [ModelError.cancelled, .overBudget("all"), .unreachable("nobody")])
  func `a failure that takes the line as well is thrown`(error: ModelError) async {
    await #expect(throws: error) {
      try await Self.answers(FakeModel { _, _ throws(ModelError) in throw error }) { _ in }
    }
  }

  @Test func `a model that never gives an answer is asked three times, and then no more`() async throws {
    let model = FakeModel("I would rather tell you a story.")
    let discriminator = LLMDiscriminator(model, onFailure: { _ in })
    for number in 1...6 {
      let replies = try await discriminator.replies(to: Self.questions, about: Scene("Scene \(number)."))
      #expect(replies.allSatisfy { $0.answer.truth == .unknown })
    }
    #expect(model.requests.count == 6)
  }

  @Test func `a scene that is too long loses its beginning, and never its newest event`() async throws {
    let model = FakeModel { request, _ throws(ModelError) in
      let text = request.messages.last?.text ?? ""
      if text.contains("Ann: line 5\n") { throw ModelError.tooLongPrompt(tokens: 900, limit: 500) }
      return Completion(text: #"{"q1":"yes"}"#)
    }
    let events = (1...12).map { Event(actor: "Ann", text: "line \($0)") }
    let scene = Scene(of: Event(actor: "Ann", text: "The end."), after: events, window: 20)
    let replies = try await LLMDiscriminator(model).replies(to: [Self.questions[0]], about: scene)
    #expect(replies.map(\.answer.truth) == [.yes])
    #expect(model.requests.last?.messages.last?.text.contains("The end.") == true)
  }
}

extension Answer {
  /// The nearest of the three truths.
  fileprivate var truth: Truth { probability > 0.9 ? .yes : probability < 0.1 ? .no : .unknown }
}
