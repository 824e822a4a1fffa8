import Dramatis
import Foundation
import TestSupport
import Testing

/// What instances refuse; they are as they were after it.
@Suite struct InstanceErrorTests {
  private func refusal(
    strictly isStrict: Bool = false, _ body: (inout Instance) throws -> Void
  ) throws -> InstanceError? {
    var guardian = Instance(of: try compile(InstanceTests.watchman), named: "Guard 17")
    guardian.isStrict = isStrict
    let before = guardian.saved
    let error = #expect(throws: InstanceError.self) { try body(&guardian) }
    #expect(guardian.saved == before)
    return error
  }

  @Test func `names that the program does not have`() throws {
    #expect(try refusal { _ = try $0.state(of: "mod") } == .noSuchMachine("mod", nearest: "mood"))
    #expect(try refusal { _ = try $0.probabilities(of: "") } == .noSuchMachine("", nearest: nil))
    #expect(try refusal { _ = try $0.value(of: "alarms") } == .noSuchVariable("alarms", nearest: "alarm"))
    #expect(try refusal { _ = try $0.progress(of: "debt") } == .noSuchCommitment("debt", nearest: nil))
    #expect(try refusal { try $0.set("mood", to: 1) } == .noSuchVariable("mood", nearest: nil))
    #expect(
      try refusal { try $0.force("mood", to: "tence") }
        == .noSuchState("tence", machine: "mood", nearest: "tense"))
    #expect(try refusal { try $0.force("gate", to: "open") }?.code == "no-such-machine")
  }

  @Test(arguments: [.number(.nan), .number(.infinity), 0.5, "many", true, nil, [1], ["a": 1]] as [Datum])
  func `values that the variable does not take`(value: Datum) throws {
    #expect(try refusal { try $0.set("alarm", to: value) }?.code == "wrong-value")
  }

  @Test(arguments: [
    (Event(), "empty-event"), (Event(kind: "tick", data: ["a": .number(.nan)]), "not-finite"),
    (Event(kind: "tick", data: ["a": ["b": [.number(-.infinity)]]]), "not-finite"),
    (Event(text: String(repeating: "x", count: Event.maximumTextBytes + 1)), "text-too-long"),
    (Event(actor: String(repeating: "x", count: Event.maximumTextBytes + 1), text: "a"), "text-too-long"),
    (Event(text: "a", to: [String](repeating: "xxxx", count: 1 << 19)), "text-too-long"),
    (Event(kind: "tick", data: [String(repeating: "k", count: 2 << 20): 1]), "text-too-long"),
  ])
  func `events that nobody can step on`(event: Event, code: String) throws {
    #expect(try refusal { _ = try $0.turn(event) }?.code == code)
    #expect(try refusal { try $0.step(event) }?.code == code)
  }

  @Test func `lines that are too long, or that nobody asked for`() throws {
    let long = String(repeating: "x", count: Event.maximumTextBytes + 1)
    #expect(try refusal { try $0.say("Drop it.") } == .nothingToSay)
    #expect(try refusal { _ = try $0.prompt() } == .nothingToSay)
    #expect(try refusal { _ = try $0.lineRequest() } == .nothingToSay)
    #expect(try refusal { try $0.hear(long, from: "Rowan") }?.code == "text-too-long")
    var guardian = Instance(of: try compile(InstanceTests.watchman))
    _ = try guardian.turn(Event(text: "Hm."), voice: .own)
    #expect(throws: InstanceError.unfit(.textTooLong(limit: Event.maximumTextBytes))) {
      try guardian.say(long)
    }
    #expect(try guardian.say("Move.").line == "Move.")
  }

  @Test func `a strict instance tells names that nothing reads`() throws {
    let wrong = ["threatend": Answer.yes]
    #expect(
      try refusal(strictly: true) { try $0.step(Event(text: "Hm."), answers: wrong) }
        == .unknownQuestion("threatend", nearest: "threatened"))
    #expect(
      try refusal(strictly: true) { _ = try $0.turn(Event(kind: "bel")) }
        == .unknownKind("bel", nearest: "bell"))
    #expect(
      try refusal(strictly: true) { _ = try $0.turn(Event(kind: "bell", data: ["stroke": 1])) }
        == .unknownDatum("stroke", nearest: "strokes"))
    var lenient = Instance(of: try compile(InstanceTests.watchman))
    try lenient.step(Event(kind: "bel", data: ["stroke": 1]), answers: wrong)
  }

  @Test func `saves that are none, are cut off, changed, or of another character`() throws {
    let program = try compile(InstanceTests.watchman)
    var guardian = Instance(of: program, named: "Guard 17")
    _ = try guardian.turn(Event(actor: "Rowan", text: "Or else!"))
    let bytes = guardian.save()
    for count in bytes.indices {
      #expect(throws: InstanceError.self) { try Instance(restoring: Array(bytes.prefix(count)), of: program) }
    }
    for place in bytes.indices {
      for value in [0, 0x7F, 0x80, 0xFF] as [UInt8] {
        var changed = bytes
        changed[place] = value
        // It may be another sound save; it may not be a trap.
        guard var restored = try? Instance(restoring: changed, of: program) else { continue }
        _ = try restored.turn(Event(actor: "Rowan", text: "Or else!"))
        _ = restored.save()
      }
    }
    #expect(throws: InstanceError.self) { try Instance(restoring: bytes + [0], of: program) }
    let other = try compileMara("")
    #expect(throws: InstanceError.otherProgram("a save of 'Watchman'")) {
      try Instance(restoring: bytes, of: other)
    }
  }
}
