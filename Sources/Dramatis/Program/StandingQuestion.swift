/// A question that stays open: what a character hears in answer to it, it keeps, however long the conversation gets.
///
/// It is no question of a condition: nobody answers it yes or no, and nothing moves by it.
public struct StandingQuestion: Hashable, Sendable, Codable {
  /// Its name, what is asked, with slots, and the cues by which something answers it.
  public let question: Question
  /// Whose words are listened to: those of others, the character's own, or both.
  public let role: Transition.RoleFilter
  /// What tells that an event answers it, an index into ``Program/loreConditions``; nil where cues alone do.
  public let condition: Int?
  /// How many quotes are kept; nil for ``standardKeep``.
  private let keep: Int?

  package init(
    _ question: Question, role: Transition.RoleFilter = .passive, condition: Int? = nil, keep: Int? = nil
  ) {
    self.question = question
    self.role = role
    self.condition = condition
    self.keep = keep
  }

  /// How many quotes are kept of what answers a question, unless it says otherwise.
  public static let standardKeep = 6
  /// How many quotes a question may keep.
  package static let keeps = 1...100

  /// The author's name for it.
  public var name: String { question.key }
  /// How many quotes are kept of what answers it; the oldest goes first.
  public var keeps: Int { keep ?? Self.standardKeep }
  /// Whether cues or a condition tell what answers it.
  var isCued: Bool { condition != nil || !question.cues.isEmpty }
}

extension Program {
  /// What the character is to keep, its own questions first, then those of its story.
  public var standingQuestions: [StandingQuestion] { telling?.remembered ?? [] }

  /// How many tokens of what is kept a performer is told.
  public var memoryBudget: Int { telling?.memoryBudget ?? Telling.standardMemoryBudget }

  /// The conditions that tell what answers standing questions.
  var standingConditions: [Int] { standingQuestions.compactMap(\.condition) }
}
