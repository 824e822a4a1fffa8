/// What is asked of a language model.
public struct ModelRequest: Hashable, Sendable {
  /// One message of the conversation that is to be continued.
  public struct Message: Hashable, Sendable {
    /// Who speaks in it.
    public enum Role: String, Hashable, Sendable, CaseIterable {
      /// Whoever sets the rules.
      case system
      /// Whoever the model answers.
      case user
      /// The model.
      case assistant
    }

    /// Who speaks.
    public let role: Role
    /// What is said.
    public let text: String

    /// Makes a message.
    public init(_ role: Role, _ text: String) {
      self.role = role
      self.text = text
    }
  }

  /// The conversation, oldest first.
  public var messages: [Message]
  /// The longest reply in tokens; nil for the service's own limit.
  public var maxTokens: Int?
  /// How freely the next token is drawn, from 0; nil for the service's own value.
  public var temperature: Double?
  /// Makes the draw repeatable where the service can.
  public var seed: Int?
  /// Texts that end the reply.
  public var stop: [String]
  /// The shape that the reply must have, where the service can see to it.
  public var schema: OutputSchema?
  /// How many alternatives to the first token are wanted with their probabilities; 0 for none, at most 20.
  public var alternatives: Int
  /// Whether the reply comes in pieces.
  public var isStreamed: Bool
  /// How much the model may think before it answers; nil for as little as the service does unasked.
  public var reasoning: Reasoning?
  /// Further parameters by the names of the service, such as samplers.
  public var parameters: [JSONValue.Member] = []
  /// What it is for, where requests of several kinds take turns.
  public var purpose: Purpose?
  /// What a line will begin with that is asked for next; nil where that is not known.
  public var awaited: Beginning?

  /// Makes a request with the service's own settings.
  public init(
    _ messages: [Message], maxTokens: Int? = nil, temperature: Double? = nil, seed: Int? = nil,
    stop: [String] = [], schema: OutputSchema? = nil, alternatives: Int = 0, isStreamed: Bool = true,
    reasoning: Reasoning? = nil
  ) {
    self.messages = messages
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.seed = seed
    self.stop = stop
    self.schema = schema
    self.alternatives = min(max(alternatives, 0), 20)
    self.isStreamed = isStreamed
    self.reasoning = reasoning
  }
}

extension ModelRequest {
  /// What a request is for: those of one kind begin alike, and find their beginning in a cache if no others come between.
  public enum Purpose: Hashable, Sendable {
    /// A line of a character.
    case line(of: String)
    /// Answers to questions, of which so many requests of the same round come before.
    case questions(part: Int)
  }

  /// With what the next prompt for a line of a character will begin, as far as it is known.
  public struct Beginning: Hashable, Sendable {
    /// Who will speak.
    public let character: String
    /// What is known, oldest first.
    public var messages: [Message]

    /// Makes a beginning.
    public init(of character: String, _ messages: [Message]) {
      self.character = character
      self.messages = messages
    }
  }

  /// The messages behind those of a beginning; what the system says is said by the user then.
  func messages(behind beginning: Beginning) -> [Message] {
    guard let place = messages.firstIndex(where: { $0.role != .system }), messages[place].role == .user
    else { return messages }
    var before = beginning.messages
    let last = before.last?.role == .user ? before.removeLast().text : nil
    let texts = [last, Self.pause] + messages[...place].map(\.text)
    return before + [Message(.user, texts.compactMap(\.self).joined(separator: "\n\n"))]
      + messages[(place + 1)...]
  }

  /// What tells a model that it does not go on with the conversation.
  private static let pause = "[The conversation pauses here. For this one message you play nobody.]"
}

/// How much a model may think before it answers.
public enum Reasoning: Hashable, Sendable {
  /// Not at all, where it can be told so.
  case off
  /// A little.
  case low
  /// As much as most need.
  case medium
  /// A lot.
  case high
  /// So many tokens, at least 1.
  case tokens(Int)

  /// Reads `off`, `low`, `medium`, `high` or a number of tokens; nil for anything else.
  public init?(_ text: String) {
    switch text.lowercased() {
    case "off", "none", "false", "0": self = .off
    case "low": self = .low
    case "medium": self = .medium
    case "high": self = .high
    case let text:
      guard let tokens = Int(text), (1...100_000).contains(tokens) else { return nil }
      self = .tokens(tokens)
    }
  }

  /// How many tokens are allowed for it, over those of the reply.
  var room: Int {
    switch self {
    case .off: 0
    case .low: 1024
    case .medium: 4096
    case .high: 16_384
    case .tokens(let count): count
    }
  }

  /// The word for it that services with efforts have.
  var effort: String {
    switch self {
    case .off: "none"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .tokens(let count): count <= 1024 ? "low" : count <= 4096 ? "medium" : "high"
    }
  }
}

/// A JSON schema with a name, as services want it.
public struct OutputSchema: Hashable, Sendable {
  /// Letters, digits, `_` and `-`, no more than 64.
  public let name: String
  /// The schema.
  public let schema: JSONValue

  /// Makes a named schema.
  public init(name: String, _ schema: JSONValue) {
    self.name = name
    self.schema = schema
  }
}
