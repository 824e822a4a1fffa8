import Dramatis

/// What can be told of commitments without running them: that one can never be paid.
extension ProfileReader {
  /// Checks commitments whose conditions are all right.
  ///
  /// - Parameters:
  ///   - declared: Those that this file declares.
  ///   - first: The index of the first of them in the program.
  mutating func checkCommitments(
    of program: Program, _ declared: [(name: String, fields: Fields)], from first: Int = 0
  ) {
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return }
    checkOwners(program, declared, first)
    guard !reportCycles(program, declared, first) else { return }
    var times = CommitmentTimes(program)
    for (offset, entry) in declared.enumerated() {
      let index = first + offset
      guard program.owns(program.commitments[index]), let trigger = entry.fields["trigger"] else { continue }
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
          at: (entry.fields["abandon-when"] ?? trigger).span,
          help: ["that is in turn \(earliest) at the earliest, for plant, not-before, after and trigger"])
      }
    }
  }

  /// In a profile of its own nobody else is there to pay.
  private mutating func checkOwners(
    _ program: Program, _ declared: [(name: String, fields: Fields)], _ first: Int
  ) {
    for (offset, entry) in declared.enumerated() {
      let commitment = program.commitments[first + offset]
      guard commitment.story == nil, !program.owns(commitment), let owner = entry.fields["owner"] else {
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
    _ program: Program, _ declared: [(name: String, fields: Fields)], _ first: Int
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
        at: entry.fields["after"]?.span ?? entry.fields.span,
        help: ["it waits like this: \(names.joined(separator: ", "))"])
    }
    return hasCycle
  }

  /// A shared commitment as a character carries it who does not pay it.
  mutating func mirror(_ name: String, _ fields: Fields) -> Commitment {
    let after = texts(fields["after"]).compactMap { node -> Int? in
      if case .commitment(let index) = resolver.names.meanings[node.text] { index } else { nil }
    }
    return Commitment(
      name: name, foreshadow: beatText(fields, "foreshadow"), trigger: .constant(false),
      payoff: beatText(fields, "payoff"), plant: .constant(false),
      notBefore: 0, dueWithin: integer(fields["due-within"], in: 0...Program.latestDelay), after: after,
      priority: 0, owner: nil, abandonWhen: nil)
  }

  private func beatText(_ fields: Fields, _ key: String) -> String {
    guard let node = fields[key] else { return "" }
    guard case .mapping(let entries) = node.content else { return node.text }
    return entries.first { $0.key.text == "text" }?.value.text ?? ""
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
