import Dramatis
import DramatisLLM

/// What is known to be answered in one turn, and what was found to be lacking.
final class AnswerBook {
  fileprivate struct Key: Hashable {
    let isAboutLine: Bool
    let question: String
  }

  private let order: HostedInstance.TurnOrder
  private let identity: String
  /// What whoever was asked has said; nil leaves a question to the cues.
  private var known: [Key: Answer?] = [:]
  private var missing: [QuestionRequest] = []
  /// Whether somebody is asked at all.
  var isOpen: Bool
  /// What came too late, or not at all.
  var late: [String] = []

  init(_ order: HostedInstance.TurnOrder, identity: String) {
    self.order = order
    self.identity = identity
    isOpen = order.asksGame || order.discriminator != nil
  }

  /// The answer to a question as far as there is one.
  func answer(_ request: QuestionRequest) -> Answer? {
    if !request.isAboutLine, let given = order.given(request.question) { return given }
    let key = Key(isAboutLine: request.isAboutLine, question: request.key)
    if let answer = known[key] { return answer }
    // What is said depends on what is answered about the event, so that its questions come first.
    if isOpen, !request.isAboutLine || missing.allSatisfy(\.isAboutLine) { missing.append(request) }
    return nil
  }

  /// Tries something until it lacks no answer; nil where it was cancelled.
  nonisolated(nonsending) func attempt<Result>(
    _ body: (AnswerBook) throws(InstanceError) -> Result
  ) async throws(InstanceError) -> Result? {
    while true {
      missing = []
      let result = try body(self)
      if missing.isEmpty { return result }
      guard await fill() else { return nil }
    }
  }

  /// Asks for what is missing; false where the turn was cancelled.
  private nonisolated(nonsending) func fill() async -> Bool {
    for request in missing { known[Key(request)] = .some(nil) }
    if order.asksGame {
      switch await order.outbox.ask(.ask, with: parameters, patience: order.patience) {
      case .cancelled: return false
      case .late: close()
      case .value(nil): noteLate()
      case .value(let result?): take(result)
      }
    }
    guard isOpen, let discriminator = order.discriminator, let first = missing.first else { return true }
    let left = missing.filter { known[Key($0)] == .some(nil) }
    guard !left.isEmpty else { return true }
    let (questions, scene) = (left.map(\.question), first.scene)
    let end = await order.patience.result { try? await discriminator.replies(to: questions, about: scene) }
    switch end {
    case .cancelled: return false
    case .late: close()
    case .value(nil): noteLate()
    case .value(let replies?):
      for (request, reply) in zip(left, replies) where !reply.answer.isUnanswered {
        known[Key(request)] = reply.answer
      }
    }
    return true
  }

  /// Asks nobody any more.
  private func close() {
    isOpen = false
    noteLate()
  }

  private func noteLate() {
    if !late.contains("ask") { late.append("ask") }
  }

  private func take(_ result: JSONValue) {
    guard let written = result["answers"],
      let answers = try? Arguments.answers(written, called: "answers")
    else { return noteLate() }
    for request in missing {
      if let answer = answers[request.key], !answer.isUnanswered { known[Key(request)] = answer }
    }
  }

  private var parameters: JSONValue {
    guard let first = missing.first else { return .object([]) }
    let questions = missing.map { request -> JSONValue in
      ["key": .string(request.key), "ask": .string(request.question.text)]
    }
    return [
      "instance": .string(identity), "name": .string(first.instance.name), "questions": .array(questions),
      "scene": .string(first.scene.text), "event": JSONValue(first.event),
      "states": JSONValue(first.instance.states, each: JSONValue.string),
      "variables": JSONValue(first.instance.variables, each: JSONValue.init),
    ]
  }
}

extension AnswerBook.Key {
  fileprivate init(_ request: QuestionRequest) {
    self.init(isAboutLine: request.isAboutLine, question: request.key)
  }
}

extension HostedInstance.TurnOrder {
  /// What came with the event, by a question's name, else its exact text.
  fileprivate func given(_ question: Question) -> Answer? {
    question.name.flatMap { answers[$0] } ?? answers[question.text]
  }
}

extension JSONValue {
  /// An event with the keys that it has.
  init(_ event: Event) {
    var members: [Member] = []
    func add(_ name: String, as value: JSONValue?) {
      if let value { members.append(Member(name, value)) }
    }
    add("actor", as: event.actor.map(JSONValue.string))
    add("text", as: event.text.map(JSONValue.string))
    add("to", as: event.to.map { .array($0.map(JSONValue.string)) })
    if event.kind != Event.speech { add("kind", as: .string(event.kind)) }
    if !event.data.isEmpty { add("data", as: JSONValue(event.data, each: JSONValue.init)) }
    add("present", as: event.present.map { .array($0.map(JSONValue.string)) })
    add("scene", as: event.scene.map(JSONValue.string))
    add("partners", as: event.partners.map { .array($0.map(JSONValue.string)) })
    self = .object(members)
  }
}
