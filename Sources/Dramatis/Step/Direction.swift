/// In which direction a line is to go: a wish of a person, or the director's.
///
/// It never moves a state.
public struct Direction: Hashable, Sendable {
  /// Whose wish it is.
  public enum Origin: String, Hashable, Sendable, Codable, CaseIterable {
    /// Somebody who reads or plays wishes it.
    case person
    /// The story goes on by itself, and something is owed.
    case director
  }

  /// What is wished, in words; of the director what is to come about, as a question.
  ///
  /// Empty takes a lasting wish back.
  public let text: String
  /// Whose wish it is.
  public let origin: Origin
  /// Whether it holds until it is taken back, and not for one line alone.
  public let lasts: Bool
  /// The commitment that it makes due, by name; nil for a person's.
  public let commitment: String?

  /// Makes a person's wish.
  ///
  /// - Parameters:
  ///   - text: What is wished; empty to take back what lasts.
  ///   - lasts: Whether it holds until it is taken back.
  public init(_ text: String, lasts: Bool = false) {
    self.init(text: text, origin: .person, lasts: lasts, commitment: nil)
  }

  /// Makes the director's.
  init(toward question: String, for commitment: String) {
    self.init(text: question, origin: .director, lasts: false, commitment: commitment)
  }

  private init(text: String, origin: Origin, lasts: Bool, commitment: String?) {
    self.text = text
    self.origin = origin
    self.lasts = lasts
    self.commitment = commitment
  }
}

extension Direction: Codable {
  private enum Key: String, CodingKey {
    case text, lasting, origin, commitment
  }

  /// Reads a text, which is a wish for one line, or an object that says more.
  public init(from decoder: any Decoder) throws {
    if let text = try? decoder.singleValueContainer().decode(String.self) {
      self.init(text)
      return
    }
    let container = try decoder.container(keyedBy: Key.self)
    self.init(
      text: try container.decode(String.self, forKey: .text),
      origin: try container.decodeIfPresent(Origin.self, forKey: .origin) ?? .person,
      lasts: try container.decodeIfPresent(Bool.self, forKey: .lasting) ?? false,
      commitment: try container.decodeIfPresent(String.self, forKey: .commitment))
  }

  /// Writes the text alone where there is no more to say.
  public func encode(to encoder: any Encoder) throws {
    guard self != Direction(text) else {
      var container = encoder.singleValueContainer()
      return try container.encode(text)
    }
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(text, forKey: .text)
    if lasts { try container.encode(lasts, forKey: .lasting) }
    if origin != .person { try container.encode(origin, forKey: .origin) }
    try container.encodeIfPresent(commitment, forKey: .commitment)
  }
}
