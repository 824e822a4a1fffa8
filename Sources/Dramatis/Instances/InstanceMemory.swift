/// What a character remembers besides where it stands.
struct InstanceMemory: Hashable, Sendable {
  /// What it perceived, oldest first: as many events as the program's window holds.
  var heard: [HeardEvent] = []
  /// What it said lately.
  var spoken: [SpokenEvent] = []
  /// Kept only where the program has a budget of statements, since nothing else reads it.
  var firings = FiringHistory()
  /// The line of somebody else that was heard last, on which the character stepped when it was said.
  var known: HeardEvent?
  /// Its last steps, for whoever looks for a mistake.
  var steps = StepRing()

  /// Remembers an event, and no more of them than a scene holds.
  mutating func hear(_ event: HeardEvent, window: Int) {
    let most = max(window, 1)
    if heard.count >= most { heard.removeFirst(heard.count - most + 1) }
    heard.append(event)
  }
}

/// An event as it is remembered: who said what.
struct HeardEvent: Hashable, Sendable, Codable {
  let actor: String?
  let text: String

  /// The same as an event.
  var event: Event { Event(actor: actor, text: text) }
}

extension HeardEvent {
  /// What is remembered of an event; nil for one without a text.
  init?(_ event: Event) {
    guard let text = event.text else { return nil }
    self.init(actor: event.actor, text: text)
  }
}

/// A line as the character remembers it.
struct SpokenEvent: Hashable, Sendable {
  let turn: Int
  let line: SpokenLine
}
