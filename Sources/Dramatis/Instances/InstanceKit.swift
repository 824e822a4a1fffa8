/// What is worked out of a program once, for all of its instances.
final class InstanceKit: Sendable {
  let cues: CueDiscriminator
  let selector: StatementSelector?
  /// For each transition of each machine its guard, in words.
  let reasons: [[String]]
  /// Whether a line of the character's own can move anything.
  let movesOnLines: Bool
  /// For each text of the profile's lines a number that outlives changes of the others.
  let digests: [UInt32]
  /// The texts of the profile's lines, line after line.
  let texts: [LineText]

  private init(_ program: Program) {
    cues = CueDiscriminator(for: [program])
    selector = program.statementBudget.map { StatementSelector(tokens: $0, for: program) }
    reasons = program.machines.map { machine in
      machine.transitions.map { program.text(of: $0.guardCondition) }
    }
    movesOnLines =
      !program.commitments.isEmpty
      || program.machines.contains { $0.transitions.contains { $0.role.admits(.active) } }
    texts = program.lines.flatMap(\.texts)
    digests = texts.map(\.digest)
  }

  /// The kit of a program, which all of its copies share.
  static func of(_ program: Program) -> InstanceKit {
    program.flat.derived { InstanceKit(program) }
  }

  /// Why something fired, in words.
  func reason(for fired: FiredTransition) -> String {
    fired.transition.map { reasons[fired.machine][$0] } ?? "most probable"
  }
}

extension LineText {
  /// FNV-1a over what is written, slots by their numbers.
  fileprivate var digest: UInt32 {
    var digest: UInt32 = 2_166_136_261
    func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { digest = (digest ^ UInt32(byte)) &* 16_777_619 }
    }
    for piece in pieces {
      switch piece {
      case .words(let words): add(words.utf8)
      case .user: add([0, 1])
      case .character: add([0, 2])
      case .variable(let index): add([0, 3, UInt8(truncatingIfNeeded: index)])
      case .machine(let index): add([0, 4, UInt8(truncatingIfNeeded: index)])
      }
    }
    return digest
  }

  /// The text, where it has no slots; nil otherwise.
  var wholeText: String? {
    var words = ""
    for piece in pieces {
      guard case .words(let part) = piece else { return nil }
      words += part
    }
    return words
  }
}
