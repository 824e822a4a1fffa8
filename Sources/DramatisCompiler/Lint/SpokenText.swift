import Dramatis

/// A text that the character says without a language model, and when.
struct SpokenText {
  /// Its words, with slots as they are filled in the beginning.
  let text: String
  /// Whether a slot of it can come to something else.
  let varies: Bool
  /// Index of the line of the program; nil for a greeting.
  let line: Int?
  /// The commitment whose foreshadow or payoff says it, and what it says it as; nil for any other text.
  let beat: (commitment: Int, status: CommitmentStatus)?
  /// Where it stands; nil for one of another file.
  let node: Node?
}

extension LintContext {
  /// All that the character says without a language model: greetings, lines, and what commitments say.
  var spokenTexts: [SpokenText] {
    let greetings = layout.root[\ProfileKeys.greeting]?.elements ?? []
    let opened = program.greetings.enumerated().map { index, text in
      spoken(text, at: greetings.indices.contains(index) ? greetings[index] : nil)
    }
    return opened
      + program.lines.indices.flatMap { index -> [SpokenText] in
        let beat = beat(ofLine: index)
        let texts = program.lines[index].texts
        let nodes = says(ofLine: index, beat: beat)?.elements ?? []
        return texts.indices.map { number in
          spoken(
            texts[number], at: nodes.count == texts.count ? nodes[number] : nodes.first, ofLine: index,
            as: beat)
        }
      }
  }

  /// What a line says, as it is written; nil for one of another file.
  private func says(ofLine index: Int, beat: (commitment: Int, status: CommitmentStatus)?) -> Node? {
    if let beat { return beatNode(beat.status, of: beat.commitment)?[\BeatKeys.say] }
    guard layout.lines.indices.contains(index) else { return nil }
    return layout.lines[index].isMapping ? layout.lines[index][\LineKeys.say] : layout.lines[index]
  }

  /// What the foreshadow or the payoff of a commitment says follows the lines of a profile.
  private func beat(ofLine index: Int) -> (commitment: Int, status: CommitmentStatus)? {
    guard !layout.lines.indices.contains(index),
      case .compare(.commitment(let commitment), .equal, .status(let status)) = program.lines[index].condition
    else { return nil }
    return (commitment, status)
  }

  /// The foreshadow or, for one that is triggered, the payoff of a commitment; nil for one of another file.
  func beatNode(_ status: CommitmentStatus, of commitment: Int) -> Node? {
    let index = commitment - firstCommitment
    guard layout.commitments.indices.contains(index) else { return nil }
    let entry = layout.commitments[index].value
    return status == .triggered ? entry[\CommitmentKeys.payoff] : entry[\CommitmentKeys.foreshadow]
  }

  private func spoken(
    _ text: LineText, at node: Node?, ofLine line: Int? = nil,
    as beat: (commitment: Int, status: CommitmentStatus)? = nil
  ) -> SpokenText {
    let varies = text.pieces.contains { piece in
      switch piece {
      case .words, .character: false
      case .user, .variable, .machine: true
      }
    }
    return SpokenText(
      text: text.filled(for: program, at: program.initialSnapshot(), user: "somebody"), varies: varies,
      line: line, beat: beat, node: node)
  }

  /// What a check on the character's lines answers about a text.
  func answer(of question: Int, about text: SpokenText) -> Truth {
    let event = Event(actor: program.character, text: text.text)
    let scene = Scene(of: event, after: [], window: 1)
    return cues.replies(to: [program.questions[question]], about: scene).first?.answer.truth ?? .unknown
  }

  /// Whether a text can be said while a commitment has come so far; nil where nobody can tell.
  func canBeSaid(
    _ text: SpokenText, while commitment: Int, is statuses: Set<CommitmentStatus>
  ) -> Bool? {
    guard let line = text.line else { return !statuses.isDisjoint(with: [.planned, .planted]) }
    var demands = formulas.lines[line].map { [Constraint($0, is: .yes)] } ?? []
    if let statement = program.lines[line].statement {
      demands += formulas.paths[formulas.nodeOfStatement[statement]]
    }
    var worlds = reachable
    if let atom = space.index(of: .commitment(commitment)) {
      worlds.allowed[atom] = space.domains[atom].values.indices.filter {
        if case .status(let status) = space.domains[atom].values[$0] {
          statuses.contains(status)
        } else {
          true
        }
      }
    }
    return switch space.possibility(of: demands, in: worlds) {
    case .possible: true
    case .impossible: false
    case .undecided: nil
    }
  }
}
