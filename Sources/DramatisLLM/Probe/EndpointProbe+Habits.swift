import Dramatis

/// What a model makes of what it is asked, beyond whether it answers.
extension EndpointProbe {
  /// Whether the model thinks where nobody told it to, which takes time and room.
  func reasoning() async throws(ModelError) -> Finding {
    let request = ModelRequest(
      [.init(.user, "What is two and three? Answer with one word.")], maxTokens: 64, temperature: 0)
    do {
      let completion = try await model.complete(request)
      let isThinking = !completion.thought.isEmpty || completion.removed.contains { $0.contains("think") }
      return isThinking
        ? Finding(
          .reasoning, .fallback,
          "it thinks before it speaks, which takes longer; '--reasoning off' asks it not to")
        : Finding(.reasoning, .fine, "it speaks at once")
    } catch .thoughtOnly {
      return Finding(
        .reasoning, .fallback,
        "it thinks before it speaks, and needs room for that; '--reasoning off' asks it not to")
    } catch {
      if case .cancelled = error { throw .cancelled }
      return Finding(.reasoning, .unknown, "it could not be found out: \(error)")
    }
  }

  /// Whether the model ends where a text comes that it was told to end at.
  func stop() async throws(ModelError) -> Finding {
    let instead = "what follows is cut here"
    let request = ModelRequest(
      [.init(.user, "Repeat this and nothing else: one two three four")], maxTokens: 32, temperature: 0,
      stop: ["three"])
    return try await finding(on: .stop, from: request) { completion in
      if endpoint.memory.leavesOut("stop", "stop_sequences") {
        return Finding(.stop, .fallback, "it refuses to be told where to end: \(instead)")
      }
      return completion.text.lowercased().contains("three")
        ? Finding(.stop, .fallback, "it goes on behind the text at which it should end: \(instead)")
        : Finding(.stop, .fine, "it ends where it is told to")
    } refused: {
      Finding(.stop, .fallback, "it refuses to be told where to end: \(instead)")
    }
  }

  /// How many requests the service says that it serves at the same time.
  var parallel: Finding {
    guard let slots = endpoint.memory.slots else {
      return Finding(
        .parallel, .unknown, "it does not say how many requests it serves at once; '--parallel N' limits them"
      )
    }
    return Finding(.parallel, .fine, "it serves \(slots) at once, and no more are sent")
  }

  /// Whether the model answers questions about a scene as everybody would.
  ///
  /// What comes out is learnt, so that a chat leaves questions to the cues where the model guesses.
  func controlQuestions() async throws(ModelError) -> Finding {
    let discriminator = LLMDiscriminator(model)
    let replies: [Reply]
    do {
      replies = try await discriminator.replies(
        to: Self.controls.map { Question(name: nil, text: $0.text) }, about: Scene(Self.controlScene))
    } catch {
      guard let error = error as? ModelError else { throw .cancelled }
      if case .cancelled = error { throw .cancelled }
      return judge(right: 0, said: "it could not be read as answers: \(error)")
    }
    let right = zip(replies, Self.controls).count { $0.answer.truth == ($1.isYes ? .yes : .no) }
    return judge(right: right, said: nil)
  }

  private func judge(right: Int, said: String?) -> Finding {
    let count = "\(right) of \(Self.controls.count) control questions are answered rightly"
    let isWeak = right < Self.fewestRight
    endpoint.memory.learn(
      ServiceLesson(.answersQuestions(!isWeak), because: said.map { "\(count); \($0)" } ?? count))
    guard isWeak else { return Finding(.questions, .fine, count) }
    let why = said.map { " (\($0))" } ?? ""
    return Finding(
      .questions, .fallback,
      "\(count)\(why): the model is too weak for them, and chat leaves them to the cues; '--discriminator llm' asks it all the same"
    )
  }

  /// Whoever guesses is right half of the time.
  private static let fewestRight = 7

  private static let controlScene = """
    Bram: The ferry leaves at noon, and it is nearly full.
    Wen: Thank you for the bread, Bram. Here are two coppers for the crossing.
    """

  private static let controls: [(text: String, isYes: Bool)] = [
    ("Does Wen thank somebody?", true), ("Does Wen threaten somebody?", false),
    ("Does Wen pay?", true), ("Does Wen refuse to pay?", false),
    ("Does somebody speak of a ferry?", true), ("Does somebody draw a knife?", false),
    ("Was there talk of bread?", true), ("Is it said that the ferry has sunk?", false),
  ]
}
