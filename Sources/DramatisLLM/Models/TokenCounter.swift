/// Counts the tokens of a prompt without the model's vocabulary, by what the service counted before.
public struct TokenCounter: Hashable, Sendable {
  /// Bytes of text a token, between 1 and 8; 3.5 until something was counted.
  public private(set) var bytesPerToken = 3.5
  /// What surrounds a message in a template.
  private static let tokensPerMessage = 6

  /// Makes a counter that has learnt nothing.
  public init() {}

  /// The tokens of a text of so many bytes, rather one too many.
  public func tokens(bytes: Int) -> Int {
    bytes == 0 ? 0 : Int(Double(bytes) / bytesPerToken) + 1
  }

  /// The tokens of a prompt.
  public func tokens(in messages: [ModelRequest.Message]) -> Int {
    messages.reduce(0) { $0 + tokens(bytes: $1.text.utf8.count) + Self.tokensPerMessage }
  }

  /// Takes what the service has counted for what it is, rather one too many.
  mutating func trust(_ counted: Int, for messages: [ModelRequest.Message]) {
    let bytes = messages.reduce(0) { $0 + $1.text.utf8.count }
    let tokens = counted - messages.count * Self.tokensPerMessage
    guard bytes > 0, tokens > 0 else { return }
    bytesPerToken = min(max(Double(bytes) / Double(tokens), 1), 8)
  }

  /// Learns from a prompt that the service has counted; the newest count weighs one quarter.
  public mutating func learn(from messages: [ModelRequest.Message], counted: Int) {
    let bytes = messages.reduce(0) { $0 + $1.text.utf8.count }
    let tokens = counted - messages.count * Self.tokensPerMessage
    guard bytes > 0, tokens > 0 else { return }
    let ratio = min(max(Double(bytes) / Double(tokens), 1), 8)
    bytesPerToken = 0.75 * bytesPerToken + 0.25 * ratio
  }
}
