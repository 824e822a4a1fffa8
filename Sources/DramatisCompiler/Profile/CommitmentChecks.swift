import Dramatis

/// What can be told of commitments without running them: that one can never be paid.
extension ProfileReader {
  /// Checks commitments whose conditions are all right.
  ///
  /// - Parameters:
  ///   - declared: Those that this file declares.
  ///   - first: The index of the first of them in the program.
  ///   - waits: For each commitment those that it waits for, where others of a cast pay some; nil where nobody else does.
  mutating func checkCommitments(
    _ declared: [DeclaredCommitment], of program: Program, from first: Int = 0, waits: [[Int]]? = nil
  ) {
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
    checkOwners(declared, of: program, from: first)
    var times = CommitmentTimes(program)
    let circles = WaitingCommitments(waits ?? program.commitments.indices.map { times.prerequisites(of: $0) })
    guard !report(circles, among: declared, of: program, from: first) else { return }
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
      case .tooFewTurns(let turns, let needed):
        report(
          .triggerNeverHolds,
          message:
            "the trigger of '\(entry.name)' holds in \(turns) \(turns == 1 ? "turn" : "turns") at most",
          at: (entry.fields.hold.node ?? trigger).span, label: "it would have to hold in \(needed)",
          help: ["ask for less, or let the trigger go on holding"])
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

  /// Reports each circle once, at the commitment of it that is declared first.
  ///
  /// - Returns: Whether there is one.
  private mutating func report(
    _ waiting: WaitingCommitments, among declared: [DeclaredCommitment], of program: Program, from first: Int
  ) -> Bool {
    var hasCycle = false
    for (offset, entry) in declared.enumerated() {
      guard let circle = waiting.circle(through: first + offset), circle.min() == first + offset else {
        continue
      }
      hasCycle = true
      // Whoever pays it knows by which condition it waits.
      guard program.owns(program.commitments[first + offset]) else { continue }
      let names = (circle + [first + offset]).map { program.commitments[$0].name }
      let next = circle.count > 1 ? circle[1] : first + offset
      report(
        .commitmentCycle, message: "'\(entry.name)' waits for itself to be paid",
        at: span(of: entry, waitingFor: next, as: program.commitments[first + offset]),
        help: ["it waits like this: \(names.joined(separator: ", "))"])
    }
    return hasCycle
  }

  /// Where a commitment says that it waits for another.
  private func span(
    of entry: DeclaredCommitment, waitingFor other: Int, as commitment: Commitment
  ) -> SourceSpan {
    if let after = entry.fields.after.node, commitment.after.contains(other) { return after.span }
    if let plant = entry.fields.plant.node, commitment.plant?.names(commitment: other) ?? false {
      return plant.span
    }
    return entry.fields.trigger.node?.span ?? entry.fields.span
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
