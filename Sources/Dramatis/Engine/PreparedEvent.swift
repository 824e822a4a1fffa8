/// An event with everything resolved that a program reads of it.
///
/// Names are folded and texts looked up once, so that stepping on it costs no more than comparing numbers. A
/// game prepares each kind of event once; see ``Program/prepared(_:scene:)``. It belongs to the program that
/// prepared it.
public final class PreparedEvent: Sendable {
  /// Whom the event concerns, as far as it is known before a step.
  enum Concern: Sendable {
    case nobody
    case character
    /// Whomever the condition of the profile says.
    case ifRelevant
  }

  /// The program that prepared it.
  let identity: ProgramIdentity
  let concern: Concern
  /// The side on which the character stands if it is concerned.
  let side: Role
  let slots: Table<FlatValue>
  /// The candidates that the event leaves, list after list.
  private let candidates: Table<FlatCandidate>
  /// The places of the candidates for each state of all machines.
  private let lists: Table<Range<Int32>>
  /// The topics to read, in order.
  let topics: Table<Int>
  /// How many statements they can come to.
  let statementLimit: Int

  init(
    for flat: FlatProgram, concern: Concern, side: Role, slots: [FlatValue], topics: [Int] = []
  ) {
    identity = flat.identity
    self.concern = concern
    self.side = side
    self.slots = Table(slots)
    self.topics = Table(topics)
    statementLimit = topics.reduce(0) { $0 + flat.statementCounts[$1] }
    let left = flat.candidates(on: side, reading: self.slots)
    candidates = Table(left.candidates)
    lists = Table(left.lists)
  }

  /// The places of the candidates that leave a state, in the order written.
  ///
  /// - Parameter state: Its place among those of all machines.
  @inline(__always)
  func candidates(leaving state: Int) -> Range<Int> {
    let list = lists[state]
    return Range(uncheckedBounds: (Int(list.lowerBound), Int(list.upperBound)))
  }

  @inline(__always)
  func candidate(_ place: Int) -> FlatCandidate { candidates[place] }
}

extension FlatProgram {
  /// The candidates that an event leaves, list after list for the states of all machines.
  ///
  /// What guards begin with about the event is decided here, once. A guard that is thereby not yes, whatever
  /// else it says, leaves no candidate.
  func candidates(
    on side: Role, reading slots: borrowing Table<FlatValue>
  ) -> (candidates: [FlatCandidate], lists: [Range<Int32>]) {
    var left: [FlatCandidate] = []
    var lists: [Range<Int32>] = []
    left.reserveCapacity(candidates.count)
    lists.reserveCapacity(stayBiases.count)
    for state in 0..<stayBiases.count {
      let list = FlatMachine.list(from: state, in: side)
      let first = Int32(left.count)
      for place in listStarts[list]..<listStarts[list + 1] {
        let candidate = candidates[place]
        let way = end(of: candidate.way, reading: slots)
        if way != .end(0) { left.append(FlatCandidate(way: way, transition: candidate.transition)) }
      }
      lists.append(first..<Int32(left.count))
    }
    return (left, lists)
  }

  /// The way to the first decision that reads more than the event.
  private func end(of start: Int32, reading slots: borrowing Table<FlatValue>) -> Int32 {
    var way = start
    while way >= 0 {
      let decision = decisions[Int(way)]
      guard case .slot(let test) = decision.test else { break }
      way = slots.pass(test) ? decision.yes : decision.no
    }
    return way
  }
}
