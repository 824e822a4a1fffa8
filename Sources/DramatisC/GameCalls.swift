import CDramatis
import Dramatis

/// What the game does in a turn: it is asked, and may speak.
struct GameCalls {
  private let calls: dramatis_calls

  init(_ calls: dramatis_calls) {
    self.calls = calls
  }

  /// Takes a turn on a copy, which the caller throws away where this throws.
  ///
  /// - Returns: What the event did, and what the line did that the game spoke.
  func turn(of instance: inout Instance, on parts: EventParts) throws(CallError) -> [InstanceTurn] {
    let asking = Asking(calls, answers: parts.answers)
    let (names, isLogged) = (instance.program.answers(from: parts.answers).unknown, !parts.answers.isEmpty)
    if isLogged, let name = names.first {
      Log.tell("\(instance.name): no question is called '\(name)', so that its answer is ignored")
    }
    let voice: Instance.Voice = calls.speak == nil ? .authored : .own
    var turns = [
      try Self.attempt(asking) { () throws(InstanceError) in
        try instance.turn(parts.event, voice: voice, answering: asking.answer)
      }
    ]
    guard voice == .own, let prompt = try? instance.prompt(), let line = try spoken(prompt) else {
      return turns
    }
    turns.append(
      try Self.attempt(asking) { () throws(InstanceError) in
        try instance.say(line, answering: asking.answer)
      })
    return turns
  }

  private static func attempt(
    _ asking: Asking, _ body: () throws(InstanceError) -> InstanceTurn
  ) throws(CallError) -> InstanceTurn {
    let turn: InstanceTurn
    do throws(InstanceError) {
      turn = try body()
    } catch {
      throw CallError(error)
    }
    if asking.isStopped { throw wasStopped }
    return turn
  }

  private static let wasStopped = CallError(DRAMATIS_STOPPED, "a call-back has called the turn off")

  /// The line that the game's own model finds; nil where it says nothing.
  private func spoken(_ prompt: Prompt) throws(CallError) -> String? {
    guard let speak = calls.speak, let json = try? prompt.jsonLine() else { return nil }
    let said = Lock<String?>(nil)
    guard let reply = Tables.replies.insert(said) else { throw .full("reply") }
    defer { _ = Tables.replies.remove(reply) }
    var text = KeptText()
    text.set(json)
    let answer = withUnsafePointer(to: text.view) { speak(calls.user, $0, reply) }
    guard Int(answer) != DRAMATIS_STOP else { throw Self.wasStopped }
    return said.withLock { $0.flatMap { $0.isEmpty ? nil : $0 } }
  }
}

/// Asks the game, until it wants no more.
final class Asking {
  private let calls: dramatis_calls
  private let given: [String: Answer]
  private var texts = QuestionTexts()
  private(set) var isStopped = false

  init(_ calls: dramatis_calls, answers: [String: Answer]) {
    self.calls = calls
    given = answers
  }

  func answer(_ request: QuestionRequest) -> Answer? {
    if !request.isAboutLine, let answer = given[of: request.question] { return answer }
    guard let ask = calls.ask, !isStopped else { return nil }
    texts.set(request)
    let answer = withUnsafePointer(to: texts.view) { ask(calls.user, $0) }
    isStopped = Int(answer) == DRAMATIS_STOP
    let said = Answer(constant: answer)
    return said == .unknown ? nil : said
  }
}

/// The texts of a question, at places that stay while the game reads them.
private struct QuestionTexts: ~Copyable {
  private var instance = KeptText()
  private var name = KeptText()
  private var ask = KeptText()
  private var scene = KeptText()
  private var event = KeptText()
  private var isAboutLine: Int32 = 0

  mutating func set(_ request: QuestionRequest) {
    instance.set(request.instance.name)
    name.set(request.question.name ?? "")
    ask.set(request.question.text)
    scene.set(request.scene.text)
    event.set((try? request.event.jsonLine()) ?? "{}")
    isAboutLine = request.isAboutLine ? 1 : 0
  }

  var view: dramatis_question {
    dramatis_question(
      instance: instance.view, name: name.view, ask: ask.view, scene: scene.view, event: event.view,
      is_about_line: isAboutLine)
  }
}

extension dramatis_step_result {
  /// The numbers of what a step did.
  init(_ turn: InstanceTurn) {
    self.init(
      turn: Int64(turn.number), relevant: turn.isRelevant ? 1 : 0,
      changes: Int32(clamping: turn.changes.count),
      statements: Int32(clamping: turn.statements.count), due: Int32(clamping: turn.due.count))
  }
}
