/// Writes the character's line from what a turn's step says.
///
/// A performer whose lines come bit by bit passes each bit to ``LineRequest/show``. Where its task is cancelled, by
/// ``Session/stopSpeaking()``, it may return what it has shown so far, which is then the line; else it throws.
public protocol Performer: Sendable {
  /// Whether lines are chosen among those of the profile, so that their conditions need answers.
  var choosesAuthoredLines: Bool { get }

  /// Writes a line.
  ///
  /// - Returns: What the character says; nil to stay silent.
  func line(for request: LineRequest) async throws -> SpokenLine?
}

extension Performer {
  /// False unless a performer says otherwise.
  public var choosesAuthoredLines: Bool { false }
}

/// Why a line ends before its end.
public enum LineCut: String, Hashable, Sendable, Codable, CaseIterable {
  /// It came to the limit of tokens.
  case length
  /// The service held the rest back.
  case filtered
  /// The user stopped it.
  case stopped
}

/// What a character says, and which of the profile's texts it is, if it is one.
public struct SpokenLine: Hashable, Sendable {
  /// For how many turns a text is not said again while another fits.
  static let memory = 8

  /// The words.
  public let text: String
  /// The place of the text among all texts of the profile's lines; nil for words made for the occasion.
  public let authored: Int?
  /// Why the line ends before its end; nil where it is whole.
  public let cut: LineCut?
  /// What a model wrote besides, and nobody said; in order.
  public let leftOut: [String]
  /// What is wrong with it and could not be mended.
  public let flaws: [LineFlaw]

  /// Makes a line of words made for the occasion.
  ///
  /// - Parameters:
  ///   - cut: Why it ends before its end; nil where it is whole.
  ///   - leftOut: What a model wrote besides.
  ///   - flaws: What is wrong with it and could not be mended.
  public init(_ text: String, cut: LineCut? = nil, leftOut: [String] = [], flaws: [LineFlaw] = []) {
    self.init(text, authored: nil, cut: cut, leftOut: leftOut, flaws: flaws)
  }

  init(
    _ text: String, authored: Int?, cut: LineCut? = nil, leftOut: [String] = [], flaws: [LineFlaw] = []
  ) {
    self.text = text
    self.authored = authored
    self.cut = cut
    self.leftOut = leftOut
    self.flaws = flaws
  }
}

/// All that a performer may speak from.
public struct LineRequest: Sendable {
  /// The character's program.
  public let program: Program
  /// Where the character stands after the event.
  public let snapshot: Snapshot
  /// The event to which the line responds.
  public let event: Event
  /// The event among those before it.
  public let scene: Scene
  /// The events with a text that the character perceived before this one, oldest first: the last 400 or a few more.
  public let history: [Event]
  /// States, statements and role of this turn.
  public let grounding: Grounding
  /// Which of the grounding's statements to speak from: all that the budget has room for.
  public let selection: StatementSelection
  /// The answers of this turn's rounds.
  public let answers: Answers
  /// What the character said in the last eight turns, oldest first.
  public let recentLines: [SpokenLine]
  /// How many lines were already made for this turn.
  public let attempt: Int
  /// The line that is to go on, so that what is returned begins with it; nil for a new one.
  public let beginning: SpokenLine?
  /// What lore tells in this turn, by its place.
  public let lore: LorePlacement
  /// What lasts, what is new, who is there, and where the line is to go.
  public let situation: Situation
  /// Takes the line bit by bit while it is made; what was shown and what is returned must be the same text.
  public let show: @Sendable (String) -> Void
  /// Takes how many of the oldest events of the history the performer had no room for, so that they can be summed up.
  public var noteUntold: @Sendable (Int) -> Void = { _ in }
}
