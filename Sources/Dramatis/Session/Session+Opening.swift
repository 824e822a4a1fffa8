extension Session {
  /// Lets everyone hear how a story opens; it moves nothing, and no turn passes.
  ///
  /// - Parameter text: What happens; with an empty one nothing does.
  /// - Throws: ``SessionError/turnInProgress``.
  public func open(with text: String) throws(SessionError) {
    guard !isTakingTurn else { throw .turnInProgress }
    guard !text.isEmpty else { return }
    moment.open(with: text)
    record(.opening(OpeningEntry(text: text)), after: transcript.head)
  }
}

extension Moment {
  /// Lets everyone perceive something that nobody does.
  mutating func open(with text: String) {
    for index in members.indices { members[index].hear(Event(text: text)) }
  }
}
