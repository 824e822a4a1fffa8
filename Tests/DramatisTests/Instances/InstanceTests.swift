import Dramatis
import TestSupport
import Testing

/// Characters by name: turns, reading and writing.
@Suite struct InstanceTests {
  static let watchman = """
    dramatis: 1
    character: Watchman
    aliases: [guard]
    variables:
      alarm: { initial: 0, min: 0, max: 3 }
      gate: { initial: shut, values: [shut, open] }
    questions:
      threatened: { ask: Is the watchman threatened?, cues: [knife, or else] }
      isNight: { ask: Is it night? }
    machines:
      mood:
        states: { calm: "At ease.", tense: "On edge." }
        transitions:
          - { from: any, to: tense, when: threatened, set: { alarm: alarm + 1 } }
          - { from: any, to: calm, when: event.kind == 'bell' and event.data.strokes > 2 }
    behavior:
      duty:
        - The gate stays shut at night.
    lines:
      - { when: mood == tense, say: ["Step back, {user}.", "Hands where I see them.", "I am {character}, and I said no."] }
      - { say: ["Move along.", "Nothing to see."] }
    """

  private func watchman(named name: String? = "Guard 17") throws -> Instance {
    Instance(of: try compile(Self.watchman), named: name, seed: 3)
  }

  @Test func `instances of one program go their own ways`() throws {
    let program = try compile(Self.watchman)
    var guards = (1...3).map { Instance(of: program, named: "Guard \($0)", seed: UInt64($0)) }
    let turn = try guards[1].turn(Event(actor: "Rowan", text: "Open, or else!"))
    #expect(turn.instance == "Guard 2")
    #expect(turn.changes.map(\.to) == ["tense"])
    #expect(turn.changes.map(\.because) == ["threatened"])
    #expect(turn.variables.map(\.to) == [1])
    #expect(turn.line != nil)
    #expect(try guards.map { try $0.state(of: "mood") } == ["unactivated", "tense", "unactivated"])
    #expect(guards.map(\.turn) == [0, 1, 0])
  }

  @Test func `an instance is called by its own name and no other`() throws {
    var guardian = try watchman()
    let said = Event(actor: "Rowan", text: "Or else!", to: ["Guard 17"])
    #expect(try guardian.turn(said).isRelevant)
    #expect(try !guardian.turn(Event(actor: "Rowan", text: "Or else!", to: ["Watchman"])).isRelevant)
    #expect(try guardian.turn(Event(actor: "guard 17", text: "Hm.")).role == .active)
  }

  @Test func `the game is asked first, and told who is asked about what`() throws {
    var guardian = try watchman()
    var asked: [String] = []
    let turn = try guardian.turn(Event(actor: "Rowan", text: "A knife!", data: ["wanted": true])) { request in
      asked.append("\(request.instance.name) \(request.key) \(request.event.data["wanted"] == true)")
      return request.isAboutLine ? nil : .no
    }
    #expect(asked == ["Guard 17 threatened true"])
    #expect(turn.answers == ["threatened": .no])
    #expect(try guardian.state(of: "mood") == "unactivated")
  }

  @Test func `a turn is that of a session`() async throws {
    let program = try compile(Self.watchman)
    let session = try Session(cast: [program], seed: 3)
    var guardian = Instance(of: program, seed: 3)
    for text in ["Good evening.", "Open, or else!", "I have a knife.", "Well?", "Let me in.", "Please."] {
      let event = Event(actor: "Rowan", text: text)
      let turn = try await session.respond(to: event)
      #expect(try guardian.turn(event).line == turn.line?.text)
      #expect(guardian.snapshot == turn.records[0].after)
    }
  }

  @Test func `a step takes answers by name and says nothing`() throws {
    var guardian = try watchman()
    let step = try guardian.step(Event(kind: "whisper"), answers: ["threatened": .yes])
    #expect(step.line == nil)
    #expect(step.changes.map(\.to) == ["tense"])
    #expect(step.statements == ["The gate stays shut at night."])
    try guardian.step(Event(kind: "bell", data: ["strokes": 3]))
    #expect(try guardian.state(of: "mood") == "calm")
  }

  @Test func `variables and states are written by name`() throws {
    var guardian = try watchman()
    try guardian.set("alarm", to: 9)
    try guardian.set("gate", to: "open")
    try guardian.force("mood", to: "tense")
    #expect(try guardian.value(of: "alarm") == 3)
    #expect(guardian.variables == ["alarm": 3, "gate": "open"])
    #expect(guardian.states == ["mood": "tense"])
    #expect(try guardian.probabilities(of: "mood")["tense"] == 1)
  }

  @Test func `a model of one's own gets a prompt and hands its line back`() throws {
    var guardian = try watchman()
    let turn = try guardian.turn(Event(actor: "Rowan", text: "A knife!"), voice: .own)
    #expect(turn.line == nil)
    let prompt = try guardian.prompt()
    #expect(prompt.messages.map(\.role) == [.system, .user])
    #expect(prompt.messages[0].text.hasPrefix("You are Guard 17."))
    #expect(prompt.messages[1].text.contains("- mood: On edge.\n- The gate stays shut at night."))
    #expect(try guardian.say("Drop it.").line == "Drop it.")
    _ = try guardian.turn(Event(actor: "Rowan", text: "Why?"), voice: .own)
    #expect(try guardian.prompt().messages.map(\.role) == [.system, .user, .assistant, .user])
  }

  @Test func `a line that was heard is not stepped on again when it is answered`() throws {
    var guardian = try watchman()
    #expect(try guardian.hear("Or else!", from: "Rowan").variables.map(\.to) == [1])
    #expect(guardian.turn == 0)
    let turn = try guardian.turn(Event(actor: "Rowan", text: "Or else!"))
    #expect(turn.number == 1)
    #expect(turn.variables == [])
    #expect(try guardian.turn(Event(actor: "Rowan", text: "Or else!")).variables.map(\.to) == [2])
  }

  @Test func `a turn is written and read as JSON`() throws {
    var guardian = try watchman()
    let turn = try guardian.turn(Event(actor: "Rowan", text: "A knife!"))
    #expect(try JSONCopy.of(turn) == turn)
    #expect(try JSONCopy.of(guardian.saved) == guardian.saved)
  }
}
