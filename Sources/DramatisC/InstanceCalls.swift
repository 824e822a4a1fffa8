import CDramatis
import Dramatis
import FoundationEssentials

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_instance_new(
  _ program: dramatis_program, _ name: UnsafePointer<CChar>?, _ name_length: Int, _ seed: UInt64,
  _ instance: UnsafeMutablePointer<dramatis_instance>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try instance.needed("instance")
    let name = try Argument(name, name_length, "name").text()
    let made = Instance(of: try Tables.program(program), named: name, seed: seed)
    try Tables.instances.give(Hosted(made), to: place, kind: "instance")
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_instance_free(_ instance: dramatis_instance) -> dramatis_status {
  call { () throws(CallError) in
    guard Tables.instances.remove(instance) != nil else { throw .badHandle("instance") }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_instance_describe(
  _ instance: dramatis_instance, _ description: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try description.needed("description")
    let described = try Tables.instance(instance).with { InstanceDescription($0.instance) }
    place.give((try? described.jsonLine()) ?? "")
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_state(
  _ instance: dramatis_instance, _ machine: UnsafePointer<CChar>?, _ length: Int,
  _ state: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try state.needed("state")
    let hosted = try Tables.instance(instance)
    let name = try Argument(machine, length, "machine").text()
    place.give(try hosted.with { state throws(InstanceError) in try state.instance.state(of: name) })
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_state_at(
  _ instance: dramatis_instance, _ machine: Int32, _ state: UnsafeMutablePointer<Int32>?
) -> dramatis_status {
  call { () throws(CallError) in
    guard let state else { throw .isNull("state") }
    state.pointee = 0
    let found = try Tables.instance(instance).with { hosted -> Int? in
      let states = hosted.instance.snapshot.states
      return states.indices.contains(Int(machine)) ? states[Int(machine)] : nil
    }
    guard let found else { throw CallError(DRAMATIS_UNKNOWN_NAME, "there is no machine \(machine)") }
    state.pointee = Int32(found)
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_force(
  _ instance: dramatis_instance, _ machine: UnsafePointer<CChar>?, _ machine_length: Int,
  _ state: UnsafePointer<CChar>?, _ state_length: Int
) -> dramatis_status {
  call { () throws(CallError) in
    let hosted = try Tables.instance(instance)
    let machine = try Argument(machine, machine_length, "machine").text()
    let name = try Argument(state, state_length, "state").text()
    try hosted.with { state throws(InstanceError) in try state.instance.force(machine, to: name) }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_value(
  _ instance: dramatis_instance, _ variable: UnsafePointer<CChar>?, _ length: Int,
  _ value: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try value.needed("value")
    let hosted = try Tables.instance(instance)
    let name = try Argument(variable, length, "variable").text()
    let datum = try hosted.with { state throws(InstanceError) in try state.instance.value(of: name) }
    place.give((try? datum.jsonLine()) ?? "null")
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_number(
  _ instance: dramatis_instance, _ variable: UnsafePointer<CChar>?, _ length: Int,
  _ value: UnsafeMutablePointer<Double>?
) -> dramatis_status {
  call { () throws(CallError) in
    guard let value else { throw .isNull("value") }
    value.pointee = 0
    let hosted = try Tables.instance(instance)
    let name = try Argument(variable, length, "variable").text()
    switch try hosted.with({ state throws(InstanceError) in try state.instance.value(of: name) }) {
    case .number(let number): value.pointee = number
    case .boolean(let isTrue): value.pointee = isTrue ? 1 : 0
    default:
      throw CallError(DRAMATIS_BAD_VALUE, "variable '\(name)' holds a text; read it with dramatis_value")
    }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_set(
  _ instance: dramatis_instance, _ variable: UnsafePointer<CChar>?, _ length: Int,
  _ value: UnsafePointer<CChar>?, _ value_length: Int
) -> dramatis_status {
  call { () throws(CallError) in
    let hosted = try Tables.instance(instance)
    let name = try Argument(variable, length, "variable").text()
    let json = try Argument(value, value_length, "value").text()
    guard let datum = try? JSONDecoder().decode(Datum.self, from: Data(json.utf8)) else {
      throw CallError(DRAMATIS_BAD_VALUE, "'value' is no JSON; a text stands in quotation marks")
    }
    try hosted.with { state throws(InstanceError) in try state.instance.set(name, to: datum) }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_set_number(
  _ instance: dramatis_instance, _ variable: UnsafePointer<CChar>?, _ length: Int, _ value: Double
) -> dramatis_status {
  call { () throws(CallError) in
    guard value.isFinite else { throw .badArgument("'value' is infinite or no number") }
    let hosted = try Tables.instance(instance)
    let name = try Argument(variable, length, "variable").text()
    try hosted.with { state throws(InstanceError) in try state.instance.set(name, to: .number(value)) }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_strict(_ instance: dramatis_instance, _ is_strict: Int32) -> dramatis_status {
  call { () throws(CallError) in
    try Tables.instance(instance).with { $0.instance.isStrict = is_strict != 0 }
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_save(
  _ instance: dramatis_instance, _ save: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let place = try save.needed("save")
    place.give(bytes: try Tables.instance(instance).with { $0.instance.save() })
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_restore(
  _ program: dramatis_program, _ save: UnsafePointer<CChar>?, _ length: Int,
  _ instance: UnsafeMutablePointer<dramatis_instance>?, _ changes: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let changes = changes.emptied()
    let place = try instance.needed("instance")
    let program = try Tables.program(program)
    let bytes = try Argument(save, length, "save").data()
    let restored: (instance: Instance, changes: [SnapshotChange])
    do throws(InstanceError) {
      restored = try Instance.restored(from: try InstanceSave(bytes: bytes), of: program)
    } catch {
      throw CallError(error)
    }
    try Tables.instances.give(Hosted(restored.instance), to: place, kind: "instance")
    changes?.give(restored.changes.json)
  }
}

/// Does what dramatis.h says of it.
@c @implementation
public func dramatis_reload(
  _ instance: dramatis_instance, _ program: dramatis_program,
  _ changes: UnsafeMutablePointer<dramatis_text>?
) -> dramatis_status {
  call { () throws(CallError) in
    let changes = changes.emptied()
    let hosted = try Tables.instance(instance)
    let program = try Tables.program(program)
    let lost = try hosted.with { state throws(InstanceError) in
      let isStrict = state.instance.isStrict
      let restored = try Instance.restored(from: state.instance.saved, of: program)
      state.instance = restored.instance
      state.instance.isStrict = isStrict
      return restored.changes
    }
    changes?.give(lost.json)
  }
}

extension [SnapshotChange] {
  /// A JSON array of what each change says.
  fileprivate var json: String { (try? map(\.description).jsonLine()) ?? "[]" }
}

/// Where an instance stands, by names.
private struct InstanceDescription: Encodable {
  let name: String
  let turn: Int
  let states: [String: String]
  let variables: [String: Datum]

  init(_ instance: Instance) {
    name = instance.name
    turn = instance.turn
    states = instance.states
    variables = instance.variables
  }
}
