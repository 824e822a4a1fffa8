import CDramatis
import Dramatis

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_step(
  _ instance: dramatis_instance, _ event: dramatis_event,
  _ result: UnsafeMutablePointer<dramatis_step_result>?
) -> dramatis_status {
  result?.pointee = dramatis_step_result()
  return call { () throws(CallError) in
    let parts = try Tables.event(event).withLock { $0 }
    let turn = try step(instance, on: parts)
    result?.pointee = dramatis_step_result(turn)
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_step_many(
  _ instances: UnsafePointer<dramatis_instance>?, _ count: Int, _ event: dramatis_event,
  _ results: UnsafeMutablePointer<dramatis_step_result>?, _ statuses: UnsafeMutablePointer<dramatis_status>?
) -> dramatis_status {
  call { () throws(CallError) in
    guard (0...(1 << 24)).contains(count) else {
      throw .badArgument("'count' is more than the \(1 << 24) instances that there can be")
    }
    guard count > 0 else { return }
    guard let instances else { throw .isNull("instances") }
    let parts = try Tables.event(event).withLock { $0 }
    var first: CallError?
    for place in 0..<count {
      results?[place] = dramatis_step_result()
      statuses?[place] = dramatis_status(DRAMATIS_OK)
      do throws(CallError) {
        let turn = try step(instances[place], on: parts)
        results?[place] = dramatis_step_result(turn)
      } catch {
        statuses?[place] = error.status
        first = first ?? CallError(Int(error.status), "instance \(place) of \(count): \(error.message)")
      }
    }
    if let first { throw first }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_hear(
  _ instance: dramatis_instance, _ line: UnsafePointer<CChar>?, _ length: Int,
  _ speaker: UnsafePointer<CChar>?, _ speaker_length: Int,
  _ result: UnsafeMutablePointer<dramatis_step_result>?
) -> dramatis_status {
  result?.pointee = dramatis_step_result()
  return call { () throws(CallError) in
    let hosted = try Tables.instance(instance)
    let line = try Argument(line, length, "line").text()
    let speaker = try Argument(speaker, speaker_length, "speaker").text()
    let turn = try hosted.with { state throws(InstanceError) in
      let turn = try state.instance.hear(line, from: speaker)
      state.last = [turn]
      return turn
    }
    result?.pointee = dramatis_step_result(turn)
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_turn(
  _ instance: dramatis_instance, _ event: dramatis_event, _ calls: UnsafePointer<dramatis_calls>?,
  _ line: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = line.emptied()
    let hosted = try Tables.instance(instance)
    let parts = try Tables.event(event).withLock { $0 }
    let host = GameCalls(calls?.pointee ?? dramatis_calls())
    let turns = try hosted.turn { instance throws(CallError) in
      try host.turn(of: &instance, on: parts)
    }
    if let said = turns.compactMap(\.line).last { place?.give(said) }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_say(
  _ reply: dramatis_reply, _ line: UnsafePointer<CChar>?, _ length: Int
) -> dramatis_status {
  call { () throws(CallError) in
    guard let said = Tables.replies.value(of: reply) else { throw .badHandle("reply") }
    let text = try Argument(line, length, "line").text()
    said.withLock { $0 = text }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_explain(
  _ instance: dramatis_instance, _ format: Int32, _ explanation: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try explanation.needed("explanation")
    guard [DRAMATIS_AS_TEXT, DRAMATIS_AS_JSON].contains(Int(format)) else {
      throw .badArgument("'format' is DRAMATIS_AS_TEXT or DRAMATIS_AS_JSON")
    }
    let last = try Tables.instance(instance).with { $0.last }
    guard !last.isEmpty else { throw CallError(DRAMATIS_BAD_EVENT, "this instance has not been stepped yet") }
    if Int(format) == DRAMATIS_AS_JSON {
      place.give((try? last.jsonLine()) ?? "[]")
    } else {
      place.give(last.flatMap(\.account).map(\.oneLine).joined(separator: "\n"))
    }
  }
}

/// Steps an instance that nobody calls back.
private func step(
  _ instance: dramatis_instance, on parts: EventParts
) throws(CallError) -> InstanceTurn {
  try Tables.instance(instance).with { state throws(InstanceError) in
    let turn = try state.instance.turn(parts.event, voice: .silent) { parts.answers[of: $0.question] }
    state.last = [turn]
    return turn
  }
}

extension [String: Answer] {
  /// The answer to a question by its name, else by its exact text.
  subscript(of question: Question) -> Answer? {
    question.name.flatMap { self[$0] } ?? self[question.text]
  }
}
