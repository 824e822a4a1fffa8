import DramatisServer
import Foundation
import Synchronization

/// A game that talks with a server as one would over a pipe.
final class Game: Sendable {
  typealias Message = NSDictionary

  private struct State {
    var lines: [String] = []
    var waiting: [(isWanted: @Sendable (Message) -> Bool, found: CheckedContinuation<String, Never>)] = []
  }

  private let state = Mutex(State())
  private let server = Mutex<Server?>(nil)
  /// What is sent back for a request of the server; nil for no answer.
  private let answer: @Sendable (Message) -> String?

  init(
    helpers: Server.Helpers = Server.Helpers(),
    answer: @escaping @Sendable (Message) -> String? = { _ in nil }
  ) {
    self.answer = answer
    let made = Server(helpers: helpers) { [weak self] line in self?.take(line) }
    server.withLock { $0 = made }
  }

  private func take(_ line: String) {
    let message = Self.message(line)
    let found = state.withLock { state in
      state.lines.append(line)
      defer { state.waiting.removeAll { $0.isWanted(message) } }
      return state.waiting.filter { $0.isWanted(message) }.map(\.found)
    }
    for continuation in found { continuation.resume(returning: line) }
    guard message["method"] != nil, message["id"] != nil, let reply = answer(message) else { return }
    Task { await send(reply) }
  }

  static func message(_ line: String) -> Message {
    (try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? Message) ?? [:]
  }

  /// Everything that came out.
  var lines: [String] { state.withLock { $0.lines } }
  var messages: [Message] { lines.map(Self.message) }

  @discardableResult
  func send(_ line: String) async -> Bool {
    let server = server.withLock { $0 }
    return await server?.receive(line) ?? false
  }

  /// Waits for a message that has come or will come.
  func message(where isWanted: @escaping @Sendable (Message) -> Bool) async -> Message {
    let line = await withCheckedContinuation { continuation in
      let there = state.withLock { state -> String? in
        if let line = state.lines.last(where: { isWanted(Self.message($0)) }) { return line }
        state.waiting.append((isWanted, continuation))
        return nil
      }
      if let there { continuation.resume(returning: there) }
    }
    return Self.message(line)
  }

  /// Sends a request and waits for its answer.
  func request(_ identifier: Int, _ method: String, _ parameters: String = "{}") async -> Message {
    await send(#"{"jsonrpc":"2.0","id":\#(identifier),"method":"\#(method)","params":\#(parameters)}"#)
    return await message { $0["id"] as? Int == identifier && $0["method"] == nil }
  }

  /// The result of a request; empty for an error.
  func result(_ identifier: Int, _ method: String, _ parameters: String = "{}") async -> Message {
    await request(identifier, method, parameters)["result"] as? Message ?? [:]
  }

  func finish() async {
    let server = server.withLock { $0 }
    await server?.finish()
  }

  static let profile = #"""
    dramatis: 1
    character: Guard
    variables: { patience: { initial: 3, min: 0, max: 5 } }
    questions:
      isNight: { ask: Is it night? }
      threatened: { ask: Is there a threat?, cues: [kill] }
    machines:
      watch:
        states: { calm: "", wary: "", alarmed: "" }
        transitions:
          - { from: any, to: alarmed, when: threatened }
          - { from: [unactivated, calm], to: wary, when: isNight, set: { patience: patience - 1 } }
          - { from: wary, to: calm, when: not isNight }
    lines:
      - { when: watch == wary, say: [Who goes there?, Halt!, State your name.] }
      - { when: watch == calm, say: [Good day.] }
    """#

  /// A game with one instance, `instance-1` of `program-1`; identities count up.
  static func withGuard(
    helpers: Server.Helpers = Server.Helpers(),
    answer: @escaping @Sendable (Message) -> String? = { _ in nil }
  ) async throws -> Game {
    let game = Game(helpers: helpers, answer: answer)
    let text = String(decoding: try JSONEncoder().encode(profile), as: UTF8.self)
    _ = await game.request(1001, "load", #"{"text":\#(text)}"#)
    _ = await game.request(1002, "create", #"{"program":"program-1","name":"Guard 17","seed":7}"#)
    return game
  }
}
