import Dramatis

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

  /// Makes a discriminator.
  ///
  /// - Parameters:
  ///   - method: Batches of six unless given: more at once are answered worse.
  ///   - seed: Decides the order in which questions stand in a request, to even out what their place does.
  ///   - cache: Where answers are kept; share one to share them.
  public init(
    _ model: any LanguageModel, method: Method = .batch(6), seed: UInt64 = 0,
    cache: AnswerCache = AnswerCache()
  ) {
    self.model = model
    self.method = method
    self.seed = seed
    self.cache = cache
  }

  /// Answers a round; one failed request fails it, and what the others answered stays cached.
  ///
  /// - Throws: ``ModelError``.
  public func replies(to questions: [Question], about scene: Scene) async throws -> [Reply] {
    var open: [Question] = []
    for question in questions where known(question, about: scene) == nil && !open.contains(question) {
      open.append(question)
    }
    try await ask(open, about: scene)
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
          for (question, answer) in try await answers(to: batch, about: scene) {
            cache.keep(answer, for: AnswerCache.Key(model: model.name, scene: scene, question: question))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func answers(
    to questions: [Question], about scene: Scene
  ) async throws(ModelError) -> [(Question, Answer)] {
    switch method {
    case .batch:
      let form = QuestionForm(questions, about: scene)
      let output = StructuredOutput(model: model, schema: form.schema)
      return zip(questions, form.answers(in: try await output.value(for: form.request))).map { ($0, $1) }
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
