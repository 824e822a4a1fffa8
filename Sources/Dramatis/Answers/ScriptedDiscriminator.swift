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
