/// Contestants measured in turns, so that what disturbs the machine disturbs all of them.
struct Race {
  let rounds: Int
  /// Each does the work once and gives the nanoseconds of processor time that a unit of it took.
  let contestants: [() throws -> Double]

  /// The median of each contestant, in their order.
  func medians() throws -> [Double] {
    for contestant in contestants { _ = try contestant() }
    var times = contestants.map { _ in [Double]() }
    for _ in 0..<rounds {
      for (index, contestant) in contestants.enumerated() { times[index].append(try contestant()) }
    }
    return times.map { $0.sorted()[$0.count / 2] }
  }
}

/// The nanoseconds of processor time that one of so many units of work took.
func nanoseconds(per count: Int, _ work: () throws -> Void) rethrows -> Double {
  let start = ProcessorTime.now
  try work()
  return Double(ProcessorTime.now - start) / Double(count)
}

/// A figure with at most so many digits behind the point.
func rounded(_ value: Double, _ digits: Int = 1) -> String {
  let scale = (0..<digits).reduce(1.0) { scale, _ in scale * 10 }
  guard value >= 0, value < 1e12 else { return "\(value)" }
  let whole = Int(value * scale + 0.5)
  return digits == 0 ? "\(whole)" : "\(Double(whole) / scale)"
}
