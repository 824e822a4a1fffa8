/// The window of recent events that questions are asked about.
public struct Scene: Hashable, Sendable {
  /// One event a line, `actor: text` or `text` alone, oldest first, joined by line feeds.
  public let text: String
  /// The newest event's text, which the questions are about.
  public let newest: String
  /// Who acts in the newest event, where that is known.
  let speaker: String?

  /// A scene given as a whole: all of it counts as newest.
  public init(_ text: String) {
    self.init(text: text, newest: text, speaker: nil)
  }

  private init(text: String, newest: String, speaker: String?) {
    self.text = text
    self.newest = newest
    self.speaker = speaker
  }

  /// The scene of an event after those that came before it.
  ///
  /// - Parameters:
  ///   - event: The newest event; a scene that it carries replaces everything else.
  ///   - earlier: The events before it, oldest first, of which those within the window count.
  ///   - window: How many events a scene holds, this one included.
  public init(of event: Event, after earlier: some BidirectionalCollection<Event>, window: Int) {
    if let scene = event.scene {
      self.init(scene)
      return
    }
    let recent = earlier.suffix(max(window, 1) - 1)
    let text = (recent + [event]).compactMap(Self.line).joined(separator: "\n")
    self.init(text: text, newest: event.text ?? "", speaker: event.actor)
  }

  private static func line(_ event: Event) -> String? {
    guard let text = event.text else { return nil }
    guard let actor = event.actor else { return text }
    return "\(actor): \(text)"
  }
}
