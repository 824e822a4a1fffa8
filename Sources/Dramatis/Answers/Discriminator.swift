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
