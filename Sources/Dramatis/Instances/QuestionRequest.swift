/// A question that a turn needs answered: who is asked, about which event and in which position.
///
/// A game answers from what it knows:
///
/// ```swift
/// let turn = try guardian.turn(event) { request in
///   switch request.question.name {
///   case "isArmed": Answer(probability: world.isArmed(request.event.actor) ? 1 : 0)
///   default: nil  // left to the cues, and then to `otherwise`
///   }
/// }
/// ```
public struct QuestionRequest: Sendable {
  /// The question, with its name and its text.
  public internal(set) var question: Question
  /// Who is asked, as it stood when the event came.
  public let instance: Instance
  /// What happened, with its data.
  public let event: Event
  /// The event among those that the character perceived before.
  public let scene: Scene
  /// Whether it is about a line, the character's own or one that it heard, and not about an event.
  public let isAboutLine: Bool

  /// The question's name, or its text where it has none.
  public var key: String { question.key }
}
