/// Asks one discriminator after another, each only what is still unknown.
///
/// Put the cheapest first: cues, then a model.
public struct DiscriminatorStack: Discriminator {
  private let members: [any Discriminator]

  /// Makes a stack that asks the members in order.
  public init(_ members: [any Discriminator]) {
    self.members = members
  }

  /// Answers a round; what nobody can tell stays unknown.
  ///
  /// - Throws: ``SessionError/wrongReplyCount(expected:received:)``, and whatever a member throws.
  public func replies(to questions: [Question], about scene: Scene) async throws -> [Reply] {
    var replies = questions.map { _ in Reply(.unknown, source: "nobody") }
    for member in members {
      let open = replies.indices.filter { replies[$0].answer.truth == .unknown }
      guard !open.isEmpty else { break }
      let answered = try await member.checkedReplies(to: open.map { questions[$0] }, about: scene)
      for (index, reply) in zip(open, answered) { replies[index] = reply }
    }
    return replies
  }
}

extension Discriminator {
  /// The replies, of which there is one a question.
  func checkedReplies(to questions: [Question], about scene: Scene) async throws -> [Reply] {
    let replies = try await replies(to: questions, about: scene)
    guard replies.count == questions.count else {
      throw SessionError.wrongReplyCount(expected: questions.count, received: replies.count)
    }
    return replies
  }
}
