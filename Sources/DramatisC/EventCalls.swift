import CDramatis
import Dramatis

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_new(_ event: UnsafeMutablePointer<dramatis_event>?) -> dramatis_status {
  call { () throws(CallError) in
    let place = try event.needed("event")
    try Tables.events.give(Lock(EventParts()), to: place, kind: "event")
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_parse(
  _ json: UnsafePointer<CChar>?, _ length: Int, _ event: UnsafeMutablePointer<dramatis_event>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try event.needed("event")
    let text = try Argument(json, length, "json").text()
    let line: EventLine
    do throws(ExchangeError) {
      line = try EventLine(json: text)
    } catch {
      throw CallError(DRAMATIS_BAD_EVENT, error.description)
    }
    if let key = line.unknownKeys.first {
      let hint = nearest(key, among: EventLine.keys).map { "; did you mean '\($0)'?" } ?? ""
      throw CallError(DRAMATIS_BAD_EVENT, "an event has no key '\(key)'\(hint)")
    }
    guard line.set.isEmpty else {
      throw CallError(DRAMATIS_BAD_EVENT, "'set' is not of the event here; write variables with dramatis_set")
    }
    try Tables.events.give(
      Lock(EventParts(event: line.event, answers: line.answers)), to: place, kind: "event")
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_free(_ event: dramatis_event) -> dramatis_status {
  call { () throws(CallError) in
    guard Tables.events.remove(event) != nil else { throw .badHandle("event") }
  }
}

/// Changes a part of an event that is a text.
private func change(
  _ event: dramatis_event, _ argument: Argument, _ body: (inout EventParts, String) -> Void
) -> dramatis_status {
  call { () throws(CallError) in
    let parts = try Tables.event(event)
    let text = try argument.text()
    parts.withLock { body(&$0, text) }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_actor(
  _ event: dramatis_event, _ name: UnsafePointer<CChar>?, _ length: Int
) -> dramatis_status {
  change(event, Argument(name, length, "name")) { $0.event.actor = $1.isEmpty ? nil : $1 }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_text(
  _ event: dramatis_event, _ text: UnsafePointer<CChar>?, _ length: Int
) -> dramatis_status {
  change(event, Argument(text, length, "text")) { $0.event.text = $1.isEmpty ? nil : $1 }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_scene(
  _ event: dramatis_event, _ scene: UnsafePointer<CChar>?, _ length: Int
) -> dramatis_status {
  change(event, Argument(scene, length, "scene")) { $0.event.scene = $1.isEmpty ? nil : $1 }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_kind(
  _ event: dramatis_event, _ kind: UnsafePointer<CChar>?, _ length: Int
) -> dramatis_status {
  change(event, Argument(kind, length, "kind")) { $0.event.kind = $1.isEmpty ? Event.speech : $1 }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_to(
  _ event: dramatis_event, _ name: UnsafePointer<CChar>?, _ length: Int
) -> dramatis_status {
  change(event, Argument(name, length, "name")) { $0.event.to = ($0.event.to ?? []) + [$1] }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_number(
  _ event: dramatis_event, _ key: UnsafePointer<CChar>?, _ length: Int, _ value: Double
) -> dramatis_status {
  guard value.isFinite else {
    return call { () throws(CallError) in throw .badArgument("'value' is infinite or no number") }
  }
  return change(event, Argument(key, length, "key")) { $0.event.data[$1] = .number(value) }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_boolean(
  _ event: dramatis_event, _ key: UnsafePointer<CChar>?, _ length: Int, _ value: Int32
) -> dramatis_status {
  change(event, Argument(key, length, "key")) { $0.event.data[$1] = .boolean(value != 0) }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_word(
  _ event: dramatis_event, _ key: UnsafePointer<CChar>?, _ length: Int, _ value: UnsafePointer<CChar>?,
  _ value_length: Int
) -> dramatis_status {
  call { () throws(CallError) in
    let parts = try Tables.event(event)
    let key = try Argument(key, length, "key").text()
    let word = try Argument(value, value_length, "value").text()
    parts.withLock { $0.event.data[key] = .text(word) }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_answer(
  _ event: dramatis_event, _ question: UnsafePointer<CChar>?, _ length: Int, _ answer: Int32
) -> dramatis_status {
  guard let answer = Answer(constant: answer) else {
    return call { () throws(CallError) in
      throw .badArgument("'answer' is DRAMATIS_NO, DRAMATIS_YES or DRAMATIS_UNKNOWN")
    }
  }
  return change(event, Argument(question, length, "question")) { $0.answers[$1] = answer }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_event_probability(
  _ event: dramatis_event, _ question: UnsafePointer<CChar>?, _ length: Int, _ probability: Double
) -> dramatis_status {
  guard let answer = Answer(probability: probability) else {
    return call { () throws(CallError) in throw .badArgument("'probability' is a number from 0 to 1") }
  }
  return change(event, Argument(question, length, "question")) { $0.answers[$1] = answer }
}

extension Answer {
  /// The answer that a constant of the header stands for.
  init?(constant: Int32) {
    switch Int(constant) {
    case DRAMATIS_NO: self = .no
    case DRAMATIS_YES: self = .yes
    case DRAMATIS_UNKNOWN: self = .unknown
    default: return nil
    }
  }
}
