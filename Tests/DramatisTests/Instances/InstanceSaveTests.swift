import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// A value written as JSON and read again.
enum JSONCopy {
  static func of<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }
}

/// What comes after a save is what would have come.
@Suite struct InstanceSaveTests {
  private static let talk = [
    "Good evening.", "Open, or else!", "I have a knife.", "Well?", "Let me in.", "Please.", "Bram sends me.",
    "Or else!", "It rains.", "So?", "Who are you?", "What is this place?", "I will come back with a knife.",
    "Hm.",
  ]

  @Test(arguments: ["mara", "kaethe", "plimsoll"])
  func `a character that ships goes on as if nothing had been saved`(name: String) throws {
    let program = try Compilation(shipped: name).requiredProgram
    var whole = Instance(of: program, named: "Somebody", seed: 11)
    var saved = whole
    for text in Self.talk {
      let event = Event(actor: "Rowan", text: text)
      let turn = try whole.turn(event)
      #expect(try saved.turn(event) == turn)
      let bytes = saved.save()
      #expect(bytes.count < 1024)
      saved = try Instance(restoring: bytes, of: program)
      #expect(saved.saved == whole.saved)
      #expect(saved.snapshot == whole.snapshot)
      #expect(saved.name == "Somebody")
    }
  }

  @Test func `every kind of thing comes back`() throws {
    let program = try compileMara(
      """
      statement-budget: 8
      variables: { a: { initial: -3, min: -9, max: 9 }, b: { initial: true }, c: { initial: x, values: [x, y] } }
      questions: { q: { ask: Q?, cues: [knife], over: scene } }
      machines:
        mood:
          probabilistic: belief
          states: { wary: "", warm: "" }
          transitions: [{ from: any, to: wary, when: q, role: any }]
      commitments:
        debt: { foreshadow: A debt., trigger: turn > 2, payoff: It is paid., not-before: 1 }
      behavior: { t: [One is long enough to count., Two is long enough to count.] }
      lines: [{ say: [A, B, "{user} and {a}"] }]
      """)
    var one = Instance(of: program, seed: 5)
    for text in ["Knife.", "And?", "So?"] { _ = try one.turn(Event(actor: "Rowan", text: text)) }
    try one.set("c", to: "y")
    try one.hear("Knife!", from: "Ina")
    var other = try Instance(restoring: one.save(), of: program)
    #expect(other.saved == one.saved)
    for text in ["Knife!", "A", "B", "C"] {
      let event = Event(actor: "Ina", text: text)
      #expect(try other.turn(event) == one.turn(event))
    }
  }

  @Test func `what the profile no longer has is told`() throws {
    var guardian = Instance(of: try compile(InstanceTests.watchman), named: "Guard 17")
    try guardian.force("mood", to: "tense")
    try guardian.set("alarm", to: 3)
    let line = try guardian.turn(Event(actor: "Rowan", text: "Hm.")).line
    let edited = InstanceTests.watchman.replacing("tense", with: "alert").replacing("max: 3", with: "max: 2")
    let (again, changes) = try Instance.restored(from: guardian.saved, of: compile(edited))
    #expect(changes.map(\.description) == ["alarm: 3 became 2", "mood: tense became other"])
    #expect(again.turn == 1)
    #expect(again.saved.name == "Guard 17")
    #expect(line != nil)
  }

  @Test func `it takes the same bytes for the same instance`() throws {
    var guardian = Instance(of: try compile(InstanceTests.watchman), named: "Guard 17")
    _ = try guardian.turn(Event(actor: "Rowan", text: "Or else!"))
    #expect(guardian.save() == guardian.save())
    #expect(try InstanceSave(bytes: guardian.save()) == guardian.saved)
  }
}
