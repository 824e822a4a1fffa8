/// What a language model answered.
public struct Completion: Hashable, Sendable {
  /// The whole text, without reasoning and the marks of templates.
  public let text: String
  /// Why it ended.
  public let finish: FinishReason
  /// What it cost in tokens; nil where the service does not say.
  public let usage: Usage?
  /// How long it took.
  public let latency: Latency
  /// The model that the service says has answered.
  public let model: String?
  /// The likeliest first tokens, if they were asked for and the service has them.
  public let alternatives: [TokenAlternative]
  /// What was taken out of the text, in its order; of very much only the beginning.
  public let removed: [String]
  /// What the model thought, where the service tells it apart from the text.
  public let thought: String

  /// Makes a completion; for conformances of your own.
  public init(
    text: String, finish: FinishReason = .stop, usage: Usage? = nil, latency: Latency = Latency(),
    model: String? = nil, alternatives: [TokenAlternative] = [], removed: [String] = [], thought: String = ""
  ) {
    self.text = text
    self.finish = finish
    self.usage = usage
    self.latency = latency
    self.model = model
    self.alternatives = alternatives
    self.removed = removed
    self.thought = thought
  }
}

/// Why a reply ended.
public enum FinishReason: String, Hashable, Sendable, CaseIterable {
  /// The model was done, or came to a text that ends the reply.
  case stop
  /// The reply was cut at the limit of tokens.
  case length
  /// The service held something back.
  case filtered
  /// The service failed in the middle, and says so as the reason; what is there is thrown away.
  case failed
  /// The service did not say, or said something else.
  case unstated
}

/// Tokens that a request took.
public struct Usage: Hashable, Sendable {
  /// Tokens of the prompt, those from a cache included.
  public let prompt: Int
  /// Tokens of the reply, its reasoning included.
  public let reply: Int
  /// Tokens of the prompt that the service had in its cache.
  public let cached: Int

  /// Makes a count of tokens.
  public init(prompt: Int, reply: Int, cached: Int = 0) {
    self.prompt = prompt
    self.reply = reply
    self.cached = cached
  }
}

/// How long a reply took.
public struct Latency: Hashable, Sendable {
  /// From the request to the first piece of text; nil where there was none.
  public let firstText: Duration?
  /// From the request to the end.
  public let total: Duration

  /// Makes a latency.
  public init(firstText: Duration? = nil, total: Duration = .zero) {
    self.firstText = firstText
    self.total = total
  }
}

/// A token that could have stood first, with the logarithm of its probability.
public struct TokenAlternative: Hashable, Sendable {
  /// The token's text.
  public let text: String
  /// The natural logarithm of its probability.
  public let logProbability: Double

  /// Makes an alternative.
  public init(_ text: String, logProbability: Double) {
    self.text = text
    self.logProbability = logProbability
  }
}
