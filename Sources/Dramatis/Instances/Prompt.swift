/// What a language model of one's own is told so that it speaks as a character.
///
/// Plain messages, which any service takes. What never changes stands first, so that a model's cache of prefixes holds.
public struct Prompt: Hashable, Sendable, Codable {
  /// Who says a message.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// What is true of the character in every turn.
    case system
    /// What others said, and at last what holds in this turn.
    case user
    /// What the character said.
    case assistant
  }

  /// One message.
  public struct Message: Hashable, Sendable, Codable {
    /// Who says it.
    public let role: Role
    /// What is said.
    public let text: String
  }

  /// The messages in order; neighbours are of different roles.
  public let messages: [Message]
}

extension Instance {
  /// What to tell a model, after a turn with the voice ``Voice/own``; its line goes to ``say(_:answering:)``.
  ///
  /// - Parameter user: Who is spoken to where nobody acts in the event.
  /// - Throws: ``InstanceError/nothingToSay``.
  public func prompt(user: String = "stranger") throws(InstanceError) -> Prompt {
    Prompt(for: try lineRequest(), user: user)
  }
}

extension Prompt {
  /// The prompt for a line.
  ///
  /// - Parameters:
  ///   - request: What the line is to be spoken from.
  ///   - user: Who is spoken to where nobody acts in the event.
  public init(for request: LineRequest, user: String = "stranger") {
    let program = request.program
    let history = request.event.scene == nil ? request.history : []
    let told = history.compactMap { event in
      event.text.map { text in
        event.actor.map(program.isCalled) ?? false
          ? Message(role: .assistant, text: text)
          : Message(role: .user, text: Self.text(text, by: event.actor))
      }
    }
    let direction = Self.direction(for: request)
    let newest = Self.text(request.event.text ?? request.event.scene ?? "", by: request.event.actor)
    let last = direction.isEmpty ? newest : "\(newest)\n\n[\(direction.joined(separator: "\n"))]"
    messages =
      [Message(role: .system, text: Self.character(program).replacing("{user}", with: user))]
      + Self.merged(told + [Message(role: .user, text: last.replacing("{user}", with: user))])
  }

  private static func text(_ said: String, by actor: String?) -> String {
    actor.map { "\($0): \(said)" } ?? said
  }

  private static func character(_ program: Program) -> String {
    let examples = program.examples.map { "\($0.event)\n\(program.character): \($0.line)" }
    let parts = [
      "You are \(program.character). \(program.summary)",
      program.voice.isEmpty ? "" : "Voice: \(program.voice)",
      program.setting.isEmpty ? "" : "Setting: \(program.setting)",
      examples.isEmpty ? "" : "Examples:\n" + examples.joined(separator: "\n\n"),
      "Say what \(program.character) says and does next, in a few sentences of plain text. Speak for nobody else.",
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// What holds in this turn: states, statements, and what the line owes.
  private static func direction(for request: LineRequest) -> [String] {
    let program = request.program
    let states = program.machines.indices.compactMap { index -> String? in
      let machine = program.machines[index]
      let state = machine.states[request.snapshot.states[index]]
      return state.description.isEmpty ? nil : "- \(machine.name): \(state.description)"
    }
    let statements = request.selection.statements.map { "- \(program.statements[$0.statement])" }
    let due = request.grounding.due.map {
      "- In this reply this happens, as a concrete event: \(program.commitments[$0].payoff)"
    }
    let all = states + statements + due
    return all.isEmpty ? [] : ["For \(program.character) only:"] + all
  }

  /// Neighbours of one role become one message, and the first is a user's: many templates insist on both.
  private static func merged(_ messages: [Message]) -> [Message] {
    var merged: [Message] = messages.first?.role == .assistant ? [Message(role: .user, text: "…")] : []
    for message in messages {
      if let last = merged.last, last.role == message.role {
        merged[merged.count - 1] = Message(role: last.role, text: last.text + "\n" + message.text)
      } else {
        merged.append(message)
      }
    }
    return merged
  }
}
