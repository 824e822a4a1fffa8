import Dramatis
import DramatisLLM

/// One instance of the game, whose requests are done one after the other.
actor HostedInstance {
  nonisolated let identity: String
  /// Which of the server's programs it is of, by identity; that stays when the program is loaded anew.
  nonisolated let programIdentity: String
  /// Keeps the requests in order; a turn that waits for somebody lets no other one in.
  nonisolated let mailbox = Mailbox()
  private var instance: Instance
  /// What the last step did: on the event, and on the line that was said.
  private var last: [InstanceTurn] = []

  init(_ instance: Instance, identity: String, programIdentity: String) {
    self.instance = instance
    self.identity = identity
    self.programIdentity = programIdentity
  }

  /// What a turn is to be taken on, and by whom it is helped.
  struct TurnOrder: Sendable {
    let event: Event
    let answers: [String: Answer]
    let speaker: Speaker
    /// Whether the game is asked what is not answered, before the cues are.
    let asksGame: Bool
    /// Who else is asked, before the cues are.
    let discriminator: (any Discriminator)?
    let patience: Patience
    let outbox: Outbox
  }

  /// Who finds the words of a turn.
  enum Speaker: Sendable {
    case nobody
    case profile
    case game
    case model(any Performer)
  }

  /// What an order came to.
  enum Outcome {
    case taken(Taken)
    case cancelled
  }

  /// What a turn did.
  struct Taken {
    let turns: [InstanceTurn]
    let late: [String]
    let before: Instance
    let after: Instance
    var line: String? { turns.compactMap(\.line).last }
  }

  /// Where the instance stands.
  var current: Instance { instance }

  /// Changes the instance by hand; it stays as it was where this throws.
  func change(_ body: @Sendable (inout Instance) throws(InstanceError) -> Void) throws(InstanceError)
    -> (before: Instance, after: Instance)
  {
    let before = instance
    var changed = instance
    try body(&changed)
    instance = changed
    return (before, changed)
  }

  /// Goes on with another program.
  func move(to program: Program) throws(InstanceError) -> [SnapshotChange] {
    let restored = try Instance.restored(from: instance.saved, of: program)
    instance = restored.instance
    last = []
    return restored.changes
  }

  /// How the last step came about; empty before the first one.
  var account: [InstanceTurn] { last }

  /// Takes a turn; the instance moves in the end or not at all.
  ///
  /// A turn does not wait, whoever is asked may: so it is tried on a copy with what is known, and again with what it was found to
  /// lack, until it lacks nothing.
  func take(_ order: TurnOrder) async throws(InstanceError) -> Outcome {
    let book = AnswerBook(order, identity: identity)
    let voice = order.speaker.voice
    guard
      var (taken, turns) = try await book.attempt({ book throws(InstanceError) in
        var copy = instance
        let turn = try copy.turn(order.event, voice: voice, answering: book.answer)
        return (copy, [turn])
      })
    else { return .cancelled }
    if voice == .own, let request = try? taken.lineRequest(), let prompt = try? taken.prompt() {
      switch await line(prompt, from: request, for: order) {
      case .cancelled: return .cancelled
      case .value(let line?):
        let silent = taken
        guard
          let (speaking, said) = try await book.attempt({ book throws(InstanceError) in
            var copy = silent
            let turn = try copy.say(line, answering: book.answer)
            return (copy, [turn])
          })
        else { return .cancelled }
        taken = speaking
        turns += said
      case .value(nil): break
      case .late:
        // The profile speaks where nobody else does in time; it asks nobody.
        book.isOpen = false
        book.late.append("line")
        taken = instance
        turns = [try taken.turn(order.event, voice: .authored, answering: book.answer)]
      }
    }
    let before = instance
    instance = taken
    last = turns
    return .taken(Taken(turns: turns, late: book.late, before: before, after: taken))
  }

  /// What somebody else finds to say: nil where they stay silent, and late where there is no answer that can be used.
  private func line(
    _ prompt: Prompt, from request: LineRequest, for order: TurnOrder
  ) async -> Patience.End<String?> {
    switch order.speaker {
    case .nobody, .profile: return .value(nil)
    case .model(let performer):
      let end = await order.patience.result { () -> Result<String?, any Error> in
        do { return .success(try await performer.line(for: request)?.text) } catch { return .failure(error) }
      }
      switch end {
      case .value(.success(let line)): return .value(line)
      case .value(.failure), .late: return .late
      case .cancelled: return .cancelled
      }
    case .game:
      let parameters: JSONValue = [
        "instance": .string(identity), "name": .string(instance.name), "prompt": JSONValue(prompt),
      ]
      switch await order.outbox.ask(.speak, with: parameters, patience: order.patience) {
      case .value(let answer?):
        guard let line = answer["line"], line != .null else { return .value(nil) }
        return line.text.map { .value($0.isEmpty ? nil : $0) } ?? .late
      case .value(nil), .late: return .late
      case .cancelled: return .cancelled
      }
    }
  }
}

extension HostedInstance.Speaker {
  fileprivate var voice: Instance.Voice {
    switch self {
    case .nobody: .silent
    case .profile: .authored
    case .game, .model: .own
    }
  }
}

extension JSONValue {
  /// A prompt as the game gets it.
  init(_ prompt: Prompt) {
    let messages = prompt.messages.map { message -> JSONValue in
      ["role": .string(message.role.rawValue), "text": .string(message.text)]
    }
    self = ["messages": .array(messages)]
  }
}
