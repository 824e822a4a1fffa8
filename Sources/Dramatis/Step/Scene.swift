/// The window of recent events that questions are asked about.
public struct Scene: Hashable, Sendable {
  /// One event a line, `actor: text` or `text` alone, oldest first, joined by line feeds.
  public let text: String
  /// The newest event's text, which the questions are about.
  public let newest: String
  /// Who acts in the newest event, where that is known.
  package let speaker: String?
  /// What was said, without the names of who said it.
  private let said: [Utterance]

  private struct Utterance: Hashable {
    let text: String
    /// Whether the character said it whose questions are asked.
    let isOwn: Bool
  }

  /// A scene given as a whole: all of it counts as newest.
  public init(_ text: String) {
    self.init(text: text, newest: text, said: [Utterance(text: text, isOwn: false)], speaker: nil)
  }

  private init(text: String, newest: String, said: [Utterance], speaker: String?) {
    self.text = text
    self.newest = newest
    self.said = said
    self.speaker = speaker
  }

  /// The text in which the cues of a question are looked for.
  ///
  /// Over the scene these are the texts of its events without the names of their speakers: who speaks is not what was
  /// said. What the character said itself counts only for a question about all of it.
  public func text(for reach: Question.Reach) -> String {
    switch reach {
    case .newest: newest
    case .scene: said.filter { !$0.isOwn }.map(\.text).joined(separator: "\n")
    case .all: said.map(\.text).joined(separator: "\n")
    }
  }

  /// The scene of an event after those that came before it.
  ///
  /// - Parameters:
  ///   - event: The newest event; a scene that it carries replaces everything else.
  ///   - earlier: The events before it, oldest first, of which those within the window count.
  ///   - window: How many events a scene holds, this one included.
  ///   - character: Whose questions are asked about it, to tell its own lines from what others said.
  public init(
    of event: Event, after earlier: some BidirectionalCollection<Event>, window: Int,
    for character: Program? = nil
  ) {
    if let scene = event.scene {
      self.init(scene)
      return
    }
    let recent = earlier.suffix(max(window, 1) - 1)
    let events = recent + [event]
    self.init(
      text: events.compactMap(Self.line).joined(separator: "\n"), newest: event.text ?? "",
      said: events.compactMap { event in
        event.text.map { Utterance(text: $0, isOwn: character?.isActor(of: event) ?? false) }
      }, speaker: event.actor)
  }

  private static func line(_ event: Event) -> String? {
    guard let text = event.text else { return nil }
    guard let actor = event.actor else { return text }
    return "\(actor): \(text)"
  }
}
