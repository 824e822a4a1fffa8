import Testing

@testable import Dramatis

/// A sentence, a cue, and what a question with this cue alone is answered.
struct CueSentence: Sendable, CustomTestStringConvertible {
  let text: String
  let cue: String
  let answer: Answer

  static func yes(_ text: String, _ cue: String) -> Self { Self(text: text, cue: cue, answer: .yes) }
  static func no(_ text: String, _ cue: String) -> Self { Self(text: text, cue: cue, answer: .no) }
  static func unknown(_ text: String, _ cue: String) -> Self { Self(text: text, cue: cue, answer: .unknown) }

  /// What the cues answer.
  var found: Answer? {
    let question = Question(name: "q", text: "Q?", cues: [cue])
    return question.answer(about: Scene(text))
  }

  var testDescription: String { "\(cue): \(text)" }
}

extension Question {
  /// What this question is answered by its cues alone.
  func answer(about scene: Scene) -> Answer? {
    CueDiscriminator(for: [DiscriminatorTests.program(asking: [self])])
      .replies(to: [self], about: scene).first?.answer
  }
}
