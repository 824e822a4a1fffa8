import Dramatis

/// What the compiler made of a story: its cast, and what the cast owes.
public struct StoryInspection: Encodable, Sendable {
  /// A member of the cast.
  public struct Member: Encodable, Sendable {
    /// Who it is.
    public let character, summary: String
    /// How many of each the member has.
    public let machines, trees, variables, questions, lines: Int
    /// How many commitments the member pays.
    public let commitments: Int
    /// The most that one turn can ask of the member, in questions.
    public let mostQuestions: Int
  }

  /// What the story says of itself; the setting is empty unless all share it.
  public let title, setting, opening: String
  /// The cast in its order.
  public let cast: [Member]
  /// The commitments of all, each with whoever pays it.
  public let commitments: [CommitmentEntry]
  /// The most that one turn can ask of the whole cast, in questions.
  public let mostQuestions: Int

  /// Sums a story up.
  public init(of story: Story) {
    title = story.title
    opening = story.opening
    let settings = Set(story.cast.map(\.setting))
    setting = settings.count == 1 ? settings.first ?? "" : ""
    cast = story.cast.map(Member.init)
    commitments = story.cast.flatMap(CommitmentEntry.all)
    mostQuestions = cast.reduce(0) { $0 + $1.mostQuestions }
  }
}

extension StoryInspection.Member {
  fileprivate init(_ program: Program) {
    character = program.character
    summary = program.summary
    machines = program.machines.count
    trees = program.topics.count
    variables = program.variables.count
    questions = program.questions.count
    lines = program.lines.count
    commitments = program.commitments.count { program.owns($0) }
    mostQuestions = QuestionBound(of: program).questions
  }
}

/// What a program says of a commitment.
public struct CommitmentEntry: Encodable, Sendable {
  /// A question that one of its conditions asks.
  public struct Asked: Encodable, Sendable {
    /// `plant`, `trigger` or `abandon-when`.
    public let part: String
    /// Its name; nil for one that stands in the condition.
    public let name: String?
    /// What is asked.
    public let text: String
  }

  /// Its name.
  public let name: String
  /// Who pays it; nil for the profile's character.
  public let owner: String?
  /// What is foreshadowed, what is paid, and when it is due.
  public let foreshadow, payoff, trigger: String
  /// Nil where it is planted at once, and where it is never given up.
  public let plant, abandonWhen: String?
  /// The turn before which its trigger is not looked at.
  public let notBefore: Int
  /// How many turns there are to pay it; nil for any number.
  public let dueWithin: Int?
  /// The commitments that have to be paid before.
  public let after: [String]
  /// Which of several is paid first: the higher one.
  public let priority: Int
  /// `2 of 3`; nil where the one turn counts.
  public let hold: String?
  /// How probable yes has to be; nil for any yes.
  public let certainty: Double?
  /// What its conditions ask.
  public let questions: [Asked]

  /// What an author says of it besides its texts, by the key that says it.
  package let terms: [(key: String, value: String)]

  private enum CodingKeys: String, CodingKey {
    case name, owner, foreshadow, payoff, trigger, plant, abandonWhen, notBefore, dueWithin, after, priority,
      hold
    case certainty, questions
  }

  init(_ commitment: Commitment, of program: Program) {
    name = commitment.name
    owner = commitment.owner
    foreshadow = commitment.foreshadow
    payoff = commitment.payoff
    trigger = program.text(of: commitment.trigger)
    plant = commitment.plant.map { program.text(of: $0) }
    abandonWhen = commitment.abandonWhen.map { program.text(of: $0) }
    notBefore = commitment.notBefore
    dueWithin = commitment.dueWithin
    after = commitment.after.map { program.commitments[$0].name }
    priority = commitment.priority
    hold = commitment.hold.map { "\($0.count) of \($0.window)" }
    certainty = commitment.certainty
    let conditions: [(String, Condition?)] = [
      ("plant", commitment.plant), ("trigger", commitment.trigger), ("abandon-when", commitment.abandonWhen),
    ]
    questions = conditions.flatMap { part, condition in
      Set(condition?.questions ?? []).sorted().map {
        Asked(part: part, name: program.questions[$0].name, text: program.questions[$0].text)
      }
    }
    terms = program.terms(of: commitment)
  }

  /// The commitments that a character pays.
  public static func all(of program: Program) -> [CommitmentEntry] {
    program.commitments.filter(program.owns).map { CommitmentEntry($0, of: program) }
  }
}

extension Program {
  /// What an author says of a commitment besides its texts.
  ///
  /// - Returns: By the key that says it, in the order of its life; what goes without saying is left out, and the
  ///   conditions of one that somebody else pays, who alone reads them.
  func terms(of commitment: Commitment) -> [(key: String, value: String)] {
    let isOwned = owns(commitment)
    let hold = commitment.hold.map { "\($0.count) of \($0.window)" }
    let after = commitment.after.map { commitments[$0].name }.joined(separator: ", ")
    let terms: [(key: String, value: String?)] = [
      ("owner", commitment.owner),
      ("plant", isOwned ? commitment.plant.map { text(of: $0) } : nil),
      ("after", after.isEmpty ? nil : after),
      ("not-before", commitment.notBefore == 0 ? nil : String(commitment.notBefore)),
      ("trigger", isOwned ? text(of: commitment.trigger) : nil),
      ("hold", hold), ("certainty", commitment.certainty.map { String($0) }),
      ("due-within", commitment.dueWithin.map { String($0) }),
      ("priority", commitment.priority == 0 ? nil : String(commitment.priority)),
      ("abandon-when", isOwned ? commitment.abandonWhen.map { text(of: $0) } : nil),
    ]
    return terms.compactMap { key, value in value.map { (key, $0) } }
  }
}
