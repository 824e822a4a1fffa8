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
    let isKnown = memory.known != nil && memory.known == heardNow
    let scene = scene(of: event, isKnown: isKnown)
    let before = snapshot
    let answers = answers(
      to: event, in: scene, at: before, isKnown: isKnown, choosesLine: voice == .authored, answering)
    let step = program.uncheckedStep(
      from: before, event: event, scene: scene, given: answers, isKnown: isKnown)
    let selection =
      kit.selector?.selection(of: step, after: memory.firings)
      ?? StatementSelection(all: step.grounding.statements)
    var turn = InstanceTurn(of: step, from: before, given: answers, selection: selection, by: self)
    // The profile's own lines are chosen without it.
    let history = voice == .own ? memory.heard.dropLast(isKnown ? 1 : 0).map(\.event) : []
    commit(step, on: event, from: before, given: answers, isKnown: isKnown)
    if !isKnown { hear(event) }
    memory.known = nil
    request = nil
    guard voice != .silent, step.grounding.role == .passive else { return turn }
    let request = LineRequest(
      program: program, snapshot: step.snapshot, event: event, scene: scene, history: history,
      grounding: step.grounding, selection: selection, answers: answers,
      recentLines: memory.spoken.filter { $0.turn >= before.turn + 1 - SpokenLine.memory }.map(\.line),
      attempt: 0, beginning: nil, lore: LorePlacement([]),
      situation: Situation(of: step, on: event, from: before, given: answers, by: program), show: { _ in })
    if voice == .own {
      self.request = request
    } else if let line = AuthoredPerformer().line(for: request) {
      if let taken = stepOnOwnLine(line, present: event.present, answering) {
        turn.add(taken, since: before, by: self)
      }
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
    let isKnown = memory.known != nil && memory.known == HeardEvent(event)
    let (before, scene) = (snapshot, scene(of: event, isKnown: isKnown))
    let step = program.uncheckedStep(
      from: before, event: event, scene: scene, given: answers, isKnown: isKnown)
    let selection =
      kit.selector?.selection(of: step, after: memory.firings)
      ?? StatementSelection(all: step.grounding.statements)
    let turn = InstanceTurn(of: step, from: before, given: answers, selection: selection, by: self)
    commit(step, on: event, from: before, given: answers, isKnown: isKnown)
    if !isKnown { hear(event) }
    memory.known = nil
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
    return try speak(line, present: request.event.present, answering: answering)
  }

  /// Lets the character say a line, whatever came before.
  mutating func speak(
    _ line: String, present: [String]? = nil, answering: (QuestionRequest) -> Answer?
  ) throws(InstanceError) -> InstanceTurn {
    let event = Event(actor: name, text: line, present: present)
    if let fault = event.fault { throw .unfit(fault) }
    let before = snapshot
    let taken = stepOnOwnLine(SpokenLine(line), present: present, answering)
    request = nil
    var turn = InstanceTurn(saying: line, by: self)
    if let taken { turn.add(taken, since: before, by: self) }
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
    let step = program.uncheckedStep(from: before, event: event, scene: scene, given: answers, isLine: true)
    let turn = InstanceTurn(
      of: step, from: before, given: answers, selection: StatementSelection(all: []), by: self)
    commit(step, on: event, from: before, given: answers, isLine: true)
    hear(event)
    memory.known = HeardEvent(event)
    return turn
  }

  /// What a performer of one's own may speak from, after a turn with the voice ``Voice/own``.
  ///
  /// - Throws: ``InstanceError/nothingToSay``.
  public func lineRequest() throws(InstanceError) -> LineRequest {
    guard let request else { throw .nothingToSay }
    return request
  }

  /// - Returns: What saying it did; nil where nothing in the program can be moved by it.
  private mutating func stepOnOwnLine(
    _ line: SpokenLine, present: [String]?, _ answering: (QuestionRequest) -> Answer?
  ) -> Step? {
    let event = Event(actor: name, text: line.text, present: present)
    defer {
      hear(event)
      let now = turn
      memory.spoken.removeAll { $0.turn < now - SpokenLine.memory }
      memory.spoken.append(SpokenEvent(turn: now, line: line))
    }
    guard kit.movesOnLines || remembersSteps > 0 else { return nil }
    let (before, scene) = (snapshot, scene(of: event, isKnown: false))
    let answers = answers(to: event, in: scene, at: before, isLine: true, answering)
    let step = program.uncheckedStep(from: before, event: event, scene: scene, given: answers, isLine: true)
    commit(step, on: event, from: before, given: answers, isLine: true)
    return step
  }

  private func check(_ event: Event) throws(InstanceError) {
    if let fault = event.fault { throw .unfit(fault) }
    if isStrict { try program.checkNames(of: event) }
  }

  private func scene(of event: Event, isKnown: Bool) -> Scene {
    let perceived = program.perceives(event) ? event : Event()
    let earlier = memory.heard.dropLast(isKnown ? 1 : 0).suffix(program.window).map(\.event)
    return Scene(of: perceived, after: earlier, window: program.window, for: program)
  }

  private mutating func commit(
    _ step: Step, on event: Event, from before: Snapshot, given answers: Answers, isLine: Bool = false,
    isKnown: Bool = false
  ) {
    position = program.uncheckedPosition(at: step.snapshot)
    memory.steps.note(
      StepRing.Taken(
        event: event, before: before, answers: answers, step: step, isLine: isLine, isKnown: isKnown))
    if kit.selector != nil { memory.firings.note(step) }
  }

  private mutating func hear(_ event: Event) {
    guard let heardNow = HeardEvent(event), program.perceives(event) else { return }
    memory.hear(heardNow, window: program.window)
  }

  /// Asks round after round until no question is open: the caller first, then the cues.
  private func answers(
    to event: Event, in scene: Scene, at before: Snapshot, isLine: Bool = false, isKnown: Bool = false,
    choosesLine: Bool = false, _ answering: (QuestionRequest) -> Answer?
  ) -> Answers {
    var answers = Answers(for: program)
    while true {
      let open = program.uncheckedQuestions(
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
