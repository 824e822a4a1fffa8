/// What conditions read: a position, an event and the answers given so far.
struct Facts {
  var states: [Int]
  var variables: [Int]
  let commitments: [CommitmentStatus]
  let seed: UInt64
  let turn: Int
  let event: Event
  let answers: Answers

  init(_ snapshot: Snapshot, turn: Int, event: Event, answers: Answers) {
    states = snapshot.states
    variables = snapshot.variables
    commitments = snapshot.commitments
    seed = snapshot.seed
    self.turn = turn
    self.event = event
    self.answers = answers
  }

  func draws(_ probability: Double, at site: Int) -> Bool {
    draw(seed: seed, turn: turn, site: site) < probability
  }
}
