import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// What belongs to another program, or does not exist, is refused and moves nobody.
@Suite struct StepErrorTests {
  private static let body = """
    variables: { trust: { initial: 0, min: 0, max: 9 } }
    questions: { a: { ask: A? } }
    machines:
      mood:
        states: { wary: "" }
        transitions: [{ from: any, to: wary, when: a or event.kind == "bell", set: { trust: trust + 1 } }]
    commitments: { debt: { foreshadow: Owed., trigger: turn > 3, payoff: Paid. } }
    behavior: { t: [Words.] }
    """

  /// A program, its twin of the same shape, and one of another shape.
  private func programs() throws -> (own: Program, others: [Program]) {
    let twin = Self.body.replacing("wary", with: "warm")
    return (
      try compileMara(Self.body), [try compileMara(twin), try compileMara("behavior: { t: [Other words.] }")]
    )
  }

  @Test func `what an equal program made fits`() throws {
    let (own, again) = (try compileMara(Self.body), try compileMara(Self.body))
    var stepper = Stepper(for: own)
    var position = again.position()
    try stepper.step(&position, on: again.prepared(Event(kind: "bell")), given: Answers(for: again))
    #expect(try own.snapshot(at: position).states == [1])
    #expect(try own.snapshot(at: position) == again.snapshot(at: position))
    var renamed = own.renamed("Guard 17").position()
    try stepper.step(&renamed, on: own.prepared(Event(kind: "bell")), given: Answers(for: own))
  }

  @Test func `a stepper refuses positions, events and answers of another program`() throws {
    let (own, others) = try programs()
    for other in others {
      var stepper = Stepper(for: own)
      var (position, foreign) = (own.position(), other.position())
      let (event, answers) = (try own.prepared(Event(kind: "bell")), Answers(for: own))
      #expect(throws: StepError.otherProgram(.position)) {
        try stepper.step(&foreign, on: event, given: answers)
      }
      #expect(throws: StepError.otherProgram(.event)) {
        try stepper.step(&position, on: other.prepared(Event(kind: "bell")), given: answers)
      }
      #expect(throws: StepError.otherProgram(.answers)) {
        try stepper.step(&position, on: event, given: Answers(for: other))
      }
      #expect(position == own.position())
      #expect(foreign == other.position())
    }
  }

  @Test func `a program refuses snapshots, positions, answers and steps of another one`() throws {
    let (own, others) = try programs()
    let (event, scene) = (Event(text: "Hm."), Scene("Hm."))
    let answers = Answers(for: own)
    let step = try own.step(from: own.initialSnapshot(), event: event, scene: scene, given: answers)
    for other in others {
      var foreign = other.initialSnapshot()
      let wrong = StepError.otherProgram(.snapshot)
      #expect(throws: wrong) { try own.step(from: foreign, event: event, scene: scene, given: answers) }
      #expect(throws: wrong) {
        try own.openQuestions(at: foreign, event: event, scene: scene, given: answers)
      }
      #expect(throws: wrong) { try own.position(at: foreign) }
      #expect(throws: wrong) { try own.named(foreign) }
      #expect(throws: wrong) { try own.due(at: foreign) }
      #expect(throws: wrong) { try own.planted(at: foreign) }
      #expect(throws: wrong) { try own.isOverdue(0, at: foreign) }
      #expect(throws: wrong) { try own.explanation(of: step, from: foreign, event: event, given: answers) }
      #expect(throws: SettingError.otherProgram) { try foreign.set("trust", to: 1, in: own) }
      #expect(foreign == other.initialSnapshot())
      #expect(throws: StepError.otherProgram(.position)) { try own.snapshot(at: other.position()) }
      #expect(throws: StepError.otherProgram(.step)) {
        try other.explanation(of: step, from: foreign, event: event, given: Answers(for: other))
      }
      #expect(throws: StepError.otherProgram(.answers)) {
        try own.step(from: own.initialSnapshot(), event: event, scene: scene, given: Answers(for: other))
      }
    }
  }

  @Test(arguments: [-1, 1, Int.max, Int.min])
  func `an index that is out of range is refused`(index: Int) throws {
    let program = try compileMara(Self.body)
    let position = program.position()
    #expect(throws: StepError.noSuchMachine(index)) { try position.state(of: index) }
    #expect(throws: StepError.noSuchVariable(index)) { try position.value(of: index) }
    #expect(throws: StepError.noSuchCommitment(index)) { try position.progress(of: index) }
    #expect(throws: StepError.noSuchCommitment(index)) {
      try program.isOverdue(index, at: program.initialSnapshot())
    }
    #expect(throws: StepError.noSuchMachine(index)) { try Stepper(for: program).distribution(of: index) }
    var answers = Answers(for: program)
    let question = index == 1 ? program.questions.count : index
    #expect(throws: StepError.noSuchQuestion(question)) { try answers.set(.yes, for: question) }
    #expect(answers[question] == nil)
    #expect(program.machines[0].mixture(of: [Double](repeating: 1, count: 99)).allSatisfy { $0 < 3 })
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number that is not finite does not come in`(number: Double) throws {
    let program = try compileMara(Self.body)
    let event = Event(kind: "bell", data: ["n": .number(number)])
    let wrong = StepError.unfit(.notFinite("n"))
    #expect(throws: wrong) { try program.prepared(event) }
    let (snapshot, answers) = (program.initialSnapshot(), Answers(for: program))
    #expect(throws: wrong) {
      try program.step(from: snapshot, event: event, scene: Scene(""), given: answers)
    }
    #expect(throws: wrong) {
      try program.openQuestions(at: snapshot, event: event, scene: Scene(""), given: answers)
    }
    #expect(Answer(probability: number) == nil)
  }

  @Test func `a stored snapshot of another character is refused`() throws {
    let program = try compileMara(Self.body)
    let other = try compile("dramatis: 1\ncharacter: Bram\n" + Self.body)
    let named = try other.named(other.initialSnapshot())
    #expect(throws: SnapshotError.otherCharacter("Bram", expected: "Mara")) {
      try program.snapshot(from: named)
    }
    let renamed = program.renamed("Guard 17")
    #expect(
      try program.renamed("Guard 18").snapshot(from: program.named(program.initialSnapshot())).changes == [])
    #expect(renamed.isCalled("guard 17"))
    #expect(!renamed.isCalled("Mara"))
  }

  @Test func `a session refuses a snapshot of a twin`() async throws {
    let (own, others) = try programs()
    let session = try Session(cast: [own])
    for other in others {
      await #expect(throws: SessionError.foreignSnapshot("Mara")) {
        try await session.resume(other.initialSnapshot(), of: "Mara")
      }
    }
    let transcript = await session.transcript
    #expect([Int.min, -1, 0, 1, .max].allSatisfy { transcript.entry($0)?.id == nil })
    #expect(transcript.path(to: .min).isEmpty)
  }
}
