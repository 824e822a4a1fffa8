/// Speaks the profile's own lines, with no language model.
///
/// Of the lines that fit, those for a fired statement go first, then those whose condition asks a question
/// that was answered yes, then those with any condition, then those that always fit. A text of the last eight
/// turns is passed over while another fits, whatever its slots were filled with.
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
  public func line(for request: LineRequest) -> String? {
    let candidates = candidates(request)
    let fresh = candidates.filter { $0.lastSaid == nil }
    guard let best = fresh.map(\.rank).max() else { return leastRecent(candidates) }
    let texts = fresh.filter { $0.rank == best }.map(\.text)
    let draw = draw(
      seed: request.snapshot.seed, turn: request.snapshot.turn, site: DrawSite.line, attempt: request.attempt)
    return texts[pick(draw, from: texts.count)]
  }

  /// A text that fits, and where among the recent lines it was said last.
  private struct Candidate {
    let rank: Int
    let text: String
    let lastSaid: Int?
  }

  private func candidates(_ request: LineRequest) -> [Candidate] {
    let facts = Facts(
      request.snapshot, turn: request.snapshot.turn, event: request.event, answers: request.answers)
    return request.program.lines.filter { $0.fits(facts, request) }.flatMap { line in
      line.texts.map { text in
        let user = request.event.actor ?? user
        return Candidate(
          rank: line.rank(request.answers),
          text: text.filled(for: request.program, at: request.snapshot, user: user),
          lastSaid: request.recentLines.lastIndex { text.couldRead($0) })
      }
    }
  }

  private func leastRecent(_ candidates: [Candidate]) -> String? {
    candidates.min { ($0.lastSaid ?? -1) < ($1.lastSaid ?? -1) }?.text
  }
}

extension AuthoredLine {
  /// How closely a line is tied to what happened.
  fileprivate func rank(_ answers: Answers) -> Int {
    guard let condition else { return statement == nil ? 0 : 3 }
    let isAnswered = condition.questions.contains { answers[$0]?.truth == .yes }
    return (isAnswered ? 2 : 1) + (statement == nil ? 0 : 3)
  }

  fileprivate func fits(_ facts: Facts, _ request: LineRequest) -> Bool {
    let hasFired = statement.map { request.hasFired($0) } ?? true
    return hasFired && (condition.map { $0.truth(facts) == .yes } ?? true)
  }
}

extension LineRequest {
  /// Whether a statement of this text fired, wherever in the trees it stands.
  fileprivate func hasFired(_ wanted: Int) -> Bool {
    let text = program.statements[wanted]
    return grounding.statements.contains { program.statements[$0.statement].isSameBytes(as: text) }
  }
}

/// Places that draw outside of conditions, whose sites count from 0 up.
enum DrawSite {
  static let line = -1
  static let greeting = -2

  /// The place at which a machine draws; each role has its own, so that a line draws anew.
  static func machine(_ index: Int, _ role: Role) -> Int {
    -16 - 2 * index - (role == .active ? 1 : 0)
  }
}
