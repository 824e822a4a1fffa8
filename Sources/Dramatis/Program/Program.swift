/// A compiled profile: immutable, with every name resolved to an index.
///
/// Compile one with `DramatisCompiler`, or load one that was compiled before with ``init(file:)``.
/// A program never changes; where a character stands is a ``Snapshot``.
public struct Program: Hashable, Sendable, Encodable {
  /// The character's name.
  public private(set) var character: String
  /// Other names by which the character is mentioned or addressed.
  public private(set) var aliases: [String]
  /// Who the character is, in a sentence or two.
  public let summary: String
  /// How the character talks.
  public let voice: String
  /// Where and when it all happens.
  public let setting: String
  /// The tag of the language that is spoken, such as `en` or `de-AT`; nil where the profile does not say.
  public let language: String?
  /// What the character may say first; one of them is chosen.
  public let greetings: [LineText]
  /// Sample exchanges for whoever performs the character.
  public let examples: [Example]
  /// How many events a scene holds.
  public let window: Int
  /// How many tokens of statements a performer is handed; nil for all there are.
  public let statementBudget: Int?
  /// What makes an event of somebody else relevant; nil for the local rule.
  public let relevance: Condition?
  /// The variables in the order declared.
  public let variables: [Variable]
  /// Named questions in the order declared, then those written as `ask("…")`.
  public let questions: [Question]
  /// The machines in the order declared.
  public let machines: [Machine]
  /// The trees in the order written.
  public let topics: [Topic]
  /// The nodes of all trees; a gate leads only to later ones.
  public let treeNodes: [TreeNode]
  /// The statements of all trees; see ``statementIdentifiers()`` for names that outlive the program.
  public let statements: [String]
  /// The commitments in the order declared.
  public private(set) var commitments: [Commitment]
  /// How many payoffs a line is asked for at most; nil for ``standardPayoffLimit``.
  public let payoffLimit: Int?
  /// What the character says when no language model is configured.
  public let lines: [AuthoredLine]
  /// Where parts of the profile come from; nil for nothing, so that it is not written.
  private let origins: [Provenance]?
  /// What stands in place of what a performer is told to do, and what it is told behind the conversation; nil for nothing.
  private let system, closing: String?
  /// The books of lore, and the conditions of their entries and of what the character is to keep; nil for none.
  private let books: [Lorebook]?
  private let bookConditions: [Condition]?
  /// What whoever speaks is told besides; nil for nothing.
  public let telling: Telling?
  /// What a step runs, derived from all of the above and never written.
  private(set) var flat = FlatProgram.none
  /// The name and the aliases as they are compared, derived and never written.
  private var names = CharacterNames()

  /// Makes a program.
  ///
  /// - Parameter isVerified: Whether all indices are known to be right; if not, ``flatten()`` comes later.
  package init(
    character: String, aliases: [String], summary: String, voice: String, setting: String,
    greetings: [LineText], examples: [Example], window: Int, statementBudget: Int?, relevance: Condition?,
    variables: [Variable], questions: [Question], machines: [Machine], topics: [Topic],
    treeNodes: [TreeNode], statements: [String], commitments: [Commitment], lines: [AuthoredLine],
    payoffLimit: Int? = nil, language: String? = nil, provenance: [Provenance] = [],
    systemPrompt: String = "", postHistory: String = "", lore: [Lorebook] = [],
    loreConditions: [Condition] = [],
    telling: Telling? = nil,
    isVerified: Bool = true
  ) {
    self.character = character
    self.aliases = aliases
    self.summary = summary
    self.voice = voice
    self.setting = setting
    self.language = language
    self.greetings = greetings
    self.examples = examples
    self.window = window
    self.statementBudget = statementBudget
    self.relevance = relevance
    self.variables = variables
    self.questions = questions
    self.machines = machines
    self.topics = topics
    self.treeNodes = treeNodes
    self.statements = statements
    self.commitments = commitments
    self.payoffLimit = payoffLimit
    self.lines = lines
    origins = provenance.isEmpty ? nil : provenance
    names = CharacterNames([character] + aliases)
    system = systemPrompt.isEmpty ? nil : systemPrompt
    closing = postHistory.isEmpty ? nil : postHistory
    books = lore.isEmpty ? nil : lore
    bookConditions = loreConditions.isEmpty ? nil : loreConditions
    self.telling = telling
    if isVerified { flatten() }
  }

  /// Derives the flat form, once the program is known to be sound.
  mutating func flatten() {
    flat = FlatProgram(self)
  }

  /// Where parts of the profile come from; nothing that happens depends on it.
  public var provenance: [Provenance] { origins ?? [] }

  enum CodingKeys: String, CodingKey {
    case character, aliases, summary, voice, setting, greetings, examples, window, statementBudget,
      relevance, variables, questions
    case machines, topics, treeNodes, statements, commitments, payoffLimit, lines, language, telling
    case origins = "provenance"
    case system = "systemPrompt"
    case closing = "postHistory"
    case books = "lore"
    case bookConditions = "loreConditions"
  }

  /// The position of a character to whom nothing has happened yet.
  ///
  /// - Parameter seed: Decides every draw of `chance` and every choice among authored lines.
  public func initialSnapshot(seed: UInt64 = 0) -> Snapshot {
    var snapshot = Snapshot(
      seed: seed, turn: 0,
      states: machines.map { _ in 0 },
      beliefs: machines.map(\.initialBelief),
      variables: variables.map(\.initial),
      commitments: commitments.map { _ in CommitmentProgress(.planned) }, identity: identity)
    if !flat.pasts.isEmpty { snapshot.memory = Memory(of: flat.pasts, at: snapshot) }
    return snapshot
  }

  /// What the character is called in the profile, whatever this copy is called.
  var originalName: String { names.original }

  /// Whether a name is the character's own or an alias, whatever its case.
  public func isCalled(_ name: String) -> Bool {
    name == character || names.folded.contains(FoldedName(name))
  }
}

extension Program {
  /// Words that stand in place of what a performer is told to do; empty for none.
  ///
  /// `{{original}}` in them stands for what it is told otherwise.
  public var systemPrompt: String { system ?? "" }
  /// Words that a performer is told behind the conversation; empty for none.
  public var postHistory: String { closing ?? "" }
  /// What the character knows of its world: its own books, then those of its story.
  public var lore: [Lorebook] { books ?? [] }
  /// The conditions of entries of lore, and of what the character is to keep.
  public var loreConditions: [Condition] { bookConditions ?? [] }
}

extension Program: Decodable {
  /// Reads a program and checks it: one that was decoded can be run without a further check.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func field<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try container.decode(Value.self, forKey: key)
    }
    self.init(
      character: try field(.character), aliases: try field(.aliases), summary: try field(.summary),
      voice: try field(.voice), setting: try field(.setting), greetings: try field(.greetings),
      examples: try field(.examples), window: try field(.window),
      statementBudget: try container.decodeIfPresent(Int.self, forKey: .statementBudget),
      relevance: try container.decodeIfPresent(Condition.self, forKey: .relevance),
      variables: try field(.variables), questions: try field(.questions), machines: try field(.machines),
      topics: try field(.topics), treeNodes: try field(.treeNodes), statements: try field(.statements),
      commitments: try field(.commitments), lines: try field(.lines),
      payoffLimit: try container.decodeIfPresent(Int.self, forKey: .payoffLimit),
      language: try container.decodeIfPresent(String.self, forKey: .language),
      provenance: try container.decodeIfPresent([Provenance].self, forKey: .origins) ?? [],
      systemPrompt: try container.decodeIfPresent(String.self, forKey: .system) ?? "",
      postHistory: try container.decodeIfPresent(String.self, forKey: .closing) ?? "",
      lore: try container.decodeIfPresent([Lorebook].self, forKey: .books) ?? [],
      loreConditions: try container.decodeIfPresent([Condition].self, forKey: .bookConditions) ?? [],
      telling: try container.decodeIfPresent(Telling.self, forKey: .telling), isVerified: false)
    try verify()
    flatten()
  }
}

extension Program {
  /// The same character in a story: with further questions and commitments behind its own.
  ///
  /// - Parameters:
  ///   - questions: All questions, the program's own first.
  ///   - commitments: All commitments, the program's own first.
  ///   - lines: All lines, the program's own first.
  ///   - setting: Where and when the story happens; empty for what the profile says.
  ///   - facts: What is true in the story whatever happens.
  ///   - stall: In how many turns nothing may fall due before the story is given a direction.
  ///   - standing: What everyone in the story is to keep.
  ///   - books: Further books of lore.
  ///   - conditions: The conditions of their entries and of what is kept, behind the program's own.
  package func inStory(
    questions: [Question], commitments: [Commitment], lines: [AuthoredLine], setting: String,
    facts: [String] = [], stall: Int? = nil, remembering standing: [StandingQuestion] = [],
    lore books: [Lorebook] = [],
    loreConditions conditions: [Condition] = []
  ) -> Program {
    Program(
      character: character, aliases: aliases, summary: summary, voice: voice,
      setting: setting.isEmpty ? self.setting : setting, greetings: greetings, examples: examples,
      window: window, statementBudget: statementBudget, relevance: relevance, variables: variables,
      questions: questions, machines: machines, topics: topics, treeNodes: treeNodes, statements: statements,
      commitments: commitments, lines: lines, payoffLimit: payoffLimit, language: language,
      provenance: provenance, systemPrompt: systemPrompt, postHistory: postHistory, lore: lore + books,
      loreConditions: loreConditions + conditions,
      telling: (telling ?? .nothing).inStory(facts: facts, stall: stall, remembering: standing))
  }
}

extension Program {
  /// The same program with another name for the character, which has no aliases then.
  ///
  /// What a step runs is shared, so that one program serves many characters, and what one of them made fits the others.
  /// What the character itself has to pay goes by the new name too.
  public func renamed(_ name: String) -> Program {
    var renamed = self
    if commitments.contains(where: { $0.owner != nil }) {
      renamed.commitments = commitments.map { owns($0) && $0.owner != nil ? $0.owned(by: name) : $0 }
    }
    renamed.character = name
    renamed.aliases = []
    renamed.names = CharacterNames([name], original: names.original)
    return renamed
  }

  /// The same program with the character's name in its profile.
  var original: Program { character == originalName ? self : renamed(originalName) }
}

/// Names as they are compared; derived from those of a program, so it takes no part in comparing and hashing it.
private struct CharacterNames: Hashable, Sendable {
  let folded: Set<FoldedName>
  /// What the character was called before it was renamed.
  let original: String

  /// - Parameter original: The first of the names unless given.
  init(_ names: [String] = [], original: String? = nil) {
    folded = Set(names.map(FoldedName.init))
    self.original = original ?? names.first ?? ""
  }

  static func == (left: Self, right: Self) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}
