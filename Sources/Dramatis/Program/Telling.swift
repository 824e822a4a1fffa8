/// How prompts are laid out.
public enum PromptForm: String, Hashable, Sendable, Codable, CaseIterable {
  /// What never changes first and what holds in one turn last, so that a service keeps most of it in its cache.
  case cached
  /// All that is told first, and examples as turns, as small models understand it best.
  case compact
}

/// What is told of a character besides states and statements, and how it talks; nothing of it moves anything.
public struct Telling: Hashable, Sendable, Codable {
  /// What somebody is to the character.
  public struct Relation: Hashable, Sendable, Codable {
    /// Who it is.
    public let name: String
    /// What they are to the character, in words.
    public let text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// Something that the character must not say.
  public struct Prohibition: Hashable, Sendable, Codable {
    /// A question about a line to which the answer must not be yes; nil where the words alone are meant.
    public let question: String?
    /// Phrases, as cues are written, that no line may hold.
    public let cues: [String]

    package init(question: String?, cues: [String]) {
      self.question = question
      self.cues = cues
    }
  }

  /// What others are to the character, in the order written.
  public let relations: [Relation]
  /// What is true whatever happens, with slots.
  public let facts: [String]
  /// For each variable how it stands, in words with slots; nil for one that is not told.
  public let shown: [LineText?]
  /// In how many turns nothing may fall due before the story is given a direction; nil for ``standardStall``.
  public let stall: Int?
  /// How prompts are laid out; nil for as whoever asks the model likes it.
  public let form: PromptForm?
  /// How often the character answers what is said to all, from 0 for never to 1; nil for always.
  public let eager: Double?
  /// What the character must not say; nil for nothing in particular.
  public let forbidden: [Prohibition]?
  /// What the character is to keep; nil for nothing, so that it is not written.
  private let remember: [StandingQuestion]?
  /// How many tokens of what is kept are told; nil for ``standardMemoryBudget``.
  public let memoryBudget: Int?

  package init(
    relations: [Relation] = [], facts: [String] = [], shown: [LineText?] = [], stall: Int? = nil,
    form: PromptForm? = nil, eager: Double? = nil, forbidden: [Prohibition] = [],
    remembered: [StandingQuestion] = [], memoryBudget: Int? = nil
  ) {
    self.relations = relations
    self.facts = facts
    self.shown = shown.contains { $0 != nil } ? shown : []
    self.stall = stall
    self.form = form
    self.eager = eager
    self.forbidden = forbidden.isEmpty ? nil : forbidden
    remember = remembered.isEmpty ? nil : remembered
    self.memoryBudget = memoryBudget
  }

  /// What the character is to keep, in the order written.
  public var remembered: [StandingQuestion] { remember ?? [] }

  /// How many tokens of what is kept are told, unless a profile says otherwise.
  public static let standardMemoryBudget = 256

  /// In how many turns nothing may fall due before a story is given a direction, unless it says otherwise.
  public static let standardStall = 3
  /// The turns after which a story may be given a direction.
  package static let stalls = 1...1000

  /// Nothing at all.
  static let nothing = Telling()

  /// The same, with what a story adds; nil where that is nothing.
  func inStory(facts: [String], stall: Int?, remembering questions: [StandingQuestion]) -> Telling? {
    let all = Telling(
      relations: relations, facts: self.facts + facts, shown: shown, stall: stall ?? self.stall, form: form,
      eager: eager, forbidden: forbidden ?? [], remembered: remembered + questions,
      memoryBudget: memoryBudget)
    return all == .nothing ? nil : all
  }
}

extension Program {
  /// How often the character answers what is said to all, from 0 for never to 1 for always.
  public var eagerness: Double { telling?.eager ?? 1 }

  /// A text that is told with its slots filled; what is in braces and names nothing stays as it is.
  ///
  /// - Parameters:
  ///   - text: With `{user}`, `{character}`, variables and machines by their names.
  ///   - snapshot: Where the character stands.
  ///   - user: Who stands for `{user}`.
  package func filled(_ text: String, at snapshot: Snapshot, user: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      filled += rest[..<open]
      rest = rest[rest.index(after: open)...]
      if rest.first == "{" {
        // A macro of a card, which others fill.
        let end = rest.firstRange(of: "}}")?.upperBound ?? rest.index(after: rest.startIndex)
        filled += "{" + rest[..<end]
        rest = rest[end...]
        continue
      }
      guard let close = rest.firstIndex(of: "}"), let value = slot(rest[..<close], at: snapshot, user: user)
      else {
        filled += "{"
        continue
      }
      filled += value
      rest = rest[rest.index(after: close)...]
    }
    return filled + rest
  }

  private func slot(_ name: Substring, at snapshot: Snapshot, user: String) -> String? {
    if name == "user" { return user }
    if name == "character" { return character }
    if let index = variables.firstIndex(where: { $0.name == name }) {
      return variables[index].text(snapshot.variables[index])
    }
    return machines.firstIndex { $0.name == name }.map { machines[$0].states[snapshot.states[$0]].name }
  }

  /// How the variables stand that are told, in words and in their order.
  package func shownVariables(at snapshot: Snapshot, user: String) -> [String] {
    (telling?.shown ?? []).compactMap { $0?.filled(for: self, at: snapshot, user: user) }
  }
}
