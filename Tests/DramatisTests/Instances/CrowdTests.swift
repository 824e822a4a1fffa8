import Dramatis
import TestSupport
import Testing

/// Many characters: posting, ticks, detail, reload and saves.
@Suite struct CrowdTests {
  private func make(_ count: Int) throws -> (crowd: Crowd, guards: [Crowd.Handle]) {
    let program = try compile(InstanceTests.watchman)
    var crowd = Crowd()
    let guards = (1...count).map { crowd.add(Instance(of: program, named: "Guard \($0)", seed: UInt64($0))) }
    return (crowd, guards)
  }

  private static let threat = Event(actor: "Rowan", text: "Open, or else!")

  @Test func `a mute step is the step of an instance`() throws {
    let (start, guards) = try make(20)
    var crowd = start
    var alone = try guards.map { try crowd.instance($0) }
    let events = [
      Self.threat, Event(kind: "bell", data: ["strokes": 3]), Event(text: "Rain.", to: ["Nobody"]),
    ]
    for (round, event) in (events + events).enumerated() {
      let answers: [String: Answer] = round % 2 == 0 ? ["threatened": .yes] : [:]
      try crowd.postToAll(event, answers: answers)
      #expect(crowd.waiting == 20)
      #expect(crowd.tick().steps == 20)
      var told = event
      told.to = nil
      for index in alone.indices { try alone[index].step(told, answers: answers) }
    }
    #expect(try guards.map { try crowd.instance($0).saved } == alone.map(\.saved))
    #expect(crowd.waiting == 0)
  }

  @Test func `an event reaches those it is posted to and nobody else`() throws {
    let (start, guards) = try make(5)
    var crowd = start
    try crowd.post(Self.threat, to: [guards[1], guards[3]], answers: ["threatened": .yes])
    try crowd.post(Self.threat, to: guards[3], answers: ["threatened": .yes])
    _ = crowd.tick()
    #expect(try guards.map { try crowd.instance($0).value(of: "alarm") } == [0, 1, 0, 2, 0])
    #expect(try guards.map { try crowd.instance($0).turn } == [0, 1, 0, 2, 0])
  }

  @Test func `who is near speaks, and the game answers for them`() throws {
    let (start, guards) = try make(3)
    var crowd = start
    try crowd.setDetail(.lines, of: guards[1])
    try crowd.setDetail(.model, of: guards[2])
    try crowd.postToAll(Event(actor: "Rowan", text: "Hm."))
    var asked: [String] = []
    let tick = crowd.tick { request in
      asked.append(request.instance.name)
      return .yes
    }
    #expect(asked == ["Guard 3", "Guard 2"])
    #expect(tick.lines.map(\.turn.instance) == ["Guard 2"])
    #expect(tick.prompts.map(\.handle) == [guards[2]])
    #expect(tick.prompts[0].request.program.character == "Guard 3")
    #expect(try crowd.say("Halt.", by: guards[2]).line == "Halt.")
    #expect(try guards.map { try crowd.instance($0).state(of: "mood") } == ["unactivated", "tense", "tense"])
  }

  @Test func `a budget of steps leaves the rest waiting, the most important first`() throws {
    let (start, guards) = try make(6)
    var crowd = start
    try crowd.setDetail(.lines, of: guards[5])
    try crowd.postToAll(Self.threat)
    let first = crowd.tick(budget: .steps(2))
    #expect(first.turns.map(\.handle) == [guards[5]])
    #expect([first.steps, first.waiting] == [2, 4])
    #expect(try guards.map { try crowd.instance($0).turn } == [1, 0, 0, 0, 0, 1])
    #expect(crowd.tick(budget: .steps(0)).steps == 0)
    #expect(crowd.tick(budget: .steps(-1)).steps == 0)
    #expect(crowd.tick(budget: .time(.zero)).steps == 0)
    #expect(crowd.tick(budget: .time(.seconds(60))).steps == 4)
  }

  @Test func `nobody waits for ever behind what matters more`() throws {
    let (start, guards) = try make(2)
    var crowd = start
    try crowd.setDetail(.lines, of: guards[0])
    try crowd.post(Event(kind: "bell"), to: guards[1])
    var ticks = 0
    while try crowd.instance(guards[1]).turn == 0, ticks < 100 {
      try crowd.post(Event(actor: "Rowan", text: "Hm."), to: guards[0])
      _ = crowd.tick(budget: .steps(1))
      ticks += 1
    }
    #expect(ticks < 20)
  }

  @Test func `events of one character keep their order whatever becomes of its detail`() throws {
    let (start, guards) = try make(1)
    var crowd = start
    try crowd.post(Event(actor: "Rowan", text: "One"), to: guards[0])
    try crowd.setDetail(.lines, of: guards[0])
    try crowd.post(Event(actor: "Rowan", text: "Two"), to: guards[0])
    let tick = crowd.tick()
    #expect(tick.turns.map(\.turn.number) == [1, 2])
  }

  @Test func `a changed profile goes under running characters`() throws {
    let (start, guards) = try make(4)
    var crowd = start
    for guardian in guards.prefix(3) {
      try crowd.update(guardian) { instance throws(InstanceError) in try instance.force("mood", to: "tense") }
    }
    try crowd.postToAll(Event(kind: "bell"))
    let edited = InstanceTests.watchman.replacing("tense", with: "alert")
    let report = try crowd.reload(try compile(edited))
    #expect(report.count == 4)
    #expect(report.changes.map(\.count) == [3])
    #expect(report.changes.map(\.change.description) == ["mood: tense became other"])
    #expect(!report.differences.isEmpty)
    #expect(crowd.tick().steps == 4)
    #expect(try crowd.instance(guards[0]).turn == 1)
    #expect(throws: InstanceError.otherProgram("a profile of 'Mara'")) { try crowd.reload(compileMara("")) }
  }

  @Test func `a crowd comes back from its bytes`() throws {
    let (start, guards) = try make(5)
    var crowd = start
    try crowd.setDetail(.lines, of: guards[2])
    try crowd.postToAll(Self.threat)
    _ = crowd.tick()
    let program = try compile(InstanceTests.watchman)
    var again = try Crowd(restoring: crowd.save(), of: [program])
    #expect(
      try again.handles.map { try again.instance($0).saved } == guards.map { try crowd.instance($0).saved })
    try crowd.postToAll(Self.threat)
    try again.postToAll(Self.threat)
    #expect(crowd.tick().lines.map(\.turn) == again.tick().lines.map(\.turn))
    #expect(throws: InstanceError.otherProgram("a save of 'Watchman'")) {
      try Crowd(restoring: crowd.save(), of: [])
    }
    let bytes = crowd.save()
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: InstanceError.self) { try Crowd(restoring: Array(bytes.prefix(count)), of: [program]) }
    }
  }

  @Test func `a handle that is stale or of another crowd is refused`() throws {
    let (start, guards) = try make(3)
    var crowd = start
    let (second, others) = try make(3)
    var other = second
    try crowd.postToAll(Self.threat)
    #expect(try crowd.remove(guards[0]).name == "Guard 1")
    for handle in [guards[0], others[1]] {
      #expect(throws: InstanceError.staleHandle) { try crowd.instance(handle) }
      #expect(throws: InstanceError.staleHandle) { try crowd.remove(handle) }
      #expect(throws: InstanceError.staleHandle) { try crowd.detail(of: handle) }
      #expect(throws: InstanceError.staleHandle) { try crowd.setDetail(.lines, of: handle) }
      #expect(throws: InstanceError.staleHandle) { try crowd.post(Self.threat, to: handle) }
      #expect(throws: InstanceError.staleHandle) { try crowd.post(Self.threat, to: [guards[1], handle]) }
      #expect(throws: InstanceError.staleHandle) { try crowd.say("Hm.", by: handle) }
      #expect(throws: InstanceError.staleHandle) { try crowd.update(handle) { $0.remembersSteps = 1 } }
    }
    #expect(throws: InstanceError.unfit(.empty)) { try crowd.postToAll(Event()) }
    #expect(crowd.tick().steps == 2)
    let new = crowd.add(Instance(of: try compile(InstanceTests.watchman), named: "Guard 4"))
    #expect(throws: InstanceError.staleHandle) { try crowd.instance(guards[0]) }
    #expect(
      try [guards[1], guards[2], new].map { try crowd.instance($0).name } == [
        "Guard 2", "Guard 3", "Guard 4",
      ])
    #expect(other.tick().steps == 0)
  }

  @Test func `the last steps of one character can be explained`() throws {
    let (start, guards) = try make(2)
    var crowd = start
    try crowd.update(guards[0]) { $0.remembersSteps = 2 }
    for text in ["Hm.", "Well?", "Or else!"] {
      try crowd.postToAll(
        Event(actor: "Rowan", text: text), answers: ["threatened": text == "Or else!" ? .yes : .no])
    }
    _ = crowd.tick()
    let explained = try crowd.instance(guards[0]).explanations
    #expect(explained.map(\.turn) == [2, 3])
    #expect(explained[1].looked.first { $0.isTaken }?.place == "mood → tense")
    #expect(
      explained[1].description.hasPrefix(
        "Guard 1, turn 3, on Or else! by Rowan\n> mood → tense: threatened is yes"))
    #expect(try JSONCopy.of(explained) == explained)
    #expect(try crowd.instance(guards[1]).explanations.isEmpty)
  }
}
