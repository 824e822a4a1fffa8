/// A pattern as an automaton whose states are followed side by side.
struct PatternProgram: Sendable {
  private enum Instruction: Sendable {
    case set(Int)
    case split(Int, Int)
    case start
    case end
    case wordEdge(Bool)
    /// Goes on where a look-around holds, or where it does not.
    case look(Int, Bool)
    case found
  }

  /// A look-around is an automaton of its own.
  private struct Look: Sendable {
    let program: PatternProgram
    let isAhead: Bool
  }

  private var steps: [Instruction] = []
  /// Where each step goes on; a split says so itself.
  private var nexts: [Int] = []
  private var sets: [PatternSet] = []
  private var looks: [Look] = []
  private let options: PatternOptions

  /// The most steps that a pattern may come to.
  private static let maximumSteps = 20_000

  init(_ node: PatternNode, _ options: PatternOptions) throws(ScriptPattern.Problem) {
    try self.init(node, options, isReversed: false)
  }

  private init(_ node: PatternNode, _ options: PatternOptions, isReversed: Bool) throws(ScriptPattern.Problem)
  {
    self.options = options
    try add(node, isReversed: isReversed)
    append(.found)
  }

  @discardableResult
  private mutating func append(_ step: Instruction) -> Int {
    steps.append(step)
    nexts.append(steps.count)
    return steps.count - 1
  }

  private mutating func add(_ node: PatternNode, isReversed: Bool) throws(ScriptPattern.Problem) {
    guard steps.count < Self.maximumSteps else { throw .unsupported("so high a count") }
    switch node {
    case .set(let set):
      sets.append(set)
      append(.set(sets.count - 1))
    case .sequence(let parts):
      for part in isReversed ? parts.reversed() : parts { try add(part, isReversed: isReversed) }
    case .choice(let branches): try add(choice: branches[...], isReversed: isReversed)
    case .repeated(let inside, let from, let to): try add(inside, from: from, to: to, isReversed: isReversed)
    case .start: append(.start)
    case .end: append(.end)
    case .wordEdge(let isThere): append(.wordEdge(isThere))
    case .look(let inside, let isAhead, let isNegated):
      // What lies ahead is read backwards from the end, so that one pass finds all places.
      looks.append(
        Look(program: try PatternProgram(inside, options, isReversed: isAhead), isAhead: isAhead))
      append(.look(looks.count - 1, !isNegated))
    }
  }

  private mutating func add(
    choice branches: ArraySlice<PatternNode>, isReversed: Bool
  ) throws(ScriptPattern.Problem) {
    var ends: [Int] = []
    for (index, branch) in branches.enumerated() {
      guard index < branches.count - 1 else {
        try add(branch, isReversed: isReversed)
        break
      }
      let split = append(.split(0, 0))
      try add(branch, isReversed: isReversed)
      ends.append(append(.split(0, 0)))
      steps[split] = .split(split + 1, steps.count)
    }
    for end in ends { steps[end] = .split(steps.count, steps.count) }
  }

  private mutating func add(
    _ node: PatternNode, from: Int, to: Int?, isReversed: Bool
  ) throws(ScriptPattern.Problem) {
    guard from <= Self.maximumSteps, to ?? 0 <= Self.maximumSteps else {
      throw .unsupported("so high a count")
    }
    for _ in 0..<from { try add(node, isReversed: isReversed) }
    guard let to else {
      let split = append(.split(0, 0))
      try add(node, isReversed: isReversed)
      append(.split(split, split))
      steps[split] = .split(split + 1, steps.count)
      return
    }
    var splits: [Int] = []
    for _ in from..<max(from, to) {
      splits.append(append(.split(0, 0)))
      try add(node, isReversed: isReversed)
    }
    for split in splits { steps[split] = .split(split + 1, steps.count) }
  }

  // MARK: Matching

  /// Whether the pattern is found.
  func isFound(in symbols: [UInt32], onlyAtStart: Bool) -> Bool {
    places(in: symbols, isReversed: false, onlyAtStart: onlyAtStart, stopsAtFirst: true).contains(true)
  }

  /// At which places a match ends, read in one of the two directions.
  private func places(
    in symbols: [UInt32], isReversed: Bool, onlyAtStart: Bool = false, stopsAtFirst: Bool = false
  ) -> [Bool] {
    var found = [Bool](repeating: false, count: symbols.count + 1)
    let looked = looks.map { $0.program.places(in: symbols, isReversed: $0.isAhead) }
    var marks = [Int](repeating: -1, count: steps.count)
    var current: [Int] = []
    var waiting: [Int] = []
    let order = isReversed ? Array((0...symbols.count).reversed()) : Array(0...symbols.count)
    for (turn, place) in order.enumerated() {
      if turn == 0 || !onlyAtStart { waiting.append(0) }
      current.removeAll(keepingCapacity: true)
      while let step = waiting.popLast() {
        guard marks[step] != turn else { continue }
        marks[step] = turn
        switch steps[step] {
        case .set: current.append(step)
        case .split(let one, let other): waiting += [one, other]
        case .start: if isStart(place, symbols) { waiting.append(nexts[step]) }
        case .end: if isEnd(place, symbols) { waiting.append(nexts[step]) }
        case .wordEdge(let isThere): if isWordEdge(place, symbols) == isThere { waiting.append(nexts[step]) }
        case .look(let index, let holds): if looked[index][place] == holds { waiting.append(nexts[step]) }
        case .found: found[place] = true
        }
      }
      if stopsAtFirst, found[place] { return found }
      let read = isReversed ? place - 1 : place
      guard symbols.indices.contains(read) else { continue }
      for step in current {
        if case .set(let index) = steps[step], sets[index].contains(symbols[read], options) {
          waiting.append(nexts[step])
        }
      }
    }
    return found
  }

  private func isStart(_ place: Int, _ symbols: [UInt32]) -> Bool {
    place == 0 || options.isMultiline && PatternSet.breaks.contains(symbols[place - 1], PatternOptions())
  }

  private func isEnd(_ place: Int, _ symbols: [UInt32]) -> Bool {
    place == symbols.count
      || options.isMultiline && PatternSet.breaks.contains(symbols[place], PatternOptions())
  }

  private func isWordEdge(_ place: Int, _ symbols: [UInt32]) -> Bool {
    func isWord(_ index: Int) -> Bool {
      symbols.indices.contains(index) && PatternSet.words.contains(symbols[index], PatternOptions())
    }
    return isWord(place - 1) != isWord(place)
  }
}
