/// How long a service may take, and how much it may send.
public struct TransferLimits: Hashable, Sendable {
  /// Until a connection stands, TLS included.
  public var connect: Duration
  /// From the request to the first text of the reply, or to all of one that is not streamed.
  public var firstText: Duration
  /// Between two texts of a reply; a keep-alive is no text.
  public var betweenTexts: Duration
  /// From the request to the end of the reply.
  public var total: Duration
  /// The longest reply in bytes, with everything around the text.
  public var bytes: Int

  /// Makes limits; the defaults suit a hosted service and a model on a slow machine alike.
  public init(
    connect: Duration = .seconds(10), firstText: Duration = .seconds(120),
    betweenTexts: Duration = .seconds(60), total: Duration = .seconds(600), bytes: Int = 16 << 20
  ) {
    self.connect = connect
    self.firstText = firstText
    self.betweenTexts = betweenTexts
    self.total = total
    self.bytes = bytes
  }
}

/// Which of the limits on time was reached.
public enum TimeLimit: String, Hashable, Sendable, CaseIterable {
  /// ``TransferLimits/connect``.
  case connect
  /// ``TransferLimits/firstText``.
  case firstText = "first text"
  /// ``TransferLimits/betweenTexts``.
  case betweenTexts = "between texts"
  /// ``TransferLimits/total``.
  case total
}
