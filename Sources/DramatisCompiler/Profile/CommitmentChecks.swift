import Dramatis

/// What can be told of commitments without running them: that one can never be paid.
extension ProfileReader {
  /// Checks commitments whose conditions are all right.
  ///
  /// - Parameters:
  ///   - declared: Those that this file declares.
  ///   - first: The index of the first of them in the program.
  mutating func checkCommitments(_ declared: [DeclaredCommitment], of program: Program, from first: Int = 0) {
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
    checkOwners(declared, of: program, from: first)
    guard !reportCycles(declared, of: program, from: first) else { return }
    var times = CommitmentTimes(program)
    for (offset, entry) in declared.enumerated() {
      let index = first + offset
      guard program.owns(program.commitments[index]), let trigger = entry.fields.trigger.node else {
        continue
      }
      switch times.verdict(index) {
      case .possible: break
      case .never:
        report(
          .triggerNeverHolds, message: "the trigger of '\(entry.name)' can never hold", at: trigger.span,
          help: ["whatever is answered, it is never yes; the payoff never becomes due"])
      case .tooLate(let earliest):
        report(
          .deadlineTooEarly, message: "'\(entry.name)' ends before its trigger is looked at",
          at: trigger.span,
          help: ["that is in turn \(earliest) at the earliest, for plant, not-before and after"])
      case .givenUp(let earliest):
        report(
          .deadlineTooEarly, message: "'\(entry.name)' is given up before it can be due",
          at: (entry.fields.abandonWhen.node ?? trigger).span,
          help: ["that is in turn \(earliest) at the earliest, for plant, not-before, after and trigger"])
      }
    }
  }

  /// In a profile of its own nobody else is there to pay.
  private mutating func checkOwners(
    _ declared: [DeclaredCommitment], of program: Program, from first: Int
  ) {
    for (offset, entry) in declared.enumerated() {
      let commitment = program.commitments[first + offset]
      guard commitment.story == nil, !program.owns(commitment), let owner = entry.fields.owner.node else {
        continue
      }
      report(
        .payoffOwnerAbsent, message: "nobody here is called '\(owner.text)', who is to pay '\(entry.name)'",
        at: owner.span,
        help: ["leave the owner out, or share the commitment in a story with both of them in its cast"])
    }
  }

  /// Each circle once, at the commitment of it that is declared first.
  private mutating func reportCycles(
    _ declared: [DeclaredCommitment], of program: Program, from first: Int
  ) -> Bool {
    var hasCycle = false
    for (offset, entry) in declared.enumerated() {
      guard let circle = program.circle(through: first + offset), circle.min() == first + offset else {
        continue
      }
      hasCycle = true
      let names = (circle + [first + offset]).map { program.commitments[$0].name }
      report(
        .commitmentCycle, message: "'\(entry.name)' waits for itself to be paid",
        at: entry.fields.after.node?.span ?? entry.fields.span,
        help: ["it waits like this: \(names.joined(separator: ", "))"])
    }
    return hasCycle
  }

  /// A shared commitment as a character carries it who does not pay it.
  mutating func mirror(_ declared: DeclaredCommitment) -> Commitment {
    let fields = declared.fields
    let after = value(of: fields.after).compactMap { node -> Int? in
      if case .commitment(let index) = resolver.names.meanings[node.text] { index } else { nil }
    }
    return Commitment(
      name: declared.name, foreshadow: text(ofBeat: fields.foreshadow), trigger: .constant(false),
      payoff: text(ofBeat: fields.payoff), plant: .constant(false), notBefore: 0,
      dueWithin: value(of: fields.dueWithin), after: after, priority: 0, owner: nil, abandonWhen: nil)
  }

  private func text(ofBeat field: Field<OtherValue>) -> String {
    guard let node = field.node else { return "" }
    guard case .mapping = node.content else { return node.text }
    return node[\BeatKeys.text]?.text ?? ""
  }
}

extension Program {
  /// A way along `after` from a commitment back to it, the commitment first; nil where there is none.
  fileprivate func circle(through start: Int) -> [Int]? {
    var parents: [Int: Int] = [:]
    var waiting = [start]
    while let index = waiting.popLast() {
      for next in commitments[index].after {
        if next == start {
          var circle = [index]
          while let last = circle.last, last != start, let parent = parents[last] { circle.append(parent) }
          return circle.reversed()
        }
        guard parents[next] == nil else { continue }
        parents[next] = index
        waiting.append(next)
      }
    }
    return nil
  }
}

/// When the commitments of a program can be planted and triggered at the earliest.
///
/// `after` must be free of circles.
struct CommitmentTimes {
  /// Whether a commitment can become due.
  enum Verdict: Equatable {
    case possible
    /// Its trigger is yes in no turn at all.
    case never
    /// Its trigger is yes only before the turn in which it is looked at.
    case tooLate(earliest: Int)
    /// It is given up before its trigger can be yes.
    case givenUp(earliest: Int)
  }

  private let program: Program
  private var known: [Int: Int] = [:]
  private var knownDue: [Int: Int] = [:]

  init(_ program: Program) {
    self.program = program
  }

  mutating func verdict(_ index: Int) -> Verdict {
    let commitment = program.commitments[index]
    guard !commitment.conditions.contains(where: \.computesTurn) else { return .possible }
    let earliest = earliest(index)
    let turns = turns(commitment, from: earliest)
    let holding = turns.filter { canBe(commitment.trigger, of: index, in: $0) }
    guard !holding.isEmpty else { return .never }
    let inTime = holding.filter { $0 >= earliest }
    guard let first = inTime.min() else { return .tooLate(earliest: earliest) }
    return inTime.allSatisfy { isSurelyAbandoned(index, in: $0) } ? .givenUp(earliest: first) : .possible
  }

  /// The first turn in which the trigger is looked at.
  private mutating func earliest(_ index: Int) -> Int {
    if let turn = known[index] { return turn }
    let commitment = program.commitments[index]
    let planted = turns(commitment, from: 1).sorted().first { turn in
      commitment.plant.map { canBe($0, of: index, in: turn) } ?? true
    }
    var turn = (planted ?? 1) + commitment.notBefore
    for other in commitment.after { turn = max(turn, earliestDue(other) + 1) }
    known[index] = turn
    return turn
  }

  /// The first turn in which it can be due, and so be paid.
  private mutating func earliestDue(_ index: Int) -> Int {
    if let turn = knownDue[index] { return turn }
    let (commitment, earliest) = (program.commitments[index], earliest(index))
    var turn = earliest
    if !commitment.trigger.computesTurn {
      let turns = turns(commitment, from: earliest).filter { $0 >= earliest }.sorted()
      turn = turns.first { canBe(commitment.trigger, of: index, in: $0) } ?? earliest
    }
    knownDue[index] = turn
    return turn
  }

  /// Turns between which no condition of the commitment changes what it says of the turn.
  private func turns(_ commitment: Commitment, from earliest: Int) -> [Int] {
    let named = commitment.conditions.flatMap(\.turnsNamed).flatMap { turn in
      [-1, 0, 1].map { turn.addingReportingOverflow($0).partialValue }
    }
    return (named + [1, earliest]).filter { $0 >= 1 }
  }

  private func canBe(_ condition: Condition, of index: Int, in turn: Int) -> Bool {
    program.possibilities(of: condition, turn: turn, statuses: statuses(index)).yes
  }

  private func isSurelyAbandoned(_ index: Int, in turn: Int) -> Bool {
    guard let condition = program.commitments[index].abandonWhen else { return false }
    return !program.possibilities(of: condition, turn: turn, statuses: statuses(index)).other
  }

  /// While its trigger is looked at a commitment is planned or planted, and those before it are paid.
  private func statuses(_ index: Int) -> [[CommitmentStatus]] {
    var statuses = program.commitments.map { _ in CommitmentStatus.allCases }
    for other in program.commitments[index].after { statuses[other] = [.paid] }
    statuses[index] = [.planned, .planted]
    return statuses
  }
}
