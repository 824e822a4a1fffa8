import CDramatis
import DramatisC
import Foundation
import Testing

/// No call traps, whatever it is given.
@Suite struct WrongCallTests {
  @Test func `a handle that was freed, or is of another kind, is told from one that is good`() throws {
    let guardian = try Guardian()
    let event = try Guardian.event(#"{"text":"Hm."}"#)
    var text = dramatis_text()
    for handle: UInt64 in [
      0, 1, .max, guardian.program, event, guardian.instance + 1, guardian.instance ^ 1 << 40,
    ] {
      #expect(dramatis_state(handle, "watch", -1, &text) == Status.badHandle)
      #expect(dramatis_instance_free(handle) == Status.badHandle)
      #expect(dramatis_step(handle, event, nil) == Status.badHandle)
      #expect(dramatis_save(handle, &text) == Status.badHandle)
    }
    #expect(dramatis_step(guardian.instance, guardian.instance, nil) == Status.badHandle)
    #expect(dramatis_say(guardian.instance, "Hm.", -1) == Status.badHandle)
    guardian.free()
    #expect(dramatis_instance_free(guardian.instance) == Status.badHandle)
    #expect(dramatis_program_free(guardian.program) == Status.badHandle)
    #expect(String(cString: dramatis_message()).contains("program"))
    let next = try Guardian()
    defer { next.free() }
    #expect(dramatis_state(guardian.instance, "watch", -1, &text) == Status.badHandle)
    #expect(next.state("watch") == "unactivated")
  }

  @Test func `a place that is not there is told`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    #expect(dramatis_load("dramatis: 1\ncharacter: A\n", -1, nil, 0, nil, nil) == Status.badArgument)
    #expect(dramatis_instance_new(guardian.program, nil, 0, 0, nil) == Status.badArgument)
    #expect(dramatis_state(guardian.instance, "watch", -1, nil) == Status.badArgument)
    #expect(dramatis_state_at(guardian.instance, 0, nil) == Status.badArgument)
    #expect(dramatis_number(guardian.instance, "patience", -1, nil) == Status.badArgument)
    #expect(dramatis_value(guardian.instance, "patience", -1, nil) == Status.badArgument)
    #expect(dramatis_event_new(nil) == Status.badArgument)
    #expect(dramatis_event_parse("{}", -1, nil) == Status.badArgument)
    #expect(dramatis_save(guardian.instance, nil) == Status.badArgument)
    #expect(dramatis_explain(guardian.instance, 0, nil) == Status.badArgument)
    #expect(dramatis_step_many(nil, 3, 0, nil, nil) == Status.badArgument)
    #expect(dramatis_step_many(nil, 0, 0, nil, nil) == Status.ok)
    #expect(dramatis_step_many(nil, -3, 0, nil, nil) == Status.badArgument)
    #expect(dramatis_program_describe(guardian.program, nil) == Status.badArgument)
    #expect(dramatis_instance_describe(guardian.instance, nil) == Status.badArgument)
    #expect(dramatis_machine_index(guardian.program, "watch", -1, nil) == Status.badArgument)
  }

  @Test func `a text that is none is told`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let event = try Guardian.event(#"{"text":"Hm."}"#)
    var text = dramatis_text()
    #expect(dramatis_state(guardian.instance, nil, 5, &text) == Status.badArgument)
    #expect(dramatis_state(guardian.instance, nil, 0, &text) == Status.unknownName)
    #expect(dramatis_state(guardian.instance, "watch", -2, &text) == Status.badArgument)
    #expect(dramatis_state(guardian.instance, "watch", .max, &text) == Status.badArgument)
    for bytes: [UInt8] in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]] {
      bytes.withUnsafeBytes { bytes in
        let pointer = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        #expect(dramatis_event_text(event, pointer, bytes.count) == Status.badArgument)
        #expect(dramatis_instance_new(guardian.program, pointer, bytes.count, 0, nil) == Status.badArgument)
      }
    }
    #expect(dramatis_event_text(event, "a\u{0}b", 3) == Status.ok)
    #expect(dramatis_step(guardian.instance, event, nil) == Status.ok)
  }

  @Test func `a number that is none, and a constant that is none, are told`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let event = try Guardian.event(#"{"text":"Hm."}"#)
    for number in [Double.nan, .infinity, -.infinity] {
      #expect(dramatis_event_number(event, "x", -1, number) == Status.badArgument)
      #expect(dramatis_event_probability(event, "isNight", -1, number) == Status.badArgument)
      #expect(dramatis_set_number(guardian.instance, "patience", -1, number) == Status.badArgument)
    }
    #expect(dramatis_event_probability(event, "isNight", -1, 1.01) == Status.badArgument)
    for answer: Int32 in [3, -2, .max, .min] {
      #expect(dramatis_event_answer(event, "isNight", -1, answer) == Status.badArgument)
    }
    var text = dramatis_text()
    #expect(dramatis_explain(guardian.instance, 9, &text) == Status.badArgument)
    for machine: Int32 in [-1, 1, .max, .min] {
      var state: Int32 = 0
      #expect(dramatis_state_at(guardian.instance, machine, &state) == Status.unknownName)
    }
    for status: dramatis_status in [-1, 99, .max, .min] {
      #expect(String(cString: dramatis_status_name(status)) == "unknown-status")
    }
    #expect(String(cString: dramatis_status_name(1)) == "bad-handle")
  }

  @Test func `a name, a value, a save and an event that do not fit are told, and change nothing`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    var (text, instance, event) = (dramatis_text(), dramatis_instance(), dramatis_event())
    #expect(dramatis_state(guardian.instance, "wach", -1, &text) == Status.unknownName)
    #expect(String(cString: dramatis_message()).contains("did you mean 'watch'?"))
    #expect(dramatis_force(guardian.instance, "watch", -1, "asleep", -1) == Status.unknownName)
    #expect(dramatis_set(guardian.instance, "patience", -1, "\"much\"", -1) == Status.badValue)
    #expect(dramatis_set(guardian.instance, "patience", -1, "{", -1) == Status.badValue)
    #expect(
      dramatis_set(guardian.instance, "patience", -1, String(repeating: "[", count: 99_999), -1)
        == Status.badValue)
    var number = 0.0
    #expect(dramatis_number(guardian.instance, "name", -1, &number) == Status.badValue)
    for save in ["", "DRMS", "DRMS\u{1}", "DRMS\u{1}\u{7F}\u{7F}\u{7F}\u{7F}", "{}"] {
      #expect(dramatis_restore(guardian.program, save, -1, &instance, &text) == Status.badSave, "\(save)")
    }
    for json in ["", "{", "[]", "5", #"{"text":5}"#, #"{"txt":"a"}"#, #"{"text":"a","set":{"patience":1}}"#] {
      #expect(dramatis_event_parse(json, -1, &event) == Status.badEvent, "\(json)")
      #expect(event == 0)
    }
    #expect(guardian.state("watch") == "unactivated")
    #expect(dramatis_strict(guardian.instance, 1) == Status.ok)
    let misspelt = try Guardian.event(#"{"kind":"tikc"}"#)
    #expect(dramatis_step(guardian.instance, misspelt, nil) == Status.unknownName)
  }

  @Test func `many threads at once, on the same instance and on their own`() async throws {
    let shared = try Guardian()
    let event = try Guardian.event(#"{"text":"I kill you","answers":{"isNight":"no"}}"#)
    let statuses = await withTaskGroup(of: Set<dramatis_status>.self) { group in
      for thread in 0..<4 {
        group.addTask {
          var statuses: Set<dramatis_status> = []
          var text = dramatis_text()
          for round in 0..<60 {
            var own: dramatis_instance = 0
            statuses.insert(dramatis_instance_new(shared.program, "Guard \(thread)", -1, UInt64(round), &own))
            statuses.insert(dramatis_turn(shared.instance, event, nil, &text))
            statuses.insert(dramatis_step(own, event, nil))
            statuses.insert(dramatis_save(own, &text))
            statuses.insert(dramatis_instance_free(own))
            if dramatis_instance_free(own) != Status.badHandle { statuses.insert(-1) }
          }
          return statuses
        }
      }
      return await group.reduce(into: Set()) { $0.formUnion($1) }
    }
    #expect(statuses.isSubset(of: [Status.ok, Status.busy]))
    #expect(dramatis_instance_free(shared.instance) == Status.ok)
  }
}
