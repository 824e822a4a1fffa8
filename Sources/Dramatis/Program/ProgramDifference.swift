/// What changed from one program of a character to another, as far as it can be seen by name.
public struct ProgramDifference: Hashable, Sendable, Codable {
  /// What the change is about.
  public enum Subject: String, Hashable, Sendable, Codable, CaseIterable {
    /// The character's name.
    case character
    /// A machine.
    case machine
    /// A state of a machine.
    case state
    /// A variable.
    case variable
    /// A question.
    case question
    /// A commitment.
    case commitment
    /// A topic of the trees.
    case topic
    /// A statement.
    case statement
  }

  /// The member of a cast whom it is about; nil for a program by itself.
  public private(set) var member: String?
  /// What the change is about.
  public let subject: Subject
  /// Its name; `machine.state` for a state.
  public let name: String
  /// What changed, in words.
  public let change: String
  /// What becomes of a stored session that has it; nil where nothing is lost.
  public let loss: String?

  fileprivate init(subject: Subject, name: String, change: String, loss: String?) {
    (self.subject, self.name, self.change, self.loss) = (subject, name, change, loss)
  }

  fileprivate func of(_ member: String) -> ProgramDifference {
    var difference = self
    difference.member = member
    return difference
  }

  /// What the members of a cast share is the same change for each of them.
  fileprivate func isSame(as other: ProgramDifference) -> Bool {
    [.commitment, .question].contains(subject) && other.of("") == of("")
  }
}

extension [Program] {
  /// What changed since an older cast of a story, member by member in the old order, and who is new.
  ///
  /// What they share is told of the first of them only.
  public func differences(from old: [Program]) -> [ProgramDifference] {
    var all: [ProgramDifference] = []
    for before in old {
      guard let after = first(where: { $0.character == before.character }) else {
        all.append(
          ProgramDifference(
            subject: .character, name: before.character, change: "is gone",
            loss: "a session with this cast cannot be gone on with"))
        continue
      }
      let own = after.differences(from: before).filter { difference in
        !all.contains { $0.isSame(as: difference) }
      }
      all += own.map { $0.of(before.character) }
    }
    return all
      + filter { program in !old.contains { $0.character == program.character } }.map {
        ProgramDifference(
          subject: .character, name: $0.character, change: "is new",
          loss: "a session with the old cast cannot be gone on with")
      }
  }
}

extension Program {
  /// What changed since an older program of the character, in the order of ``ProgramDifference/Subject``.
  ///
  /// Transitions, gates, lines and texts that merely read differently are not listed.
  public func differences(from old: Program) -> [ProgramDifference] {
    let renamed =
      old.character == character
      ? []
      : [
        ProgramDifference(
          subject: .character, name: old.character, change: "is called \(character) now",
          loss: "the sessions of \(old.character) do not find this character")
      ]
    return renamed + machineDifferences(old) + variableDifferences(old) + questionDifferences(old)
      + Self.named(
        .commitment, old: old.commitments.map(\.name), new: commitments.map(\.name), loss: "it is forgotten")
      + Self.named(.topic, old: old.topics.map(\.name), new: topics.map(\.name), loss: nil)
      + Self.named(.statement, old: old.statements, new: statements, loss: nil)
  }

  private func machineDifferences(_ old: Program) -> [ProgramDifference] {
    let machines = Self.named(
      .machine, old: old.machines.map(\.name), new: machines.map(\.name), loss: "where it stands is forgotten"
    )
    let states = old.machines.flatMap { before -> [ProgramDifference] in
      guard let after = self.machines.first(where: { $0.name == before.name }) else { return [] }
      let kind =
        before.kind == after.kind
        ? []
        : [
          ProgramDifference(
            subject: .machine, name: before.name,
            change: "was \(before.kind.rawValue), is \(after.kind.rawValue)",
            loss: before.kind == .belief ? "only the most probable state is kept" : nil)
        ]
      return kind
        + Self.named(
          .state, old: before.states.map { "\(before.name).\($0.name)" },
          new: after.states.map { "\(before.name).\($0.name)" }, loss: "who stands there goes to 'other'")
    }
    return machines + states
  }

  private func variableDifferences(_ old: Program) -> [ProgramDifference] {
    let named = Self.named(
      .variable, old: old.variables.map(\.name), new: variables.map(\.name), loss: "its value is forgotten")
    return named
      + old.variables.compactMap { before in
        guard let after = variables.first(where: { $0.name == before.name }), after.kind != before.kind else {
          return nil
        }
        return ProgramDifference(
          subject: .variable, name: before.name,
          change: "took \(before.expectation), takes \(after.expectation)", loss: before.loss(in: after))
      }
  }

  private func questionDifferences(_ old: Program) -> [ProgramDifference] {
    let named = Self.named(.question, old: old.questions.map(\.key), new: questions.map(\.key), loss: nil)
    return named
      + old.questions.compactMap { before in
        guard let name = before.name, let after = questions.first(where: { $0.name == name }),
          !after.text.isSameBytes(as: before.text)
        else { return nil }
        return ProgramDifference(subject: .question, name: name, change: "asks something else", loss: nil)
      }
  }

  /// Names that are gone, then names that are new, each in its own order.
  private static func named(
    _ subject: ProgramDifference.Subject, old: [String], new: [String], loss: String?
  ) -> [ProgramDifference] {
    let (before, after) = (Set(old.map { Array($0.utf8) }), Set(new.map { Array($0.utf8) }))
    let gone = old.filter { !after.contains(Array($0.utf8)) }.map {
      ProgramDifference(subject: subject, name: $0, change: "is gone", loss: loss)
    }
    let fresh = new.filter { !before.contains(Array($0.utf8)) }.map {
      ProgramDifference(subject: subject, name: $0, change: "is new", loss: nil)
    }
    return gone + fresh
  }
}

extension Variable {
  /// What becomes of a stored value where the variable takes others now.
  fileprivate func loss(in new: Variable) -> String? {
    switch (kind, new.kind) {
    case (.integer(let min, let max), .integer(let newMin, let newMax)):
      newMin <= min && max <= newMax ? nil : "a value out of bounds becomes the nearest"
    case (.choice(let values), .choice(let others)):
      Set(values).isSubset(of: others) ? nil : "a value that is gone becomes \(new.text(new.initial))"
    default: "it becomes \(new.text(new.initial))"
    }
  }
}
