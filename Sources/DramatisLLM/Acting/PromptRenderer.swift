import Dramatis
import FoundationEssentials

/// Writes what a model is told so that it speaks as a character; needs no connection.
///
/// What never changes stands first, then the history, then what holds in this turn alone, so that a service's prefix
/// cache holds from turn to turn. History that does not fit is cut in blocks, so that the prefix breaks seldom. In the
/// compact form, for small models, what holds in this turn stands with what never changes, and examples are turns.
public struct PromptRenderer: Sendable {
  /// How many tokens prompt and reply may have together.
  public var contextTokens: Int
  /// How many of them are kept for the reply.
  public var replyTokens: Int
  /// How many events are cut at once.
  public static let block = 16
  /// Who is spoken to where an event names no actor.
  public var user: String
  /// How prompts are laid out whatever profiles say; nil for what they say.
  public var form: PromptForm?
  /// How prompts are laid out where nobody says it.
  public var standardForm = PromptForm.cached
  /// A line that was made and is to be another one, with what is wrong with it.
  var mending: (line: String, flaws: [LineFlaw])?
  /// Says when it is, for texts that ask for the time, as ISO 8601 has it.
  public var now: @Sendable () -> String = { Date.now.ISO8601Format() }

  /// Makes a renderer.
  public init(
    user: String = "stranger", contextTokens: Int = 4096, replyTokens: Int = 300, form: PromptForm? = nil
  ) {
    self.user = user
    self.contextTokens = contextTokens
    self.replyTokens = replyTokens
    self.form = form
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
    let parts = PromptParts(request, user: user)
    let events = events(of: request, parts)
    let start = start(of: events, for: request, parts, counter: counter, isAgain: isAgain)
    return messages(for: request, parts, telling: events.dropFirst(start), isAgain: isAgain)
  }

  /// The messages without what holds in this turn alone behind the newest event: those that the next prompt begins with.
  func lastingMessages(for request: LineRequest, counter: TokenCounter) -> [ModelRequest.Message] {
    let parts = PromptParts(request, user: user)
    let events = events(of: request, parts)
    let start = start(of: events, for: request, parts, counter: counter, isAgain: false)
    return messages(for: request, parts, telling: events.dropFirst(start), isAgain: false, isClosed: false)
  }

  /// The first event of the history for which there is room.
  func start(
    of events: [ModelRequest.Message], for request: LineRequest, _ parts: PromptParts, counter: TokenCounter,
    isAgain: Bool
  ) -> Int {
    let isFitting = { (start: Int) in
      let told = messages(for: request, parts, telling: events.dropFirst(start), isAgain: isAgain)
      return counter.tokens(in: told) + replyTokens <= contextTokens
    }
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
    return min(start, events.count)
  }

  private func messages(
    for request: LineRequest, _ parts: PromptParts, telling events: ArraySlice<ModelRequest.Message>,
    isAgain: Bool, isClosed: Bool = true
  ) -> [ModelRequest.Message] {
    let turn = direction(of: parts, isAgain: isAgain)
    let newest = ModelRequest.Message(.user, text(of: request.event, parts))
    let isCompact = form(of: request.program) == .compact
    let before = [
      character(parts, withExamples: !isCompact), parts.opening, parts.settled, parts.present,
      isCompact ? turn.joined(separator: "\n") : "",
    ]
    let stable = before.filter { !$0.isEmpty }.joined(separator: "\n\n")
    let closing = [isCompact ? "" : "[\(turn.joined(separator: "\n"))]", postHistory(for: request)]
      .filter { !$0.isEmpty }.joined(separator: "\n\n")
    let said = (isCompact ? exampleTurns(request.program) : []) + events + [newest]
    let told = merged(self.told(said, with: request.lore, for: request))
    guard isClosed else { return [ModelRequest.Message(.system, stable)] + told }
    return [ModelRequest.Message(.system, stable)] + closed(told, by: closing)
      + Self.goingOn(request.beginning, words: parts.words)
  }

  /// The conversation with what stands behind it, which is a user's.
  private func closed(_ told: [ModelRequest.Message], by closing: String) -> [ModelRequest.Message] {
    guard let last = told.last, !closing.isEmpty else { return told }
    guard last.role != .assistant else { return told + [ModelRequest.Message(.user, closing)] }
    return told.dropLast() + [ModelRequest.Message(.user, "\(last.text)\n\n\(closing)")]
  }

  /// How a prompt for a character is laid out.
  func form(of program: Program) -> PromptForm { form ?? program.telling?.form ?? standardForm }

  /// What asks for the rest of a line.
  private static func goingOn(_ line: SpokenLine?, words: PromptWords) -> [ModelRequest.Message] {
    guard let line else { return [] }
    let beginning = LineBeginning(line.text, isCut: line.cut != nil)
    return [ModelRequest.Message(.assistant, beginning.text), ModelRequest.Message(.user, words.goOn)]
  }

  /// What holds in this turn, by what it is about.
  func turnParts(_ parts: PromptParts, isAgain: Bool) -> [(name: String, lines: [String])] {
    let isOther = isAgain || parts.request.attempt > 0 && parts.request.beginning == nil
    let note = Surroundings(parts.request.lore).aroundNote
    let notes = [note.before, note.after].map { texts in
      texts.map { "- \(filled($0, for: parts.request))" }
    }
    return [
      ("lore before", notes[0]), ("memory", parts.memory), ("states", parts.states),
      ("variables", parts.variables),
      ("statements", parts.statements),
      ("due", parts.due), ("not yet", parts.notYet), ("lore behind", notes[1]),
      ("direction", parts.directions),
      ("form", (isOther ? [parts.words.otherwise] : []) + mends(parts) + [parts.form]),
    ]
  }

  private func mends(_ parts: PromptParts) -> [String] {
    guard let mending else { return [] }
    let why = mending.flaws.map { PromptWords.fill(parts.words.flaws[$0.kind] ?? "", [$0.what]) }
    return [PromptWords.fill(parts.words.mend, [why.joined(separator: "; "), mending.line])]
  }

  /// What holds in this turn, line by line below a heading, and last the form of the answer.
  private func direction(of parts: PromptParts, isAgain: Bool) -> [String] {
    ["\(parts.heading):"] + turnParts(parts, isAgain: isAgain).flatMap(\.lines)
  }

  /// What is known of the line for a request before it comes.
  func frame(for request: LineRequest) -> LineFrame {
    let parts = PromptParts(request, user: user)
    let actors = (request.history + [request.event]).reduce(into: Set<String>()) { names, event in
      if let actor = event.actor { names.insert(actor) }
    }
    let company = (request.event.to ?? []) + (request.event.present ?? []) + request.situation.company
    return LineFrame(
      of: request.program, others: [user] + actors.sorted() + company, heading: parts.heading,
      direction: Array(direction(of: parts, isAgain: true).dropFirst()))
  }
}

extension PromptRenderer {
  /// The history as messages; a scene that an event carries replaces all that was perceived, and how a story opened is told
  /// before.
  func events(of request: LineRequest, _ parts: PromptParts) -> [ModelRequest.Message] {
    guard request.event.scene == nil else { return [] }
    let openings = request.situation.openings
    let history = request.history.drop { event in
      event.actor == nil && openings.contains { $0 == event.text }
    }
    return history.compactMap { utterance($0, parts) }
  }

  private func utterance(_ event: Event, _ parts: PromptParts) -> ModelRequest.Message? {
    guard let said = event.text else { return nil }
    if let actor = event.actor, parts.request.program.isCalled(actor) {
      return ModelRequest.Message(.assistant, said)
    }
    return ModelRequest.Message(.user, text(of: event, parts))
  }

  /// What somebody says, with who does; without, in the compact form, where one alone speaks with the character.
  func text(of event: Event, _ parts: PromptParts) -> String {
    let said = event.text ?? event.scene ?? ""
    guard let actor = event.actor else { return said }
    let isAlone = parts.request.situation.company.count < 2
    return form(of: parts.request.program) == .compact && isAlone ? said : "\(actor): \(said)"
  }

  /// The examples as turns, without the name of whoever speaks in them.
  func exampleTurns(_ program: Program) -> [ModelRequest.Message] {
    program.examples.flatMap { example in
      let label = example.event.prefix { $0 != ":" }
      let isName = label.count < example.event.count && label.split(separator: " ").count <= 2
      let said = isName ? example.event.dropFirst(label.count + 1).drop { $0 == " " } : example.event[...]
      return [ModelRequest.Message(.user, String(said)), ModelRequest.Message(.assistant, example.line)]
    }
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
