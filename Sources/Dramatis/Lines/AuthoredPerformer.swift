/// Speaks the profile's own lines, with no language model.
///
/// Of the lines that fit, those whose condition reads a commitment that is due go first, then those that hold a cue of what
/// the director wants, then those for a fired statement, then those whose condition asks a question that was answered yes, or
/// those for turns in which none was, then those with any condition, then those that always fit. A text of the last eight
/// turns is passed over while another fits, whatever its slots were filled with. What says a foreshadow is said again
/// only where nothing else fits, once it was written.
public struct AuthoredPerformer: Performer {
  /// Who stands for `{user}` when the event names no actor.
  public let user: String
  /// Always true.
  public var choosesAuthoredLines: Bool { true }

  /// Makes a performer for a conversation with somebody of this name.
  public init(user: String = "stranger") {
    self.user = user
  }

  /// Chooses among the texts that fit by the snapshot's seed, the turn and the attempt; nil where none fits.
  public func line(for request: LineRequest) -> SpokenLine? {
    let fitting = candidates(request)
    let unwritten = fitting.filter { !$0.isWritten }
    let candidates = unwritten.isEmpty ? fitting : unwritten
    // Rank by rank, so that no more texts are filled than have to be.
    for rank in Set(candidates.map(\.rank)).sorted(by: >) {
      let lines = candidates.filter { $0.rank == rank }.compactMap { candidate -> SpokenLine? in
        let line = spoken(candidate, for: request)
        return lastSaid(line, in: request) == nil ? line : nil
      }
      guard !lines.isEmpty else { continue }
      let number = Draw.number(
        seed: request.snapshot.seed, turn: request.snapshot.turn, site: Draw.Site.line,
        attempt: request.attempt)
      return lines[Draw.index(number, below: lines.count)]
    }
    let lines = candidates.map { spoken($0, for: request) }
    return lines.min { (lastSaid($0, in: request) ?? -1) < (lastSaid($1, in: request) ?? -1) }
  }

  /// A text that fits.
  private struct Candidate {
    let rank: Int
    let text: LineText
    /// The place of the text among all of the profile's.
    let place: Int
    /// Whether it says a foreshadow that is in the story already.
    let isWritten: Bool

    /// The same before those for statements, since it leads where the director wants.
    var leading: Candidate { Candidate(rank: rank + 11, text: text, place: place, isWritten: isWritten) }
  }

  private func candidates(_ request: LineRequest) -> [Candidate] {
    let facts = Facts(
      request.snapshot, turn: request.snapshot.turn, event: request.event, role: .passive,
      answers: request.answers, isStepped: true)
    let fired = request.grounding.statements.map(\.statement)
    let leads = request.situation.leads
    let cues = leads.isEmpty ? nil : CueDiscriminator(about: leads)
    var candidates: [Candidate] = []
    let unheard = unheardTurns(request)
    var place = 0
    for line in request.program.lines {
      if line.fits(facts, in: request.program, fired: fired), line.unheard.map({ $0 <= unheard }) ?? true {
        let rank = line.rank(request.answers) + (line.reads(request.grounding.due) ? 12 : 0)
        let isWritten = line.isWritten(request.snapshot)
        for (offset, text) in line.texts.enumerated() {
          let candidate = Candidate(rank: rank, text: text, place: place + offset, isWritten: isWritten)
          let isLeading =
            cues.map { cues in
              let scene = Scene(spoken(candidate, for: request).text)
              return cues.replies(to: leads, about: scene).contains { $0.answer.truth == .yes }
            } ?? false
          candidates.append(isLeading ? candidate.leading : candidate)
        }
      }
      place += line.texts.count
    }
    return candidates
  }

  /// In how many turns up to this one nothing was understood: this one, and those before it that ended with a line for such.
  private func unheardTurns(_ request: LineRequest) -> Int {
    let questions = request.program.questions.indices
    guard request.event.text != nil, !questions.contains(where: { request.answers[$0]?.truth == .yes }) else {
      return 0
    }
    let lines = request.program.lines
    let owners = lines.indices.flatMap { line in lines[line].texts.map { _ in line } }
    return 1
      + request.recentLines.reversed().prefix { said in
        said.authored.map { owners.indices.contains($0) && lines[owners[$0]].unheard != nil } ?? false
      }.count
  }

  /// Where among the recent lines a line was said last.
  private func lastSaid(_ line: SpokenLine, in request: LineRequest) -> Int? {
    request.recentLines.lastIndex { $0.authored == line.authored || $0.text == line.text }
  }

  private func spoken(_ candidate: Candidate, for request: LineRequest) -> SpokenLine {
    let user = request.event.actor ?? user
    return SpokenLine(
      candidate.text.filled(for: request.program, at: request.snapshot, user: user),
      authored: candidate.place)
  }
}

extension AuthoredLine {
  /// How closely a line is tied to what happened.
  fileprivate func rank(_ answers: Answers) -> Int {
    // The more turns a line waits for, the more it is about them.
    if let unheard { return (statement == nil ? 0 : 6) + (unheard > 1 ? 5 : 4) }
    guard let condition else { return statement == nil ? 0 : 6 }
    let isAnswered = condition.questions.contains { answers[$0]?.truth == .yes }
    return (isAnswered ? 4 : 2) + (statement == nil ? 0 : 6)
  }

  /// Whether it is written for one of some commitments.
  fileprivate func reads(_ commitments: [Int]) -> Bool {
    guard let condition, !commitments.isEmpty else { return false }
    return condition.operands.flatMap(\.commitments).contains(where: commitments.contains)
  }

  /// Whether it says a foreshadow that a line was seen to hold.
  fileprivate func isWritten(_ snapshot: Snapshot) -> Bool {
    guard case .compare(.commitment(let index), .equal, .status(.planted)) = condition else { return false }
    return snapshot.commitments[index].written != nil
  }

  /// - Parameter fired: The statements that fired in the step.
  fileprivate func fits(_ facts: Facts, in program: Program, fired: [Int]) -> Bool {
    let hasFired = statement.map { program.hasStatement($0, among: fired) } ?? true
    return hasFired && (condition.map { $0.truth(facts) == .yes } ?? true)
  }
}

extension LineText {
  /// The text with its slots filled from a position.
  ///
  /// - Parameter user: Who stands for `{user}`.
  package func filled(for program: Program, at snapshot: Snapshot, user: String) -> String {
    pieces.map { piece in
      switch piece {
      case .words(let words): words
      case .user: user
      case .character: program.character
      case .variable(let index): program.variables[index].text(snapshot.variables[index])
      case .machine(let index): program.machines[index].states[snapshot.states[index]].name
      }
    }.joined()
  }
}
