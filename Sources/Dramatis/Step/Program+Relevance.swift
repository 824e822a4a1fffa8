extension Program {
  /// Whether the character perceives an event: acts in it, is addressed, or is present.
  func perceives(_ event: Event) -> Bool {
    guard let present = event.present else { return true }
    return isActor(of: event) || present.contains(where: isCalled)
      || (event.to ?? []).contains(where: isCalled)
  }

  /// Whether the character acts in an event.
  func isActor(of event: Event) -> Bool {
    event.actor.map(isCalled) ?? false
  }

  /// The side on which the character stands in an event, if it is relevant at all.
  func side(in event: Event) -> Role {
    isActor(of: event) ? .active : .passive
  }

  /// The local rule: the character is addressed, or mentioned by name or alias.
  ///
  /// An event that names nobody in ``Event/to`` addresses everyone present.
  func concerns(_ event: Event, _ scene: Scene) -> Bool {
    guard let addressed = event.to else { return true }
    return addressed.contains(where: isCalled) || scene.newest.mentions(anyOf: [character] + aliases)
  }

  /// What the relevance of an event can still come to.
  func relevance(of event: Event, in scene: Scene, _ outlook: Outlook) -> Outcomes {
    if isActor(of: event) { return .yes }
    guard perceives(event) else { return .no }
    if let relevance { return outlook.outcomes(of: relevance) }
    return Outcomes(Truth(concerns(event, scene)))
  }
}
