import CDramatis
import Dramatis

/// What the handles of the process stand for.
enum Tables {
  static let programs = HandleTable<Program>(kind: 1)
  static let instances = HandleTable<Hosted>(kind: 2)
  static let events = HandleTable<Lock<EventParts>>(kind: 3)
  static let replies = HandleTable<Lock<String?>>(kind: 4)

  static func program(_ handle: UInt64) throws(CallError) -> Program {
    guard let program = programs.value(of: handle) else { throw .badHandle("program") }
    return program
  }

  static func instance(_ handle: UInt64) throws(CallError) -> Hosted {
    guard let instance = instances.value(of: handle) else { throw .badHandle("instance") }
    return instance
  }

  static func event(_ handle: UInt64) throws(CallError) -> Lock<EventParts> {
    guard let event = events.value(of: handle) else { throw .badHandle("event") }
    return event
  }
}

extension CallError {
  static func badHandle(_ kind: String) -> CallError {
    CallError(
      DRAMATIS_BAD_HANDLE, "this is no handle of a living \(kind): it was freed, or is of another kind")
  }

  static func full(_ kind: String) -> CallError {
    CallError(DRAMATIS_FULL, "there are too many handles of \(kind)s; free some")
  }

  /// What an instance refused, by the status that says the same.
  init(_ error: InstanceError) {
    // By their codes, so that another reason to refuse needs no status of its own.
    let status =
      switch error.code {
      case let code where code.hasPrefix("no-such-") || code.hasPrefix("unknown-"): DRAMATIS_UNKNOWN_NAME
      case "wrong-value": DRAMATIS_BAD_VALUE
      case "other-program", "bad-save": DRAMATIS_BAD_SAVE
      default: DRAMATIS_BAD_EVENT
      }
    self.init(status, error.description)
  }
}

extension HandleTable {
  /// Writes a handle for something to where it is wanted.
  func give(
    _ value: Value, to place: UnsafeMutablePointer<UInt64>?, kind: String
  ) throws(CallError) {
    guard let handle = insert(value) else { throw .full(kind) }
    place?.pointee = handle
  }
}

extension Optional<UnsafeMutablePointer<UInt64>> {
  /// The place for a handle, with none in it yet.
  func needed(_ name: String) throws(CallError) -> UnsafeMutablePointer<UInt64> {
    guard let self else { throw .isNull(name) }
    self.pointee = 0
    return self
  }
}

/// An event in the making, with the answers that come with it.
struct EventParts: Sendable {
  var event = Event()
  var answers: [String: Answer] = [:]
}

/// An instance as the game holds it: one call at a time.
final class Hosted: Sendable {
  struct State {
    var instance: Instance
    /// Whether a turn of it is under way, which may be in a call-back of the game.
    var isInTurn = false
    /// What the last call that moved it did: on the event, and on the line that it said.
    var last: [InstanceTurn] = []
  }

  private let state: Lock<State>

  init(_ instance: Instance) {
    state = Lock(State(instance: instance))
  }

  /// Does something with the instance that calls nobody back.
  func with<Result>(
    _ body: (inout State) throws(InstanceError) -> Result
  ) throws(CallError) -> Result {
    try state.withLock { state throws(CallError) in
      guard !state.isInTurn else { throw .busy }
      do throws(InstanceError) {
        return try body(&state)
      } catch {
        throw CallError(error)
      }
    }
  }

  /// Takes a turn on a copy, with nothing locked while the game is called back; it stands in its place in the end, or not at all.
  func turn(
    _ body: (inout Instance) throws(CallError) -> [InstanceTurn]
  ) throws(CallError) -> [InstanceTurn] {
    var instance = try state.withLock { state throws(CallError) in
      guard !state.isInTurn else { throw .busy }
      state.isInTurn = true
      return state.instance
    }
    defer { state.withLock { $0.isInTurn = false } }
    let turns = try body(&instance)
    let taken = instance
    state.withLock { state in
      state.instance = taken
      state.last = turns
    }
    return turns
  }
}

extension CallError {
  fileprivate static let busy = CallError(
    DRAMATIS_BUSY, "a turn of this instance is under way; call again when it has ended")
}
