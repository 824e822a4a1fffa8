/// Answers questions about a scene, a whole round at a time.
///
/// Conform to answer questions your own way, for instance from the state of a game:
///
/// ```swift
/// struct Lamps: Discriminator {
///   let isDark: Bool
///   func replies(to questions: [Question], about scene: Scene) -> [Reply] {
///     questions.map { Reply($0.name == "dark" ? (isDark ? .yes : .no) : .unknown, source: "lamps") }
///   }
/// }
/// ```
public protocol Discriminator: Sendable {
  /// Answers a round.
  ///
  /// - Parameters:
  ///   - questions: The open questions, each once.
  ///   - scene: What they are about.
  /// - Returns: One reply a question, in their order; unknown passes the question on.
  func replies(to questions: [Question], about scene: Scene) async throws -> [Reply]
}

/// Answers what several characters ask at the same time, where one call is cheaper than several.
public protocol CastDiscriminator: Discriminator {
  /// Answers the rounds of several characters.
  ///
  /// - Parameter rounds: What each asks, about the scene as it perceives it.
  /// - Returns: For each round its replies, one a question, in their order; unknown passes the question on.
  func replies(to rounds: [QuestionRound]) async throws -> [[Reply]]
}

/// The open questions of one character about what it perceives.
public struct QuestionRound: Sendable {
  /// What is asked, each once.
  public let questions: [Question]
  /// What the questions are about.
  public let scene: Scene
  /// Whose questions they are; nil where that is not known.
  public let program: Program?

  /// Makes the round of a character.
  public init(_ questions: [Question], about scene: Scene, of program: Program? = nil) {
    self.questions = questions
    self.scene = scene
    self.program = program
  }
}

/// An answer together with who gave it.
public struct Reply: Hashable, Sendable {
  /// What was answered.
  public let answer: Answer
  /// Who answered, such as `cues`, `given` or `otherwise`.
  public let source: String

  /// Makes a reply of a discriminator that calls itself by the source's name.
  public init(_ answer: Answer, source: String) {
    self.answer = answer
    self.source = source
  }
}

extension Reply {
  /// What the author wants to be assumed when nobody could tell.
  func orOtherwise(_ question: Question) -> Reply {
    guard answer.truth == .unknown, let otherwise = question.otherwise else { return self }
    return Reply(otherwise, source: "otherwise")
  }
}

/// Asks one discriminator after another, each only what is still unknown.
///
/// Put the cheapest first: cues, then a model.
public struct DiscriminatorStack: CastDiscriminator {
  private let members: [any Discriminator]
  private let onFailure: (@Sendable (any Error) -> Void)?

  /// Makes a stack that asks the members in order.
  ///
  /// - Parameter onFailure: Is told why a member failed, whose questions then go to the next one; without it the round
  ///   fails with the member.
  public init(_ members: [any Discriminator], onFailure: (@Sendable (any Error) -> Void)? = nil) {
    self.members = members
    self.onFailure = onFailure
  }

  /// Answers a round; what nobody can tell stays unknown.
  ///
  /// - Throws: ``ReplyCountError``, and whatever a member throws, unless failures are passed over. What stops the task is
  ///   never passed over.
  public func replies(to questions: [Question], about scene: Scene) async throws -> [Reply] {
    try await replies(to: [QuestionRound(questions, about: scene)]).first ?? []
  }

  /// Answers rounds, each member what the ones before it could not tell in any of them.
  ///
  /// - Throws: As ``replies(to:about:)``.
  public func replies(to rounds: [QuestionRound]) async throws -> [[Reply]] {
    var replies = rounds.map { $0.questions.map { _ in Reply(.unknown, source: "nobody") } }
    for member in members {
      let open = replies.map { round in round.indices.filter { round[$0].answer.truth == .unknown } }
      let asked = rounds.indices.filter { !open[$0].isEmpty }
      guard !asked.isEmpty else { break }
      do {
        let answered = try await member.checkedReplies(
          to: asked.map { place in
            let round = rounds[place]
            return QuestionRound(
              open[place].map { round.questions[$0] }, about: round.scene, of: round.program)
          })
        // A half that somebody said is not taken back by somebody who cannot tell.
        for (place, answered) in zip(asked, answered) {
          for (index, reply) in zip(open[place], answered)
          where !reply.answer.isUnanswered || replies[place][index].answer.isUnanswered {
            replies[place][index] = reply
          }
        }
      } catch {
        guard let onFailure, !(error is CancellationError), !Task.isCancelled else { throw error }
        onFailure(error)
      }
    }
    return replies
  }
}

extension Discriminator {
  /// The replies to rounds, of which there is one a question; one round after the other unless the cast can be answered at once.
  func checkedReplies(to rounds: [QuestionRound]) async throws -> [[Reply]] {
    var replies: [[Reply]] = []
    if let cast = self as? any CastDiscriminator {
      replies = try await cast.replies(to: rounds)
    } else {
      for round in rounds { replies.append(try await self.replies(to: round.questions, about: round.scene)) }
    }
    for (place, round) in rounds.enumerated() {
      let received = replies.indices.contains(place) ? replies[place].count : 0
      guard received == round.questions.count else {
        throw ReplyCountError(expected: round.questions.count, received: received)
      }
    }
    return replies
  }
}

/// Answers as it was told to, by question name or exact text; everything else is unknown.
public struct ScriptedDiscriminator: Discriminator {
  private let answers: [String: Answer]

  /// Makes one from answers by name or text; a name wins.
  public init(_ answers: [String: Answer] = [:]) {
    self.answers = answers
  }

  /// Looks each question up.
  public func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    questions.map { Reply(answer(to: $0) ?? .unknown, source: "script") }
  }

  private func answer(to question: Question) -> Answer? {
    if let name = question.name, let answer = answers[name] { return answer }
    return answers.first { $0.key.isSameBytes(as: question.text) }?.value
  }
}

/// Answers yes or no by a hash of scene and question: arbitrary, yet the same everywhere.
///
/// Yes exactly if the lowest bit of the first byte of SHA-256(UTF-8(scene), 0x00, UTF-8(question)) is 1.
/// For exploring a profile's logic without a model.
public struct HashDiscriminator: Discriminator {
  /// Makes the one hash discriminator there is.
  public init() {}

  /// Hashes the scene once a round; no Unicode normalisation anywhere.
  public func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    var ofScene = SHA256()
    ofScene.update(scene.text.utf8)
    ofScene.update(CollectionOfOne(UInt8(0)))
    return questions.map { question in
      var hash = ofScene
      hash.update(question.text.utf8)
      let isYes = (hash.finalize().first ?? 0) & 1 == 1
      return Reply(isYes ? .yes : .no, source: "hash")
    }
  }
}

/// A discriminator broke its contract: it must give one reply a question.
public struct ReplyCountError: Error, Hashable, Sendable, CustomStringConvertible {
  /// How many questions there were.
  public let expected: Int
  /// How many replies came.
  public let received: Int

  /// Makes an error that names both counts.
  public init(expected: Int, received: Int) {
    self.expected = expected
    self.received = received
  }

  /// A stable code for logs and tests.
  public var code: String { "wrong-reply-count" }

  /// What went wrong and what to do, in a sentence without a full stop.
  public var description: String {
    "the discriminator gave \(received) replies to \(expected) questions; it must give one a question"
  }
}
