/// A foreshadow, the trigger that makes it due and the payoff that settles it.
///
/// The triple is that of CFPG (arXiv 2601.07033). Where one stands is a ``CommitmentProgress``.
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
  /// On how many of the last turns the trigger has to hold; nil for the one turn that matters.
  public let hold: Hold?
  /// The least probability of yes with which the trigger holds; nil for any above one half.
  public let certainty: Double?
  /// The questions about the character's lines that decide what was written.
  public let checks: Checks?
  /// The story that shares it among its cast; nil for a profile's own.
  public let story: String?

  /// On how many of the last turns a trigger has to hold, against false alarms.
  public struct Hold: Hashable, Sendable, Codable {
    /// How many turns it takes.
    public let count: Int
    /// Out of how many of the last ones on which it was evaluated.
    public let window: Int

    package init(count: Int, window: Int) {
      self.count = count
      self.window = window
    }
  }

  /// The questions that are asked about a line, as indices into `program.questions`.
  public struct Checks: Hashable, Sendable, Codable {
    /// Whether the foreshadow was written.
    public let planted: Int?
    /// Whether the payoff was, when it was due.
    public let paid: Int?
    /// Whether the payoff was, before it was due.
    public let early: Int?

    package init(planted: Int?, paid: Int?, early: Int?) {
      self.planted = planted
      self.paid = paid
      self.early = early
    }
  }

  package init(
    name: String, foreshadow: String, trigger: Condition, payoff: String, plant: Condition?,
    notBefore: Int, dueWithin: Int?, after: [Int], priority: Int, owner: String?, abandonWhen: Condition?,
    hold: Hold? = nil, certainty: Double? = nil, checks: Checks? = nil, story: String? = nil
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
    self.hold = hold
    self.certainty = certainty
    self.checks = checks
    self.story = story
  }

  /// The same commitment decided by other conditions and checks.
  package func with(
    trigger: Condition, plant: Condition?, abandonWhen: Condition?, checks: Checks?
  ) -> Commitment {
    Commitment(
      name: name, foreshadow: foreshadow, trigger: trigger, payoff: payoff, plant: plant,
      notBefore: notBefore, dueWithin: dueWithin, after: after, priority: priority, owner: owner,
      abandonWhen: abandonWhen, hold: hold, certainty: certainty, checks: checks, story: story)
  }

  /// The same commitment paid by somebody else.
  func owned(by owner: String) -> Commitment {
    Commitment(
      name: name, foreshadow: foreshadow, trigger: trigger, payoff: payoff, plant: plant,
      notBefore: notBefore, dueWithin: dueWithin, after: after, priority: priority, owner: owner,
      abandonWhen: abandonWhen, hold: hold, certainty: certainty, checks: checks, story: story)
  }

  /// The conditions that decide it.
  package var conditions: [Condition] { [trigger, plant, abandonWhen].compactMap(\.self) }

  /// How many of the last turns can be looked at.
  package static let holdWindows = 1...32
  /// The probabilities that can be asked of a trigger.
  package static let certainties = 0.5...1.0
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

  /// Whether something can still become of it.
  public var isOpen: Bool { self != .paid && self != .abandoned }
}

extension Commitment.Checks {
  /// The question of a check.
  subscript(check: CommitmentCheck) -> Int? {
    switch check {
    case .planted: planted
    case .paid: paid
    case .early: early
    }
  }
}
