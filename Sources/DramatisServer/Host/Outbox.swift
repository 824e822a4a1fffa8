import Dramatis
import DramatisLLM
import Synchronization

/// Writes messages, each as one line, and asks the game.
final class Outbox: Sendable {
  private struct State {
    var lastAsk = 0
    var asks: [RPCMessage.Identifier: OneShot<Patience.End<JSONValue?>>] = [:]
    var isClosed = false
  }

  private let write: @Sendable (String) -> Void
  private let intake: Intake
  private let state = Mutex(State())
  /// Held while a line is written, so that lines do not mix.
  private let turnstile = Mutex(())

  init(intake: Intake, write: @escaping @Sendable (String) -> Void) {
    self.intake = intake
    self.write = write
  }

  /// Writes a message.
  func send(_ message: JSONValue) {
    let line = message.spelled.withControlsEscaped + "\n"
    turnstile.withLock { _ in write(line) }
  }

  /// Asks the game, and waits for its answer no longer than there is patience.
  ///
  /// - Returns: The result; nil inside a value for an error, or where the game has gone.
  func ask(_ method: Method, with parameters: JSONValue, patience: Patience) async -> Patience.End<JSONValue?>
  {
    let end = OneShot<Patience.End<JSONValue?>>()
    let identifier = state.withLock { state -> RPCMessage.Identifier? in
      guard !state.isClosed else { return nil }
      state.lastAsk += 1
      let identifier = RPCMessage.Identifier.text("ask-\(state.lastAsk)")
      state.asks[identifier] = end
      return identifier
    }
    guard let identifier else { return .value(nil) }
    intake.beginAsking()
    defer { intake.endAsking() }
    send(.request(identifier, method: method.name, with: parameters))
    return await patience.ending(end) {
      state.withLock { _ = $0.asks.removeValue(forKey: identifier) }
      send(.request(nil, method: Method.withdrawn.name, with: ["id": identifier.value]))
    }
  }

  /// Takes what the game answered; one that nobody waits for any more is dropped.
  func take(_ result: JSONValue?, for identifier: RPCMessage.Identifier) {
    state.withLock { $0.asks.removeValue(forKey: identifier) }?.fill(.value(result))
  }

  /// From now on the game answers nothing any more.
  func close() {
    let asks = state.withLock { state in
      defer {
        state.asks = [:]
        state.isClosed = true
      }
      return state.asks
    }
    for ask in asks.values { ask.fill(.value(nil)) }
  }
}

/// Where the answer to a message goes: on a line of its own, or into the answer to its batch.
final class Batch: Sendable {
  private struct State {
    var left: Int
    var answers: [JSONValue] = []
  }

  private let state: Mutex<State>
  private let outbox: Outbox

  /// - Parameter count: How many messages there are.
  init(of count: Int, outbox: Outbox) {
    state = Mutex(State(left: count))
    self.outbox = outbox
  }

  /// Takes the answer to one message, nil for none; the last one sends all of them.
  func finish(_ answer: JSONValue?) {
    let answers = state.withLock { state -> [JSONValue] in
      state.left -= 1
      if let answer { state.answers.append(answer) }
      return state.left == 0 ? state.answers : []
    }
    if !answers.isEmpty { outbox.send(.array(answers)) }
  }
}
