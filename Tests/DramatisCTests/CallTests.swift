import CDramatis
import DramatisC
import Foundation
import Testing

/// The C interface as C sees it: handles, texts, statuses.
@Suite struct CallTests {
  @Test func `a profile is loaded, stepped and asked where it stands`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    #expect(guardian.state("watch") == "unactivated")
    let event = try Guardian.event(#"{"actor":"Rowan","text":"I kill you"}"#)
    var result = dramatis_step_result()
    #expect(dramatis_step(guardian.instance, event, &result) == Status.ok)
    #expect(result.turn == 1)
    #expect(result.relevant == 1)
    #expect(result.changes == 1)
    #expect(guardian.state("watch") == "alarmed")
    var (index, state) = (Int32(-1), Int32(-1))
    #expect(dramatis_machine_index(guardian.program, "watch", -1, &index) == Status.ok)
    #expect(dramatis_state_at(guardian.instance, index, &state) == Status.ok)
    #expect(state == 3)
    #expect(dramatis_event_free(event) == Status.ok)
  }

  @Test func `an event is made by parts as well`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    var event: dramatis_event = 0
    #expect(dramatis_event_new(&event) == Status.ok)
    #expect(dramatis_step(guardian.instance, event, nil) == Status.badEvent)
    #expect(dramatis_event_kind(event, "dusk", -1) == Status.ok)
    #expect(dramatis_event_actor(event, "Rowan!!!", 5) == Status.ok)
    #expect(dramatis_event_number(event, "hour", -1, 21) == Status.ok)
    #expect(dramatis_event_boolean(event, "rain", -1, 1) == Status.ok)
    #expect(dramatis_event_word(event, "moon", -1, "full", -1) == Status.ok)
    #expect(dramatis_event_probability(event, "isNight", -1, 0.9) == Status.ok)
    #expect(dramatis_step(guardian.instance, event, nil) == Status.ok)
    #expect(guardian.state("watch") == "wary")
    var patience = 0.0
    #expect(dramatis_number(guardian.instance, "patience", -1, &patience) == Status.ok)
    #expect(patience == 2)
    #expect(dramatis_event_free(event) == Status.ok)
  }

  @Test func `a turn asks the game and lets it speak`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let event = try Guardian.event(#"{"actor":"Rowan","text":"Hm."}"#)
    var calls = dramatis_calls()
    calls.ask = { _, question in
      let question = question?.pointee
      return Int32(
        Guardian.text(question?.name) == "isNight" && Guardian.text(question?.scene) == "Rowan: Hm." ? 1 : 2)
    }
    var line = dramatis_text()
    #expect(dramatis_turn(guardian.instance, event, &calls, &line) == Status.ok)
    #expect(["Who goes there?", "Halt!"].contains(Guardian.text(line)))
    var why = dramatis_text()
    #expect(dramatis_explain(guardian.instance, 0, &why) == Status.ok)
    #expect(Guardian.text(why).contains("yes: isNight"))
    #expect(dramatis_explain(guardian.instance, 1, &why) == Status.ok)
    #expect(Guardian.text(why).hasPrefix("["))
    calls.speak = { _, prompt, reply in
      Guardian.text(prompt?.pointee).contains(#""messages""#) ? dramatis_say(reply, "Over here!", -1) : -1
    }
    #expect(dramatis_turn(guardian.instance, event, &calls, &line) == Status.ok)
    #expect(Guardian.text(line) == "Over here!")
  }

  @Test func `a turn that is called off leaves everything as it was`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let event = try Guardian.event(#"{"text":"I kill you"}"#)
    var calls = dramatis_calls()
    calls.ask = { _, _ in -1 }
    #expect(dramatis_turn(guardian.instance, event, &calls, nil) == Status.stopped)
    #expect(guardian.state("watch") == "unactivated")
    calls.ask = nil
    calls.speak = { _, _, _ in -1 }
    #expect(dramatis_turn(guardian.instance, event, &calls, nil) == Status.stopped)
    #expect(guardian.state("watch") == "unactivated")
  }

  @Test func `within a turn every other call for its instance is refused`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let event = try Guardian.event(#"{"text":"Hm."}"#)
    var statuses = Busy(instance: guardian.instance, event: event)
    var calls = dramatis_calls()
    withUnsafeMutablePointer(to: &statuses) { pointer in
      calls.user = UnsafeMutableRawPointer(pointer)
      calls.ask = { user, _ in
        let busy = user?.assumingMemoryBound(to: Busy.self)
        guard let busy else { return -1 }
        busy.pointee.step = dramatis_step(busy.pointee.instance, busy.pointee.event, nil)
        busy.pointee.turn = dramatis_turn(busy.pointee.instance, busy.pointee.event, nil, nil)
        var text = dramatis_text()
        busy.pointee.state = dramatis_state(busy.pointee.instance, "watch", -1, &text)
        return 2
      }
      #expect(dramatis_turn(guardian.instance, event, &calls, nil) == Status.ok)
    }
    #expect([statuses.step, statuses.turn, statuses.state] == [Status.busy, Status.busy, Status.busy])
    #expect(dramatis_step(guardian.instance, event, nil) == Status.ok)
  }

  private struct Busy {
    let instance: dramatis_instance
    let event: dramatis_event
    var step: Int32 = -1
    var turn: Int32 = -1
    var state: Int32 = -1
  }

  @Test func `a save brings back the same character, also for a changed profile`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let event = try Guardian.event(#"{"text":"I kill you"}"#)
    #expect(dramatis_turn(guardian.instance, event, nil, nil) == Status.ok)
    var save = dramatis_text()
    #expect(dramatis_save(guardian.instance, &save) == Status.ok)
    let bytes = Data(bytes: try #require(save.bytes), count: save.length)
    var again: dramatis_instance = 0
    var changes = dramatis_text()
    let restored = bytes.withUnsafeBytes {
      dramatis_restore(
        guardian.program, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &again, &changes)
    }
    #expect(restored == Status.ok)
    #expect(Guardian.text(changes) == "[]")
    var state = dramatis_text()
    #expect(dramatis_state(again, "watch", -1, &state) == Status.ok)
    #expect(Guardian.text(state) == "alarmed")
    let changed = try Guardian(Guardian.profile.replacing("alarmed", with: "ringing"))
    #expect(dramatis_reload(again, changed.program, &changes) == Status.ok)
    #expect(Guardian.text(changes).contains("alarmed became other"))
  }

  @Test func `what is wrong with a profile is told, in words and as JSON`() throws {
    var program: dramatis_program = 7
    var diagnostics = dramatis_text()
    #expect(
      dramatis_load("dramatis: 1\ncharacter: [Ann]\n", -1, "ann.yaml", -1, &program, &diagnostics)
        == Status.badProfile)
    #expect(program == 0)
    #expect(String(cString: dramatis_message()).contains("ann.yaml:2"))
    let found =
      try JSONSerialization.jsonObject(with: Data(Guardian.text(diagnostics).utf8)) as? [NSDictionary]
    #expect(found?.first?["line"] as? Int == 2)
    #expect(dramatis_load("dramatis-program 1 sha256:00\n{}", -1, nil, 0, &program, nil) == Status.badProfile)
    #expect(dramatis_load("story: 1\ncast: [/etc/passwd]\n", -1, nil, 0, &program, nil) == Status.badProfile)
  }

  @Test func `many are stepped with one call, and one that is freed keeps nobody from it`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    var instances: [dramatis_instance] = []
    for seed in 0..<20 {
      var instance: dramatis_instance = 0
      #expect(
        dramatis_instance_new(guardian.program, "Guard \(seed)", -1, UInt64(seed), &instance) == Status.ok)
      instances.append(instance)
    }
    #expect(dramatis_instance_free(instances[7]) == Status.ok)
    let event = try Guardian.event(#"{"text":"I kill you"}"#)
    var results = [dramatis_step_result](repeating: dramatis_step_result(), count: instances.count)
    var statuses = [dramatis_status](repeating: -1, count: instances.count)
    #expect(dramatis_step_many(instances, 20, event, &results, &statuses) == Status.badHandle)
    #expect(statuses.count { $0 == Status.ok } == 19)
    #expect(statuses[7] == Status.badHandle)
    #expect(results.reduce(0) { $0 + $1.changes } == 19)
    #expect(String(cString: dramatis_message()).contains("instance 7 of 20"))
  }

  @Test func `one character steps on what another says`() throws {
    let (first, second) = (try Guardian(), try Guardian())
    defer { first.free(); second.free() }
    var result = dramatis_step_result()
    #expect(dramatis_hear(second.instance, "I kill you", -1, "Guard 3", -1, &result) == Status.ok)
    #expect(second.state("watch") == "alarmed")
    #expect(first.state("watch") == "unactivated")
  }

  @Test func `the log is told of answers to no question`() throws {
    let guardian = try Guardian()
    defer { guardian.free() }
    let heard = Heard()
    dramatis_set_log(
      { user, message in
        guard let user, let message else { return }
        let text = Guardian.text(message.pointee)
        if text.contains("isNigth") { Unmanaged<Heard>.fromOpaque(user).takeUnretainedValue().count += 1 }
      }, Unmanaged.passUnretained(heard).toOpaque())
    let event = try Guardian.event(#"{"text":"Hm.","answers":{"isNigth":"yes"}}"#)
    #expect(dramatis_turn(guardian.instance, event, nil, nil) == Status.ok)
    #expect(dramatis_set_log(nil, nil) == Status.ok)
    #expect(heard.count == 1)
  }

  private final class Heard {
    var count = 0
  }
}
