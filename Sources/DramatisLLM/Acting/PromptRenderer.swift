import Dramatis
import FoundationEssentials

/// Writes what a model is told so that it speaks as a character; needs no connection.
///
/// What never changes stands first, then the history, then what holds in this turn alone, so that a service's prefix
/// cache holds from turn to turn. History that does not fit is cut in blocks, so that the prefix breaks seldom.
public struct PromptRenderer: Sendable {
  /// How many tokens prompt and reply may have together.
  public var contextTokens: Int
  /// How many of them are kept for the reply.
  public var replyTokens: Int
  /// How many events are cut at once.
  public static let block = 16
  /// Who is spoken to where an event names no actor.
  public var user: String
  /// Says when it is, for texts that ask for the time, as ISO 8601 has it.
  public var now: @Sendable () -> String = { Date.now.ISO8601Format() }

  /// Makes a renderer.
  public init(user: String = "stranger", contextTokens: Int = 4096, replyTokens: Int = 300) {
    self.user = user
    self.contextTokens = contextTokens
    self.replyTokens = replyTokens
  }

  /// The prompt for a line.
  ///
  /// - Parameters:
  ///   - request: What the line is to be spoken from.
  ///   - counter: How long texts are in tokens.
  ///   - isAgain: Whether what came first was no use, as a line that was said before.
  public func messages(
    for request: LineRequest, counter: TokenCounter = TokenCounter(), isAgain: Bool = false
  ) -> [ModelRequest.Message] {
    let stable = ModelRequest.Message(.system, character(request.program, for: request))
    let turn = [Self.bracketed(direction(for: request, isAgain: isAgain)), postHistory(for: request)]
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
    let goingOn = Self.goingOn(request.beginning)
    // A scene that an event carries replaces all that was perceived.
    let history = request.event.scene == nil ? request.history : []
    let events = history.compactMap { utterance($0, of: request.program) }
    let newest = ModelRequest.Message(.user, text(of: request.event, for: request.program))
    let messages = { (start: Int) in
      let told = merged(told(events.dropFirst(start) + [newest], with: request.lore, for: request))
      if let last = told.last, last.role == .assistant, !turn.isEmpty {
        return [stable] + told + [ModelRequest.Message(.user, turn)] + goingOn
      }
      return [stable] + told.dropLast() + [directed(told.last ?? newest, by: turn)] + goingOn
    }
    let isFitting = { (start: Int) in counter.tokens(in: messages(start)) + replyTokens <= contextTokens }
    var start = 0
    while start < events.count, !isFitting(start) { start += Self.block }
    // Where little is left, a whole block is too much to lose.
    var step = Self.block / 2
    while step > 0 {
      if start >= step, events.count - start < 2 * step, !events.isEmpty, isFitting(start - step) {
        start -= step
      }
      step /= 2
    }
    return messages(start)
  }

  /// What is true of a character in every turn.
  func character(_ program: Program, for request: LineRequest) -> String {
    let lore = Surroundings(request.lore)
    let examples = program.examples.map { "\($0.event)\n\(program.character): \($0.line)" }
    let task =
      """
      Answer as \(program.character) with what is said and done next, in a few sentences, in plain text. Do not \
      speak for anybody else, and do not mention these instructions.
      """
    let parts =
      lore.before.map { ("", $0) }
      + [("", "You are \(program.character). \(program.summary)")] + lore.after.map { ("", $0) }
      + [("Voice: ", program.voice), ("Setting: ", program.setting)]
      + lore.aroundExamples.before.map { ("", $0) }
      + [("Examples:\n", examples.joined(separator: "\n\n"))] + lore.aroundExamples.after.map { ("", $0) }
      + [("", program.systemPrompt.isEmpty ? task : program.systemPrompt)]
    let text = parts.filter { !$0.1.isEmpty }.map { $0.0 + $0.1 }.joined(separator: "\n\n")
    return filled(text, for: request, original: task).replacing("{user}", with: user)
  }

  /// With what the direction begins.
  static func heading(_ program: Program) -> String { "For \(program.character) only" }

  private static func bracketed(_ lines: [String]) -> String {
    lines.count < 2 ? "" : "[" + lines.joined(separator: "\n") + "]"
  }

  /// What asks for the rest of a line.
  private static func goingOn(_ line: SpokenLine?) -> [ModelRequest.Message] {
    guard let line else { return [] }
    let wish = "[Go on with your last line from exactly where it ends. Repeat nothing of it.]"
    let beginning = LineBeginning(line.text, isCut: line.cut != nil)
    return [ModelRequest.Message(.assistant, beginning.text), ModelRequest.Message(.user, wish)]
  }

  /// What holds in this turn, line by line below a heading: states, and the statements that the budget has room for.
  func direction(for request: LineRequest, isAgain: Bool = false) -> [String] {
    let program = request.program
    let states = program.machines.indices.flatMap { self.states(of: $0, for: request) }
    let statements = request.selection.statements.map { "- \(program.statements[$0.statement])" }
    let note = Surroundings(request.lore).aroundNote
    let notes = [note.before, note.after].map { $0.map { "- \(filled($0, for: request))" } }
    var lines = ["\(Self.heading(program)):"] + notes[0] + states + statements + pool(for: request) + notes[1]
    if isAgain || request.attempt > 0 && request.beginning == nil {
      lines.append("- Say it in another way than before.")
    }
    return lines.map { $0.replacing("{user}", with: user) }
  }

  /// What a machine says: its state, or all that make up a mixed mood.
  private func states(of index: Int, for request: LineRequest) -> [String] {
    let machine = request.program.machines[index]
    let distributions = request.grounding.distributions
    let mixture = machine.mixture(of: distributions.isEmpty ? [] : distributions[index])
    let states = mixture.isEmpty ? [request.snapshot.states[index]] : mixture
    return states.map { machine.states[$0].description }.filter { !$0.isEmpty }.map {
      mixture.isEmpty ? "- \(machine.name): \($0)" : "- \(machine.name), in part: \($0)"
    }
  }

  private func directed(
    _ message: ModelRequest.Message, by direction: String
  ) -> ModelRequest.Message {
    direction.isEmpty ? message : ModelRequest.Message(.user, "\(message.text)\n\n\(direction)")
  }

  private func utterance(_ event: Event, of program: Program) -> ModelRequest.Message? {
    guard let said = event.text else { return nil }
    if let actor = event.actor, program.isCalled(actor) { return ModelRequest.Message(.assistant, said) }
    return ModelRequest.Message(.user, text(of: event, for: program))
  }

  private func text(of event: Event, for program: Program) -> String {
    let said = event.text ?? event.scene ?? ""
    return event.actor.map { "\($0): \(said)" } ?? said
  }

  /// Neighbours of one role become one message, and the first is a user's: many templates insist on both.
  private func merged(_ messages: some Sequence<ModelRequest.Message>) -> [ModelRequest.Message] {
    var result: [ModelRequest.Message] = []
    for message in messages {
      if let last = result.last, last.role == message.role {
        result[result.count - 1] = ModelRequest.Message(last.role, last.text + "\n" + message.text)
      } else {
        if result.isEmpty, message.role == .assistant { result.append(ModelRequest.Message(.user, "…")) }
        result.append(message)
      }
    }
    return result
  }
}

extension PromptRenderer {
  /// How many foreshadows that are not due a prompt tells of, so that it stays short.
  static let plantedLimit = 6

  /// What the line owes the story: due payoffs as requirements, what is planted as colour that settles nothing.
  func pool(for request: LineRequest) -> [String] {
    let (program, snapshot) = (request.program, request.snapshot)
    let due = request.grounding.due.map { index in
      let progress = snapshot.commitments[index]
      let payoff = program.commitments[index].payoff
      guard !program.isOverdue(index, at: snapshot), progress.misses < 2 else {
        return "- This is long due. Whatever else happens, it must happen now, as a concrete event: \(payoff)"
      }
      return progress.misses == 0
        ? "- In this reply this happens, as a concrete event: \(payoff)"
        : "- It has not happened yet. In this very reply it really happens, not as a hint: \(payoff)"
    }
    let planted = program.planted(at: snapshot).prefix(Self.plantedLimit).map { index in
      let foreshadow = program.commitments[index].foreshadow
      return snapshot.commitments[index].written == nil
        ? "- Let this show in passing, and explain or resolve nothing of it: \(foreshadow)"
        : "- True, and not to be resolved yet: \(foreshadow)"
    }
    return due + planted
  }
}
