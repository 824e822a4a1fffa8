/// What a condition asks of the scene, answered yes, no or unknown.
public struct Question: Hashable, Sendable, Codable {
  /// What a question's cues are looked for in.
  public enum Reach: String, Hashable, Sendable, Codable, CaseIterable {
    /// The newest event's text.
    case newest
    /// What others said within the scene.
    case scene
    /// What anybody said within the scene, the character too.
    case all
  }

  /// The part of a text in which a question's cues count.
  public enum Part: String, Hashable, Sendable, Codable, CaseIterable {
    /// What is not between stars.
    case speech
    /// What is between stars: `*nods*`.
    case action
  }

  /// The author's name for it; nil for a question written as `ask("…")`.
  public let name: String?
  /// What is asked, in words, byte for byte as written.
  public let text: String
  /// Phrases whose presence means yes.
  public let cues: [String]
  /// Phrases whose presence means no.
  public let counterCues: [String]
  /// Where the cues are looked for.
  public let reach: Reach
  /// The part in which they count; nil where it does not matter.
  public let part: Part?
  /// True where they count in what somebody else is said to have said; nil otherwise.
  private let reported: Bool?
  /// The answer when nobody could tell.
  public let otherwise: Answer?

  package init(
    name: String?, text: String, cues: [String] = [], counterCues: [String] = [],
    reach: Reach = .newest, part: Part? = nil, countsReported: Bool = false, otherwise: Answer? = nil
  ) {
    self.name = name
    self.text = text
    self.cues = cues
    self.counterCues = counterCues
    self.reach = reach
    self.part = part
    reported = countsReported ? true : nil
    self.otherwise = otherwise
  }

  /// Whether its cues count in speech that the text gives to somebody else.
  public var countsReported: Bool { reported ?? false }

  /// The name, or the text of a question that has none.
  public var key: String { name ?? text }
}
