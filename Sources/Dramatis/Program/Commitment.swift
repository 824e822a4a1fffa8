/// A foreshadow, the trigger that makes it due and the payoff that settles it.
///
/// The triple is that of CFPG (arXiv 2601.07033). This version checks commitments and carries them; it does
/// not run them: every one stays ``CommitmentStatus/planned``.
public struct Commitment: Hashable, Sendable, Codable {
  /// The name that conditions use.
  public let name: String
  /// The set-up that owes something.
  public let foreshadow: String
  /// The condition that makes it due.
  public let trigger: Condition
  /// The concrete event that settles it.
  public let payoff: String
  /// When the foreshadow enters; nil for at once.
  public let plant: Condition?
  /// Turns after planting before which the trigger is not looked at.
  public let notBefore: Int
  /// Turns after the trigger within which it has to be paid.
  public let dueWithin: Int?
  /// Indices of the commitments that must be paid first.
  public let after: [Int]
  /// Which goes first when several are due; higher first.
  public let priority: Int
  /// The member of the cast who pays; nil for the profile's character.
  public let owner: String?
  /// When it is given up.
  public let abandonWhen: Condition?

  package init(
    name: String, foreshadow: String, trigger: Condition, payoff: String, plant: Condition?,
    notBefore: Int, dueWithin: Int?, after: [Int], priority: Int, owner: String?, abandonWhen: Condition?
  ) {
    self.name = name
    self.foreshadow = foreshadow
    self.trigger = trigger
    self.payoff = payoff
    self.plant = plant
    self.notBefore = notBefore
    self.dueWithin = dueWithin
    self.after = after
    self.priority = priority
    self.owner = owner
    self.abandonWhen = abandonWhen
  }
}

/// How far a commitment has come.
public enum CommitmentStatus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Written in the profile, not yet in the story.
  case planned
  /// Its foreshadow is in the story.
  case planted
  /// Its trigger held: the payoff is due.
  case triggered
  /// Settled.
  case paid
  /// Given up.
  case abandoned
}
