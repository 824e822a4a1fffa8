/// What conditions read: a position, an event and the answers given so far.
struct Facts {
  var states: [Int]
  var beliefs: [[Double]]
  var variables: [Int]
  var commitments: [CommitmentProgress]
  let seed: UInt64
  let turn: Int
  let event: Event
  let role: Role
  let answers: Answers
  /// Whether `chance(q)` counts q instead of being drawn, as it does in probabilistic machines.
  var weighsChance = false

  init(_ snapshot: Snapshot, turn: Int, event: Event, role: Role, answers: Answers) {
    states = snapshot.states
    beliefs = snapshot.beliefs
    variables = snapshot.variables
    commitments = snapshot.commitments
    seed = snapshot.seed
    self.turn = turn
    self.event = event
    self.role = role
    self.answers = answers
  }

  /// The probability of a state: what is believed, or certainty.
  func probability(of state: Int, in machine: Int) -> Double {
    if beliefs[machine].isEmpty { states[machine] == state ? 1 : 0 } else { beliefs[machine][state] }
  }

  func draws(_ probability: Double, at site: Int) -> Bool {
    draw(seed: seed, turn: turn, site: DrawSite.chance(site, role)) < probability
  }
}
