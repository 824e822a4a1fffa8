import Dramatis
import DramatisCompiler
import DramatisLLM
import Synchronization

/// Instances of characters behind messages of JSON-RPC 2.0, one a line.
///
/// It reads no stream and writes none: lines are handed to it in order, and it hands lines out. Requests for one instance are done
/// one after the other, those for different ones beside each other.
///
/// ```swift
/// let server = Server { line in print(line, terminator: "") }
/// while let line = readLine(), await server.receive(line) {}
/// await server.finish()
/// ```
public final class Server: Sendable {
  /// Who helps besides the game.
  public struct Helpers: Sendable {
    /// Writes lines where a turn says `"speak":"model"`; nil for nobody.
    public var performer: (any Performer)?
    /// Answers what the game leaves open, before the cues do; nil for nobody.
    public var discriminator: (any Discriminator)?

    /// Makes helpers; nobody unless given.
    public init(performer: (any Performer)? = nil, discriminator: (any Discriminator)? = nil) {
      self.performer = performer
      self.discriminator = discriminator
    }
  }

  let helpers: Helpers
  let outbox: Outbox
  let intake = Intake()
  let world = World()
  /// Requests that were not answered yet.
  private let pending = Mutex<[RPCMessage.Identifier: Cancellation]>([:])
  private let closing = Mutex<RPCMessage.Identifier??>(nil)

  /// Makes a server.
  ///
  /// - Parameters:
  ///   - helpers: Who answers and speaks besides the game.
  ///   - write: Takes a line with its break; called by one thread at a time.
  public init(helpers: Helpers = Helpers(), write: @escaping @Sendable (String) -> Void) {
    self.helpers = helpers
    outbox = Outbox(intake: intake, write: write)
  }

  /// Takes a line, and comes back as soon as the next one may come.
  ///
  /// - Returns: Whether more lines are wanted: false after a `shutdown`.
  public func receive(_ line: String) async -> Bool {
    if line.allSatisfy(\.isWhitespace) { return true }
    let bytes = line.utf8.count
    let hasRoom = await intake.waitForRoom()
    do throws(JSONError) {
      take(try JSONValue(parsing: Array(line.utf8)), bytes: bytes, hasRoom: hasRoom)
    } catch {
      refuse(RPCError(.parse, "this line is no JSON: \(error.description)"))
    }
    return closing.withLock { $0 == nil }
  }

  /// Answers a line that could not even be read, such as one that is no UTF-8.
  public func refuse(unreadable reason: String) { refuse(RPCError(.parse, reason)) }

  /// Waits until everything was answered; the game is asked nothing any more.
  public func finish() async {
    outbox.close()
    await intake.waitUntilIdle()
    if case .some(.some(let identifier)) = closing.withLock({ $0 }) {
      outbox.send(.response(to: identifier, .success(.object([]))))
    }
  }

  private func refuse(_ error: RPCError) { outbox.send(.response(to: .null, .failure(error))) }

  /// - Parameter hasRoom: Whether requests are done; where not, they are refused, and only what the game answers is taken.
  private func take(_ value: JSONValue, bytes: Int, hasRoom: Bool) {
    guard let elements = value.elements else {
      intake.enter(bytes: bytes)
      handle(RPCMessage(value), hasRoom: hasRoom) { answer in
        if let answer { self.outbox.send(answer) }
        self.intake.leave(bytes: bytes)
      }
      return
    }
    guard !elements.isEmpty else { return refuse(.invalid("a batch holds at least one message")) }
    let batch = Batch(of: elements.count, outbox: outbox)
    for element in elements {
      let share = bytes / elements.count
      intake.enter(bytes: share)
      handle(RPCMessage(element), hasRoom: hasRoom) { answer in
        batch.finish(answer)
        self.intake.leave(bytes: share)
      }
    }
  }

  /// Does what a message says, now or later, and answers once: with nil where nobody wants an answer.
  private func handle(
    _ message: RPCMessage, hasRoom: Bool, answer: @escaping @Sendable (JSONValue?) -> Void
  ) {
    switch message {
    case .invalid(let identifier, let error): answer(.response(to: identifier, .failure(error)))
    case .response(let identifier, let result):
      outbox.take(result, for: identifier)
      answer(nil)
    case .request(let request) where request.method == Method.shutdown.name:
      // Answered in the end, when everything else was.
      closing.withLock { $0 = .some(request.identifier) }
      answer(nil)
    case .request(let request) where !hasRoom && request.method != Method.cancel.name:
      let error = RPCError(.busy, "too much is waiting; send no more until something was answered")
      answer(request.identifier.map { .response(to: $0, .failure(error)) })
    case .request(let request):
      let cancellation = Cancellation()
      if let identifier = request.identifier, identifier != .null {
        let isNew = pending.withLock { pending in
          if pending[identifier] != nil { return false }
          pending[identifier] = cancellation
          return true
        }
        guard isNew else {
          answer(.response(to: identifier, .failure(.invalid("a request with this id is under way"))))
          return
        }
      }
      perform(request, until: cancellation) { result in
        guard let identifier = request.identifier else { return answer(nil) }
        self.pending.withLock { _ = $0.removeValue(forKey: identifier) }
        answer(.response(to: identifier, result))
      }
    }
  }

  private func perform(
    _ request: RPCRequest, until cancellation: Cancellation,
    answer: @escaping @Sendable (Result<JSONValue, RPCError>) -> Void
  ) {
    do throws(RPCError) {
      guard let method = Method.named(request.method) else {
        let hint =
          nearest(request.method, among: Method.all.map(\.name)).map { "; did you mean '\($0)'?" } ?? ""
        throw RPCError(.unknownMethod, "there is no method '\(request.method)'\(hint)")
      }
      let arguments = try Arguments(request.parameters, of: method)
      switch method.name {
      case Method.cancel.name: answer(.success(try cancel(arguments)))
      case Method.load.name: answer(.success(try load(arguments)))
      case Method.create.name: answer(.success(try create(arguments)))
      case Method.restore.name: answer(.success(try restore(arguments)))
      case Method.subscribe.name: answer(.success(try subscribe(arguments, isWanted: true)))
      case Method.unsubscribe.name: answer(.success(try subscribe(arguments, isWanted: false)))
      case Method.free.name: answer(.success(try free(arguments)))
      case Method.reload.name: try reload(arguments, answer: answer)
      default: try post(method, with: arguments, until: cancellation, answer: answer)
      }
    } catch {
      answer(.failure(error))
    }
  }

  private func cancel(_ arguments: Arguments) throws(RPCError) -> JSONValue {
    guard let identifier = arguments["id"].flatMap(RPCMessage.Identifier.init) else {
      throw RPCError(.badParameters, "'id' is the id of a request")
    }
    let cancellation = pending.withLock { $0[identifier] }
    cancellation?.cancel()
    return ["cancelled": .bool(cancellation != nil)]
  }

  /// Puts a request for one instance behind those that came before.
  private func post(
    _ method: Method, with arguments: Arguments, until cancellation: Cancellation,
    answer: @escaping @Sendable (Result<JSONValue, RPCError>) -> Void
  ) throws(RPCError) {
    let hosted = try world.instance(arguments)
    let order = try InstanceOrder(method, with: arguments, until: cancellation, of: hosted, on: self)
    hosted.mailbox.post {
      guard !cancellation.isCancelled else { return answer(.failure(.cancelled)) }
      answer(await order.result())
    }
  }
}

extension RPCError {
  static let cancelled = RPCError(.cancelled, "the request was cancelled; the instance is as it was")

  /// What an instance refused.
  init(_ error: InstanceError) { self.init(.refused, error.description, code: error.code) }
}
