import Dramatis
import Synchronization

/// Answers questions by asking a language model.
///
/// Stack it behind the cues, so that a model is asked only what is still unknown:
///
/// ```swift
/// DiscriminatorStack([CueDiscriminator(for: cast), LLMDiscriminator(model)])
/// ```
public struct LLMDiscriminator: Discriminator {
  /// How a round is put to the model.
  public enum Method: Hashable, Sendable {
    /// So many questions in one structured request, all requests of a round at the same time.
    case batch(Int)
    /// One short request a question, all at the same time; the answer is the first token's probabilities.
    ///
    /// A service that has no probabilities is taken at its word.
    case probabilities
  }

  private let model: any LanguageModel
  private let method: Method
  private let seed: UInt64
  private let cache: AnswerCache
  private let onFailure: (@Sendable (ModelError) -> Void)?
  private let failures = FailureCount()

  /// Makes a discriminator.
  ///
  /// - Parameters:
  ///   - method: Batches of six unless given: more at once are answered worse.
  ///   - seed: Decides the order in which questions stand in a request, to even out what their place does.
  ///   - cache: Where answers are kept; share one to share them.
  ///   - onFailure: Is told of failures that a line may do without, where those leave questions unknown; where it is nil, they
  ///     are thrown. After three in a row nothing is asked any more.
  public init(
    _ model: any LanguageModel, method: Method = .batch(6), seed: UInt64 = 0,
    cache: AnswerCache = AnswerCache(), onFailure: (@Sendable (ModelError) -> Void)? = nil
  ) {
    self.model = model
    self.method = method
    self.seed = seed
    self.cache = cache
    self.onFailure = onFailure
  }

  /// Answers a round; one failed request fails it, and what the others answered stays cached.
  ///
  /// - Throws: ``ModelError``.
  public func replies(to questions: [Question], about scene: Scene) async throws -> [Reply] {
    var open: [Question] = []
    for question in questions where known(question, about: scene) == nil && !open.contains(question) {
      open.append(question)
    }
    if !failures.isHopeless { try await ask(open, about: scene) }
    return questions.map { Reply(known($0, about: scene) ?? .unknown, source: "llm") }
  }

  private func known(_ question: Question, about scene: Scene) -> Answer? {
    cache[AnswerCache.Key(model: model.name, scene: scene, question: question)]
  }

  private func ask(_ questions: [Question], about scene: Scene) async throws {
    guard !questions.isEmpty else { return }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for batch in batches(of: questions, about: scene) {
        group.addTask {
          for (question, answer) in try await answersIfAny(to: batch, about: scene) {
            cache.keep(answer, for: AnswerCache.Key(model: model.name, scene: scene, question: question))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// The answers; none where the model fails in a way that a line can do without.
  private func answersIfAny(
    to questions: [Question], about scene: Scene
  ) async throws(ModelError) -> [(Question, Answer)] {
    do {
      let answers = try await answers(to: questions, about: scene)
      failures.reset()
      return answers
    } catch {
      guard let onFailure, error.leavesLines else { throw error }
      failures.add(error)
      onFailure(error)
      return []
    }
  }

  private func answers(
    to questions: [Question], about scene: Scene
  ) async throws(ModelError) -> [(Question, Answer)] {
    var cut = 0
    let lines = scene.text.split(separator: "\n", omittingEmptySubsequences: false).count
    while true {
      do {
        return try await answers(to: questions, about: scene, cut: cut)
      } catch .tooLongPrompt(let tokens, let limit) {
        // The oldest lines of a scene that is too long are left out, half of what is left at a time.
        let more = (lines - cut) / 2
        guard more > 0 else { throw .tooLongPrompt(tokens: tokens, limit: limit) }
        cut += more
      }
    }
  }

  private func answers(
    to questions: [Question], about scene: Scene, cut: Int
  ) async throws(ModelError) -> [(Question, Answer)] {
    switch method {
    case .batch:
      let form = QuestionForm(questions, about: scene, cut: cut)
      return zip(questions, try await form.answers(of: model)).map { ($0, $1) }
    case .probabilities:
      guard let question = questions.first else { return [] }
      let completion = try await model.complete(QuestionForm.single(question, about: scene))
      let word = AnswerWord(completion.text).map { Answer($0.truth) }
      return [(question, Answer(completion.alternatives) ?? word ?? .unknown)]
    }
  }

  /// The questions of each request, in an order that depends on the seed and the scene alone.
  func batches(of questions: [Question], about scene: Scene) -> [[Question]] {
    guard case .batch(let cap) = method else { return questions.map { [$0] } }
    let scenery = SHA256.digest(scene.text.utf8).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var shuffled = questions
    for index in shuffled.indices.dropFirst().reversed() {
      let number = Draw.number(seed: seed ^ scenery, turn: 0, site: index)
      shuffled.swapAt(index, Draw.index(number, below: index + 1))
    }
    let size = max(cap, 1)
    return stride(from: 0, to: shuffled.count, by: size).map {
      Array(shuffled[$0..<min($0 + size, shuffled.count)])
    }
  }
}

extension ModelError {
  /// Whether a line may well be spoken though questions were not answered.
  var leavesLines: Bool {
    switch self {
    case .refused(let status, _, _): ![401, 402, 403, 404].contains(status)
    case .failed, .cutOff, .malformed, .tooLong, .invalidOutput, .timedOut, .tooLongPrompt, .thoughtOnly,
      .declined:
      true
    default: false
    }
  }
}

/// How often in a row a model gave nothing that could be read as answers.
private final class FailureCount: Sendable {
  private static let most = 3
  private let count = Mutex(0)

  var isHopeless: Bool { count.withLock { $0 >= Self.most } }

  func add(_ error: ModelError) {
    guard case .invalidOutput = error else { return }
    count.withLock { $0 += 1 }
  }

  func reset() {
    count.withLock { $0 = 0 }
  }
}
