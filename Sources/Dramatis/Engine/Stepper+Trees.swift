extension Stepper {
  /// A node's statements, then what its gates open, depth first (CDT, arXiv 2601.10080).
  mutating func readTrees(_ position: Position, _ event: PreparedEvent, _ answers: Answers) {
    let flat = flat
    makeRoom(event.statementLimit)
    var read = reading.mutableSpan
    var count = 0
    for place in 0..<event.topics.count {
      let topic = event.topics[place]
      var end = flat.follow(flat.topics[topic], position, event, answers)
      while end != 0 {
        let stop = flat.stops[end - 1]
        for place in stop.statements {
          read[count] = FiredStatement(topic: topic, statement: flat.statements[place])
          count += 1
        }
        end = flat.follow(stop.way, position, event, answers)
      }
    }
    statementCount = count
  }

  /// Grows at the first event of a kind and never again.
  private mutating func makeRoom(_ limit: Int) {
    guard reading.count < limit else { return }
    let none = FiredStatement(topic: 0, statement: 0)
    reading += [FiredStatement](repeating: none, count: limit - reading.count)
  }
}
