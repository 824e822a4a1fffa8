import Dramatis
import Synchronization

/// Answers questions by asking a language model.
///
/// Stack it behind the cues, so that a model is asked only what is still unknown:
///
/// ```swift
/// DiscriminatorStack([CueDiscriminator(for: cast), LLMDiscriminator(model)])
/// ```
public struct LLMDiscriminator: CastDiscriminator {
  /// How a round is put to the model.
  public enum Method: Hashable, Sendable {
    /// So many questions in one structured request, all requests of a round at the same time.
    case batch(Int)
    /// One short request a question, all at the same time; the answer is the first token's probabilities.
    ///
    /// A service that has no probabilities is taken at its word.
    case probabilities
  }

  /// How many questions stand in a request unless somebody says otherwise.
  public static let standardBatch = 20

  private let model: any LanguageModel
  private let method: Method
  private let seed: UInt64
  private let cache: AnswerCache
  private let lines: AwaitedLines?
  private let onFailure: (@Sendable (ModelError) -> Void)?
  private let failures = FailureCount()

  /// Makes a discriminator.
  ///
  /// - Parameters:
  ///   - method: Batches of twenty unless given; a small model answers fewer at once better.
  ///   - seed: Decides the order in which questions stand in a request, to even out what their place does.
  ///   - cache: Where answers are kept; share one to share them.
  ///   - lines: Notes with what lines begin; share that of the performer.
  ///   - onFailure: Is told of failures that a line may do without, where those leave questions unknown; where it is nil, they
  ///     are thrown. After three in a row nothing is asked any more.
  public init(
    _ model: any LanguageModel, method: Method = .batch(standardBatch), seed: UInt64 = 0,
    cache: AnswerCache = AnswerCache(), lines: AwaitedLines? = nil,
    onFailure: (@Sendable (ModelError) -> Void)? = nil
  ) {
    self.model = model
    self.method = method
    self.seed = seed
    self.cache = cache
    self.lines = lines
    self.onFailure = onFailure
  }

  /// Answers a round; one failed request fails it, and what the others answered stays cached.
  ///
  /// - Throws: ``ModelError``.
  public func replies(to questions: [Question], about scene: Scene) async throws -> [Reply] {
    try await replies(to: [QuestionRound(questions, about: scene)]).first ?? []
  }

  /// Answers what several characters ask; those who perceive the same scene share requests, and share answers but where a
  /// question means its character without naming it.
  ///
  /// - Throws: ``ModelError``.
  public func replies(to rounds: [QuestionRound]) async throws -> [[Reply]] {
    let asked = rounds.map { round in round.questions.map { AskedQuestion($0, of: round.program) } }
    var groups: [RoundGroup] = []
    for (round, asked) in zip(rounds, asked) {
      let place = groups.firstIndex { $0.scene.reads(as: round.scene) } ?? groups.count
      if place == groups.count { groups.append(RoundGroup(scene: round.scene)) }
      if let program = round.program { groups[place].characters.append(program) }
      for question in asked where known(question, about: round.scene) == nil {
        if !groups[place].open.contains(question) { groups[place].open.append(question) }
      }
    }
    if !failures.isHopeless { try await ask(groups) }
    return zip(rounds, asked).map { round, asked in
      asked.map { Reply(known($0, about: round.scene) ?? .unknown, source: "llm") }
    }
  }

  private func known(_ asked: AskedQuestion, about scene: Scene) -> Answer? {
    cache[AnswerCache.Key(model: model.name, scene: scene, asked: asked)]
  }

  private func ask(_ groups: [RoundGroup]) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      var part = 0
      for round in groups where !round.open.isEmpty {
        let scene = round.scene
        let awaited = lines?.beginning(of: round.characters, in: scene)
        for batch in batches(of: round.open, about: scene) {
          let asked = PlacedModel(base: model, purpose: .questions(part: part), awaited: awaited)
          part += 1
          group.addTask {
            for (question, answer) in try await answersIfAny(to: batch, about: scene, by: asked) {
              cache.keep(answer, for: AnswerCache.Key(model: model.name, scene: scene, asked: question))
            }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// The answers; none where the model fails in a way that a line can do without.
  private func answersIfAny(
    to questions: [AskedQuestion], about scene: Scene, by model: PlacedModel
  ) async throws(ModelError) -> [(AskedQuestion, Answer)] {
    do {
      let answers = try await answers(to: questions, about: scene, by: model)
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
    to questions: [AskedQuestion], about scene: Scene, by model: PlacedModel
  ) async throws(ModelError) -> [(AskedQuestion, Answer)] {
    var cut = 0
    let lines = scene.text.split(separator: "\n", omittingEmptySubsequences: false).count
    while true {
      do {
        return try await answers(to: questions, about: scene, cut: cut, by: model)
      } catch .tooLongPrompt(let tokens, let limit) {
        // The oldest lines of a scene that is too long are left out, half of what is left at a time.
        let more = (lines - cut) / 2
        guard more > 0 else { throw .tooLongPrompt(tokens: tokens, limit: limit) }
        cut += more
      }
    }
  }

  private func answers(
    to questions: [AskedQuestion], about scene: Scene, cut: Int, by model: PlacedModel
  ) async throws(ModelError) -> [(AskedQuestion, Answer)] {
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
  func batches(of questions: [AskedQuestion], about scene: Scene) -> [[AskedQuestion]] {
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

/// The questions about one scene, and who asks them.
private struct RoundGroup {
  let scene: Scene
  var open: [AskedQuestion] = []
  var characters: [Program] = []
}

/// A model that is told what each request is for.
struct PlacedModel: LanguageModel {
  let base: any LanguageModel
  let purpose: ModelRequest.Purpose
  let awaited: ModelRequest.Beginning?

  var name: String { base.name }

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    var placed = request
    (placed.purpose, placed.awaited) = (purpose, awaited)
    return try await base.complete(placed, onText: onText)
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

extension Scene {
  /// Whether a model is told the same of both.
  fileprivate func reads(as other: Scene) -> Bool {
    text.isSameBytes(as: other.text) && newest.isSameBytes(as: other.newest)
  }
}
