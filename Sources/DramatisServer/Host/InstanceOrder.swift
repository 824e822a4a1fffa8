import Dramatis
import DramatisLLM
import FoundationEssentials

/// A request for one instance, read and waiting for its turn.
struct InstanceOrder: Sendable {
  /// What is to be done.
  private enum Work: Sendable {
    case take(HostedInstance.TurnOrder)
    case set([String: Datum])
    case force([String: String])
    case state
    case save
    case explain
  }

  private let work: Work
  private let hosted: HostedInstance
  private let server: Server

  /// Reads the parameters; what is wrong with them is told before anything is done.
  init(
    _ method: Method, with arguments: Arguments, until cancellation: Cancellation, of hosted: HostedInstance,
    on server: Server
  ) throws(RPCError) {
    self.hosted = hosted
    self.server = server
    switch method.name {
    case Method.event.name, Method.turn.name:
      let speaker = method.name == Method.event.name ? .nobody : try server.speaker(arguments)
      let deadline = arguments.number("deadline").map { ContinuousClock.now + .milliseconds(Int($0)) }
      work = .take(
        HostedInstance.TurnOrder(
          event: try arguments.event("event"), answers: try arguments.answers("answers"), speaker: speaker,
          asksGame: arguments.flag("ask"), discriminator: server.helpers.discriminator,
          patience: Patience(deadline: deadline, cancellation: cancellation), outbox: server.outbox))
    case Method.set.name: work = .set(try Self.values(arguments))
    case Method.force.name: work = .force(try Self.states(arguments))
    case Method.save.name: work = .save
    case Method.explain.name: work = .explain
    default: work = .state
    }
  }

  private static func values(_ arguments: Arguments) throws(RPCError) -> [String: Datum] {
    guard case .object(let values)? = arguments["values"].map(Datum.init) else {
      throw RPCError(.badParameters, "'values' is an object of values")
    }
    return values
  }

  private static func states(_ arguments: Arguments) throws(RPCError) -> [String: String] {
    guard case .object(let members)? = arguments["states"] else {
      throw RPCError(.badParameters, "'states' is an object of names")
    }
    var states: [String: String] = [:]
    for member in members {
      guard let state = member.value.text else {
        throw RPCError(.badParameters, "'states.\(member.name)' is the name of a state")
      }
      states[member.name] = state
    }
    return states
  }

  /// Does it.
  func result() async -> Result<JSONValue, RPCError> {
    do throws(InstanceError) {
      switch work {
      case .take(let order): return try await take(order)
      case .set(let values):
        return try await change { instance throws(InstanceError) in
          for (name, value) in values.sorted(by: { $0.key < $1.key }) { try instance.set(name, to: value) }
        }
      case .force(let states):
        return try await change { instance throws(InstanceError) in
          for (machine, state) in states.sorted(by: { $0.key < $1.key }) {
            try instance.force(machine, to: state)
          }
        }
      case .state:
        let instance = await hosted.current
        return .success(
          .stand(
            of: instance,
            [
              JSONValue.Member("name", .string(instance.name)),
              JSONValue.Member("program", .string(hosted.programIdentity)),
            ]))
      case .save:
        let bytes = await hosted.current.save()
        return .success(["save": .string(Data(bytes).base64EncodedString())])
      case .explain: return .success(JSONValue(account: await hosted.account))
      }
    } catch {
      return .failure(RPCError(error))
    }
  }

  private func take(_ order: HostedInstance.TurnOrder) async throws(InstanceError) -> Result<
    JSONValue, RPCError
  > {
    guard case .taken(let taken) = try await hosted.take(order) else { return .failure(.cancelled) }
    server.tellChange(of: hosted.identity, from: taken.before, to: taken.after, line: taken.line)
    let unknown = order.answers.isEmpty ? [] : taken.after.program.answers(from: order.answers).unknown
    return .success(JSONValue(taken, ignoring: unknown))
  }

  private func change(
    _ body: @escaping @Sendable (inout Instance) throws(InstanceError) -> Void
  ) async throws(InstanceError) -> Result<JSONValue, RPCError> {
    let (before, after) = try await hosted.change(body)
    server.tellChange(of: hosted.identity, from: before, to: after)
    return .success(.stand(of: after))
  }
}

extension Server {
  /// Who speaks in a turn, by what its request says.
  fileprivate func speaker(_ arguments: Arguments) throws(RPCError) -> HostedInstance.Speaker {
    switch arguments.text("speak") {
    case "game": return .game
    case "model":
      guard let performer = helpers.performer else {
        throw RPCError(.refused, "no language model is configured; see 'dramatis models'", code: "no-model")
      }
      return .model(performer)
    default: return .profile
    }
  }
}

extension JSONValue {
  /// What a turn did.
  fileprivate init(_ taken: HostedInstance.Taken, ignoring unknown: [String]) {
    let first = taken.turns.first
    let changes = taken.turns.flatMap(\.changes).map { change -> JSONValue in
      [
        "machine": .string(change.machine), "from": .string(change.from), "to": .string(change.to),
        "because": .string(change.because),
      ]
    }
    var members = [
      Member("relevant", .bool(first?.isRelevant ?? false)), Member("changes", .array(changes)),
      Member("statements", .array((first?.statements ?? []).map(JSONValue.string))),
      Member("due", .array((first?.due ?? []).map { .string($0.commitment) })),
    ]
    if let line = taken.line { members.append(Member("line", .string(line))) }
    if !taken.late.isEmpty { members.append(Member("late", .array(taken.late.map(JSONValue.string)))) }
    if !unknown.isEmpty {
      let known = taken.after.program.questions.map(\.key)
      let warnings = unknown.map { name -> JSONValue in
        let hint = nearest(name, among: known).map { "; did you mean '\($0)'?" } ?? ""
        return .string("unknown question '\(name)' is ignored\(hint)")
      }
      members.append(Member("warnings", .array(warnings)))
    }
    self = .stand(of: taken.after, members)
  }

  /// How the last step came about.
  fileprivate init(account turns: [InstanceTurn]) {
    let steps = turns.map { turn -> JSONValue in
      JSONValue(loosely: (try? turn.jsonLine()) ?? "{}")
    }
    self = [
      "text": .string(turns.flatMap(\.account).joined(separator: "\n")), "steps": .array(steps),
    ]
  }
}
