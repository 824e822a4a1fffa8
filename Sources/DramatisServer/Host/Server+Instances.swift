import Dramatis
import DramatisLLM
import FoundationEssentials
import Synchronization

extension Server {
  func create(_ arguments: Arguments) throws(RPCError) -> JSONValue {
    let program = try world.program(arguments)
    let instance = Instance(
      of: program.program, named: arguments.text("name"), seed: try arguments.seed("seed"))
    let hosted = try world.add(instance, of: program)
    return .stand(of: instance, [JSONValue.Member("instance", .string(hosted.identity))])
  }

  func restore(_ arguments: Arguments) throws(RPCError) -> JSONValue {
    let program = try world.program(arguments)
    guard let bytes = Data(base64Encoded: try arguments.needed("save")) else {
      throw RPCError(.refused, "'save' is not what the method 'save' gave", code: "bad-save")
    }
    let restored: (instance: Instance, changes: [SnapshotChange])
    do throws(InstanceError) {
      restored = try Instance.restored(from: try InstanceSave(bytes: Array(bytes)), of: program.program)
    } catch {
      throw RPCError(error)
    }
    let hosted = try world.add(restored.instance, of: program)
    return .stand(
      of: restored.instance,
      [
        JSONValue.Member("instance", .string(hosted.identity)),
        JSONValue.Member("lost", .array(restored.changes.map { .string($0.description) })),
      ])
  }

  func subscribe(_ arguments: Arguments, isWanted: Bool) throws(RPCError) -> JSONValue {
    if arguments["instance"] != nil { _ = try world.instance(arguments) }
    world.tell(of: arguments.text("instance"), isWanted: isWanted)
    return .object([])
  }

  func free(_ arguments: Arguments) throws(RPCError) -> JSONValue {
    let (instance, program) = (arguments.text("instance"), arguments.text("program"))
    guard (instance == nil) != (program == nil) else {
      throw RPCError(.badParameters, "give one of 'instance' and 'program'")
    }
    if instance != nil { _ = try world.instance(arguments) } else { _ = try world.program(arguments) }
    if let instance { _ = world.free(instance: instance) }
    if let program { _ = world.free(program: program) }
    return .object([])
  }

  /// Tells those who want to know what became of an instance.
  func tellChange(of identity: String, from before: Instance, to after: Instance, line: String? = nil) {
    guard world.isTold(of: identity) else { return }
    let states = after.states.filter { before.states[$0.key] != $0.value }
    let variables = after.variables.filter { before.variables[$0.key] != $0.value }
    guard !states.isEmpty || !variables.isEmpty || line != nil else { return }
    var members = [
      JSONValue.Member("instance", .string(identity)),
      JSONValue.Member("turn", .number(Double(after.turn))),
      JSONValue.Member("states", JSONValue(states, each: JSONValue.string)),
      JSONValue.Member("variables", JSONValue(variables, each: JSONValue.init)),
    ]
    if let line { members.append(JSONValue.Member("line", .string(line))) }
    outbox.send(.request(nil, method: Method.changed.name, with: .object(members)))
  }
}

extension JSONValue {
  /// Where an instance stands, behind other members.
  static func stand(of instance: Instance, _ members: [Member] = []) -> JSONValue {
    .object(
      members + [
        Member("turn", .number(Double(instance.turn))),
        Member("states", JSONValue(instance.states, each: JSONValue.string)),
        Member("variables", JSONValue(instance.variables, each: JSONValue.init)),
      ])
  }
}

/// Counts what comes of work on several instances, and tells it when the last one is done.
final class Tally: Sendable {
  private struct State {
    var left: Int
    var lost: [JSONValue.Member] = []
  }

  private let state: Mutex<State>
  private let done: @Sendable ([JSONValue.Member]) -> Void

  init(of count: Int, done: @escaping @Sendable ([JSONValue.Member]) -> Void) {
    state = Mutex(State(left: count))
    self.done = done
    if count == 0 { done([]) }
  }

  func add(_ lost: [String], of identity: String) {
    let all = state.withLock { state -> [JSONValue.Member]? in
      state.left -= 1
      if !lost.isEmpty {
        state.lost.append(JSONValue.Member(identity, .array(lost.map(JSONValue.string))))
      }
      return state.left == 0 ? state.lost : nil
    }
    if let all { done(all) }
  }
}
