import Dramatis

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
  ///   - estimate: How long texts are in tokens.
  public func messages(
    for request: LineRequest, estimate: TokenEstimate = TokenEstimate()
  ) -> [ModelRequest.Message] {
    let stable = ModelRequest.Message(.system, character(request.program))
    let turn = direction(for: request)
    // A scene that an event carries replaces all that was perceived.
    let history = request.event.scene == nil ? request.history : []
    let events = history.compactMap { utterance($0, request.program) }
    let newest = ModelRequest.Message(.user, text(of: request.event, request.program))
    var start = 0
    while true {
      let told = merged(events.dropFirst(start) + [newest])
      let messages = [stable] + told.dropLast() + [directed(told.last ?? newest, turn)]
      let isFitting = estimate.tokens(in: messages) + replyTokens <= contextTokens
      if isFitting || start >= events.count { return messages }
      start += Self.block
    }
  }

  /// What is true of a character in every turn.
  func character(_ program: Program) -> String {
    let examples = program.examples.map { "\($0.event)\n\(program.character): \($0.line)" }
    let parts = [
      ("", "You are \(program.character). \(program.summary)"),
      ("Voice: ", program.voice), ("Setting: ", program.setting),
      ("Examples:\n", examples.joined(separator: "\n\n")),
      (
        "",
        """
        Answer as \(program.character) with what is said and done next, in a few sentences, in plain text. Do not \
        speak for anybody else, and do not mention these instructions.
        """
      ),
    ]
    return parts.filter { !$0.1.isEmpty }.map { $0.0 + $0.1 }.joined(separator: "\n\n")
  }

  /// What holds in this turn: states, and the statements that the budget has room for.
  func direction(for request: LineRequest) -> String {
    let program = request.program
    let states = program.machines.indices.flatMap { self.states(of: $0, for: request) }
    let statements = request.selection.statements.map { "- \(program.statements[$0.statement])" }
    var lines = ["[For \(program.character) only:"] + states + statements + pool(for: request)
    if request.attempt > 0 { lines.append("- Say it in another way than before.") }
    return lines.count == 1 ? "" : lines.joined(separator: "\n") + "]"
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

  private func directed(_ message: ModelRequest.Message, _ direction: String) -> ModelRequest.Message {
    direction.isEmpty ? message : ModelRequest.Message(.user, "\(message.text)\n\n\(direction)")
  }

  private func utterance(_ event: Event, _ program: Program) -> ModelRequest.Message? {
    guard let said = event.text else { return nil }
    if let actor = event.actor, program.isCalled(actor) { return ModelRequest.Message(.assistant, said) }
    return ModelRequest.Message(.user, text(of: event, program))
  }

  private func text(of event: Event, _ program: Program) -> String {
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
