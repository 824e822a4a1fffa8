extension Instance {
  /// Who finds the words of a turn.
  public enum Voice: String, Hashable, Sendable, Codable, CaseIterable {
    /// The profile's own lines.
    case authored
    /// The caller, who takes ``Instance/prompt()`` to a model and gives the line to ``Instance/say(_:answering:)``.
    case own
    /// Nobody: the character steps and is silent.
    case silent
  }

  /// Takes a turn: the character steps on an event, and may say a line.
  ///
  /// Questions that nobody answers go to the profile's cues, and then to their `otherwise`. Nothing waits: a caller
  /// whose answers take time asks ahead, or uses a ``Session``.
  ///
  /// - Parameters:
  ///   - event: What happened. One that was heard as a line before is not stepped on again.
  ///   - voice: Who finds the words.
  ///   - answering: Answers the questions that are open, round after round; nil leaves one to the cues. It may be asked the
  ///     same question twice in a turn: about the event, and about the line.
  /// - Returns: What the turn did and what was said, by names.
  /// - Throws: ``InstanceError``; the character is then as it was.
  public mutating func turn(
    _ event: Event, voice: Voice = .authored, answering: (QuestionRequest) -> Answer? = { _ in nil }
  ) throws(InstanceError) -> InstanceTurn {
    try check(event)
    let heardNow = HeardEvent(event)
    let isKnown = known != nil && known == heardNow
    let scene = scene(of: event, isKnown: isKnown)
    let before = snapshot
    let answers = answers(
      to: event, in: scene, at: before, isKnown: isKnown, choosesLine: voice == .authored, answering)
    let step = program.step(from: before, event: event, scene: scene, given: answers, isKnown: isKnown)
    let selection =
      kit.selector?.selection(of: step, after: firings)
      ?? StatementSelection(all: step.grounding.statements)
    var turn = InstanceTurn(of: step, from: before, given: answers, selection: selection, by: self)
    let history = heard.dropLast(isKnown ? 1 : 0).map(\.event)
    commit(step)
    if !isKnown { hear(event) }
    known = nil
    request = nil
    guard voice != .silent, step.grounding.role == .passive else { return turn }
    let request = LineRequest(
      program: program, snapshot: step.snapshot, event: event, scene: scene, history: history,
      grounding: step.grounding, selection: selection, answers: answers,
      recentLines: spoken.filter { $0.turn >= before.turn + 1 - SpokenLine.memory }.map(\.line), attempt: 0,
      beginning: nil, lore: LorePlacement([]),
      situation: Situation(of: step, on: event, from: before, given: answers, by: program), show: { _ in })
    if voice == .own {
      self.request = request
    } else if let line = AuthoredPerformer().line(for: request) {
      let taken = stepOnOwnLine(line, present: event.present, answering)
      turn.add(taken, since: before, by: self)
      turn.line = line.text
    }
    return turn
  }

  /// Steps on an event and says nothing; answers are given with it, and nobody is asked.
  ///
  /// The quickest way to move one character; a ``Crowd`` moves thousands without the account of it.
  ///
  /// - Parameters:
  ///   - event: What happened.
  ///   - answers: Answers by question name or exact text; one without is unknown, and the cues are not asked.
  /// - Throws: ``InstanceError``; the character is then as it was.
  @discardableResult
  public mutating func step(
    _ event: Event, answers given: [String: Answer] = [:]
  ) throws(InstanceError) -> InstanceTurn {
    try check(event)
    let (answers, unknown) = program.answers(from: given)
    if isStrict, let name = unknown.first {
      throw .unknownQuestion(name, nearest: nearest(name, among: program.questions.map(\.key)))
    }
    let isKnown = known != nil && known == HeardEvent(event)
    let (before, scene) = (snapshot, scene(of: event, isKnown: isKnown))
    let step = program.step(from: before, event: event, scene: scene, given: answers, isKnown: isKnown)
    let selection =
      kit.selector?.selection(of: step, after: firings)
      ?? StatementSelection(all: step.grounding.statements)
    let turn = InstanceTurn(of: step, from: before, given: answers, selection: selection, by: self)
    commit(step)
    if !isKnown { hear(event) }
    known = nil
    request = nil
    return turn
  }

  /// Lets the character say a line that the caller found, in answer to the last turn with the voice ``Voice/own``.
  ///
  /// - Parameters:
  ///   - line: What is said.
  ///   - answering: Answers questions about the line; nil leaves one to the cues.
  /// - Returns: What saying it did.
  /// - Throws: ``InstanceError/nothingToSay``, or ``InstanceError/unfit(_:)`` for a line that is too long.
  @discardableResult
  public mutating func say(
    _ line: String, answering: (QuestionRequest) -> Answer? = { _ in nil }
  ) throws(InstanceError) -> InstanceTurn {
    guard let request else { throw .nothingToSay }
    let event = Event(actor: name, text: line, present: request.event.present)
    if let fault = event.fault { throw .unfit(fault) }
    let before = snapshot
    let taken = stepOnOwnLine(SpokenLine(line), present: request.event.present, answering)
    self.request = nil
    var turn = InstanceTurn(
      of: taken, from: before, given: Answers(for: program), selection: StatementSelection(all: []), by: self)
    turn.line = line
    return turn
  }

  /// Lets the character hear a line of somebody else, on which it steps in the turn that it is in.
  ///
  /// A later turn that answers the very same line does not step on it again.
  ///
  /// - Parameters:
  ///   - line: What was said.
  ///   - speaker: Who said it.
  ///   - answering: Answers questions about it; nil leaves one to the cues.
  /// - Throws: ``InstanceError``; the character is then as it was.
  @discardableResult
  public mutating func hear(
    _ line: String, from speaker: String, answering: (QuestionRequest) -> Answer? = { _ in nil }
  ) throws(InstanceError) -> InstanceTurn {
    let event = Event(actor: speaker, text: line)
    try check(event)
    let (before, scene) = (snapshot, scene(of: event, isKnown: false))
    let answers = answers(to: event, in: scene, at: before, isLine: true, answering)
    let step = program.step(from: before, event: event, scene: scene, given: answers, isLine: true)
    let turn = InstanceTurn(
      of: step, from: before, given: answers, selection: StatementSelection(all: []), by: self)
    commit(step)
    hear(event)
    known = HeardEvent(event)
    return turn
  }

  /// What a performer of one's own may speak from, after a turn with the voice ``Voice/own``.
  ///
  /// - Throws: ``InstanceError/nothingToSay``.
  public func lineRequest() throws(InstanceError) -> LineRequest {
    guard let request else { throw .nothingToSay }
    return request
  }

  private mutating func stepOnOwnLine(
    _ line: SpokenLine, present: [String]?, _ answering: (QuestionRequest) -> Answer?
  ) -> Step {
    let event = Event(actor: name, text: line.text, present: present)
    let (before, scene) = (snapshot, scene(of: event, isKnown: false))
    let answers = answers(to: event, in: scene, at: before, isLine: true, answering)
    let step = program.step(from: before, event: event, scene: scene, given: answers, isLine: true)
    commit(step)
    hear(event)
    spoken.removeAll { $0.turn < step.snapshot.turn - SpokenLine.memory }
    spoken.append(SpokenEvent(turn: step.snapshot.turn, line: line))
    return step
  }

  private func check(_ event: Event) throws(InstanceError) {
    if let fault = event.fault { throw .unfit(fault) }
    if isStrict { try program.checkNames(of: event) }
  }

  private func scene(of event: Event, isKnown: Bool) -> Scene {
    let perceived = program.perceives(event) ? event : Event()
    let earlier = heard.dropLast(isKnown ? 1 : 0).suffix(program.window).map(\.event)
    return Scene(of: perceived, after: earlier, window: program.window, for: program)
  }

  private mutating func commit(_ step: Step) {
    position = program.position(at: step.snapshot)
    if kit.selector != nil { firings.note(step) }
  }

  private mutating func hear(_ event: Event) {
    guard let heardNow = HeardEvent(event), program.perceives(event) else { return }
    if heard.count >= max(program.window, 1) { heard.removeFirst(heard.count - max(program.window, 1) + 1) }
    heard.append(heardNow)
  }

  /// Asks round after round until no question is open: the caller first, then the cues.
  private func answers(
    to event: Event, in scene: Scene, at before: Snapshot, isLine: Bool = false, isKnown: Bool = false,
    choosesLine: Bool = false, _ answering: (QuestionRequest) -> Answer?
  ) -> Answers {
    var answers = Answers(for: program)
    while true {
      let open = program.openQuestions(
        at: before, event: event, scene: scene, given: answers, isLine: isLine, isKnown: isKnown,
        choosesLine: choosesLine)
      guard let first = open.first else { return answers }
      var request = QuestionRequest(
        question: program.questions[first], instance: self, event: event, scene: scene, isAboutLine: isLine)
      var left: [Int] = []
      for question in open {
        request.question = program.questions[question]
        if let answer = answering(request) { answers[question] = answer } else { left.append(question) }
      }
      let replies = kit.cues.replies(to: left.map { program.questions[$0] }, about: scene)
      for (question, reply) in zip(left, replies) {
        answers[question] = reply.orOtherwise(program.questions[question]).answer
      }
    }
  }
}

extension HeardEvent {
  /// What is remembered of an event; nil for one without a text.
  init?(_ event: Event) {
    guard let text = event.text else { return nil }
    self.init(actor: event.actor, text: text)
  }
}
