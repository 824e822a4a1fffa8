import Dramatis
import DramatisLLM
import Synchronization

/// The programs and instances of a server, by their identities.
final class World: Sendable {
  /// A program as it was loaded last.
  struct Loaded: Sendable {
    let identity: String
    var program: Program
  }

  private struct State {
    var programs: [String: Program] = [:]
    var instances: [String: HostedInstance] = [:]
    var lastProgram = 0
    var lastInstance = 0
    /// The instances whose changes are told, besides all where that is wanted.
    var told: Set<String> = []
    var tellsAll = false
  }

  /// More are refused, so that a game which forgets to free them fills no memory.
  static let mostInstances = 1 << 20
  static let mostPrograms = 1 << 16

  private let state = Mutex(State())

  /// Keeps a program, under an identity that was never used before.
  func add(_ program: Program) throws(RPCError) -> Loaded {
    let identity = state.withLock { state -> String? in
      guard state.programs.count < Self.mostPrograms else { return nil }
      state.lastProgram += 1
      let identity = "program-\(state.lastProgram)"
      state.programs[identity] = program
      return identity
    }
    guard let identity else { throw RPCError(.busy, "there are too many programs; free some") }
    return Loaded(identity: identity, program: program)
  }

  /// The program that a request names.
  func program(_ arguments: Arguments) throws(RPCError) -> Loaded {
    let identity = try arguments.needed("program")
    guard let program = state.withLock({ $0.programs[identity] }) else {
      throw Self.unknown("program", called: identity)
    }
    return Loaded(identity: identity, program: program)
  }

  /// The instance that a request names.
  func instance(_ arguments: Arguments) throws(RPCError) -> HostedInstance {
    let identity = try arguments.needed("instance")
    guard let hosted = state.withLock({ $0.instances[identity] }) else {
      throw Self.unknown("instance", called: identity)
    }
    return hosted
  }

  private static func unknown(_ kind: String, called identity: String) -> RPCError {
    RPCError(.unknownHandle, "there is no \(kind) '\(identity)'; it was never made, or was freed")
  }

  /// Keeps an instance, under an identity that was never used before.
  func add(_ instance: Instance, of program: Loaded) throws(RPCError) -> HostedInstance {
    let hosted = state.withLock { state -> HostedInstance? in
      guard state.instances.count < Self.mostInstances else { return nil }
      state.lastInstance += 1
      let identity = "instance-\(state.lastInstance)"
      let hosted = HostedInstance(instance, identity: identity, programIdentity: program.identity)
      state.instances[identity] = hosted
      return hosted
    }
    guard let hosted else { throw RPCError(.busy, "there are too many instances; free some") }
    return hosted
  }

  /// Puts another program in the place of one, and says which instances have to be moved.
  func replace(_ loaded: Loaded) -> [HostedInstance] {
    state.withLock { state in
      guard state.programs[loaded.identity] != nil else { return [] }
      state.programs[loaded.identity] = loaded.program
      return state.instances.values.filter { $0.programIdentity == loaded.identity }
        .sorted { ($0.identity.count, $0.identity) < ($1.identity.count, $1.identity) }
    }
  }

  /// Forgets what is called so; false where nothing was.
  func free(instance identity: String) -> Bool {
    state.withLock { state in
      state.told.remove(identity)
      return state.instances.removeValue(forKey: identity) != nil
    }
  }

  /// Forgets a program; its instances stay.
  func free(program identity: String) -> Bool {
    state.withLock { $0.programs.removeValue(forKey: identity) != nil }
  }

  /// Says whose changes are told: of one instance, or of all where none is named.
  func tell(of instance: String?, isWanted: Bool) {
    state.withLock { state in
      if let instance {
        if isWanted { state.told.insert(instance) } else { state.told.remove(instance) }
      } else {
        state.tellsAll = isWanted
        if !isWanted { state.told = [] }
      }
    }
  }

  /// Whether somebody wants to know what changes in an instance.
  func isTold(of instance: String) -> Bool {
    state.withLock { $0.tellsAll || $0.told.contains(instance) }
  }
}
