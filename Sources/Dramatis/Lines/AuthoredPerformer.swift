/// Speaks the profile's own lines, with no language model.
///
/// Of the lines that fit, those for a fired statement go before those with a condition, and these before
/// those that always fit. A text of the last eight turns is passed over while another fits.
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
    let fresh = candidates.filter { !request.recentLines.contains($0.text) }
    guard let best = fresh.map(\.rank).max() else { return leastRecent(candidates, request.recentLines) }
    let texts = fresh.filter { $0.rank == best }.map(\.text)
    let draw = draw(
      seed: request.snapshot.seed, turn: request.snapshot.turn, site: DrawSite.line, attempt: request.attempt)
    return texts[pick(draw, from: texts.count)]
  }

  private func candidates(_ request: LineRequest) -> [(rank: Int, text: String)] {
    let facts = Facts(
      request.snapshot, turn: request.snapshot.turn, event: request.event, answers: request.answers)
    return request.program.lines.filter { $0.fits(facts, request.grounding) }.flatMap { line in
      line.texts.map { text in
        let user = request.event.actor ?? user
        return (line.rank, text.filled(for: request.program, at: request.snapshot, user: user))
      }
    }
  }

  private func leastRecent(_ candidates: [(rank: Int, text: String)], _ recent: [String]) -> String? {
    candidates.min { (recent.lastIndex(of: $0.text) ?? -1) < (recent.lastIndex(of: $1.text) ?? -1) }?.text
  }
}

extension AuthoredLine {
  /// How closely a line is tied to what happened.
  fileprivate var rank: Int {
    (statement == nil ? 0 : 2) + (condition == nil ? 0 : 1)
  }

  fileprivate func fits(_ facts: Facts, _ grounding: Grounding) -> Bool {
    let fired = statement.map { wanted in grounding.statements.contains { $0.statement == wanted } } ?? true
    return fired && (condition.map { $0.truth(facts) == .yes } ?? true)
  }
}

/// Places that draw outside of conditions, whose sites count from 0 up.
enum DrawSite {
  static let line = -1
  static let greeting = -2
}
