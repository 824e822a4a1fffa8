extension FlatProgram {
  /// The candidates that an event leaves, list after list for the states of all machines.
  ///
  /// What guards begin with about the event is decided here, once. A guard that is thereby not yes, whatever
  /// else it says, leaves no candidate.
  func candidates(
    on side: Role, _ slots: borrowing Table<FlatValue>
  ) -> (candidates: [FlatCandidate], lists: [Range<Int32>]) {
    var left: [FlatCandidate] = []
    var lists: [Range<Int32>] = []
    left.reserveCapacity(candidates.count)
    lists.reserveCapacity(stayBiases.count)
    for state in 0..<stayBiases.count {
      let list = FlatMachine.list(from: state, side)
      let first = Int32(left.count)
      for place in listStarts[list]..<listStarts[list + 1] {
        let candidate = candidates[place]
        let way = decided(candidate.way, slots)
        if way != .end(0) { left.append(FlatCandidate(way: way, transition: candidate.transition)) }
      }
      lists.append(first..<Int32(left.count))
    }
    return (left, lists)
  }

  /// The way to the first decision that reads more than the event.
  private func decided(_ start: Int32, _ slots: borrowing Table<FlatValue>) -> Int32 {
    var way = start
    while way >= 0 {
      let decision = decisions[Int(way)]
      guard case .slot(let test) = decision.test else { break }
      way = slots.pass(test) ? decision.yes : decision.no
    }
    return way
  }
}
