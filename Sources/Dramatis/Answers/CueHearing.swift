/// Which questions of a character heard something in what was said, by their cues alone.
public struct CueHearing: Hashable, Sendable, Codable {
  /// What one question heard.
  public struct Entry: Hashable, Sendable, Codable {
    /// The question's name, or its text.
    public let question: String
    /// In how many of the texts it was answered yes.
    public fileprivate(set) var yes = 0
    /// In how many no.
    public fileprivate(set) var no = 0
  }

  /// The character whose questions they are.
  public let character: String
  /// The questions that have cues, in their order.
  public private(set) var questions: [Entry]
  /// How many texts were read, the character's own left out.
  public private(set) var texts = 0
  /// Those in which no question heard anything, in their order.
  public private(set) var silent: [String] = []

  /// Reads texts one after the other; takes time in proportion to them.
  ///
  /// - Parameters:
  ///   - program: Whose questions they are.
  ///   - events: What happened, oldest first; those without a text count for the scene alone.
  public init(of program: Program, in events: [Event]) {
    let asked = program.questions.filter { !($0.cues + $0.counterCues).isEmpty }
    let cues = CueDiscriminator(for: [program])
    character = program.character
    questions = asked.map { Entry(question: $0.key) }
    for (index, event) in events.enumerated() where !program.isActor(of: event) {
      guard let text = event.text else { continue }
      texts += 1
      let earlier = events[..<index].suffix(program.window)
      let scene = Scene(of: event, after: earlier, window: program.window, for: program)
      let answers = cues.replies(to: asked, about: scene).map(\.answer.truth)
      for (number, answer) in answers.enumerated() {
        if answer == .yes { questions[number].yes += 1 } else if answer == .no { questions[number].no += 1 }
      }
      let isHeard = zip(asked, answers).contains { $0.reach == .newest && $1 != .unknown }
      if !isHeard { silent.append(text) }
    }
  }

  /// The questions that heard nothing.
  public var deaf: [String] { questions.filter { $0.yes + $0.no == 0 }.map(\.question) }
}
