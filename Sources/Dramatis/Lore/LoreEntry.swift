/// An entry of a lorebook: a text that is told when what is said holds one of its keys.
public struct LoreEntry: Hashable, Sendable {
  /// How secondary keys are counted once a primary one was found.
  public enum Logic: Int, Hashable, Sendable {
    /// One of them at least.
    case any = 0
    /// Not all of them.
    case notAll = 1
    /// None of them.
    case none = 2
    /// All of them.
    case all = 3
  }

  /// Where the text of an entry is put.
  public enum Position: Int, Hashable, Sendable {
    case beforeCharacter = 0
    case afterCharacter = 1
    case noteTop = 2
    case noteBottom = 3
    /// Between the messages, so many from the newest.
    case atDepth = 4
    case examplesTop = 5
    case examplesBottom = 6
    /// Where its name is asked for.
    case outlet = 7
  }

  /// What of the character's card is searched besides the messages.
  public struct Fields: OptionSet, Hashable, Sendable {
    /// The fields as bits.
    public let rawValue: Int
    /// Makes a set of fields from bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// The description of the user's persona.
    public static let persona = Fields(rawValue: 1)
    /// The character's description.
    public static let description = Fields(rawValue: 2)
    /// The character's personality.
    public static let personality = Fields(rawValue: 4)
    /// What the card puts between messages.
    public static let depthPrompt = Fields(rawValue: 8)
    /// The scenario.
    public static let scenario = Fields(rawValue: 16)
    /// The creator's notes.
    public static let creatorNotes = Fields(rawValue: 32)
  }

  /// For whom an entry is meant.
  public struct Filter: Hashable, Sendable {
    /// Whether it keeps out instead of letting in.
    public var isExcluding = false
    /// Names of the files of characters.
    public var names: [String] = []
    /// Tags of characters.
    public var tags: [String] = []
    /// Makes a filter that lets everybody in.
    public init() {}
  }

  /// Tells entries of one book apart.
  public var id: Int
  /// The book that it stands in.
  public var book = ""
  /// What it was read from, byte for byte: an entry that was edited is another one.
  public var source = ""
  /// Phrases or patterns of which one has to be found.
  public var keys: [String] = []
  /// Further ones that are asked once a key was found.
  public var secondaryKeys: [String] = []
  /// What is told.
  public var content = ""
  /// Whether it is told without a key.
  public var isConstant = false
  /// Whether secondary keys count.
  public var isSelective = true
  /// How they count.
  public var logic = Logic.any
  /// The higher, the nearer to the end it is put, and the earlier it is tried.
  public var order: Double = 100
  /// Where it is put; nil for nowhere.
  public var position: Position?
  /// Whether it is switched off.
  public var isDisabled = false
  /// Whether it is told whatever the budget.
  public var ignoresBudget = false
  /// Whether texts of other entries do not call for it.
  public var excludesRecursion = false
  /// Whether its text calls for no other entry.
  public var preventsRecursion = false
  /// The level of recursion that it waits for; 0 for none.
  public var recursionLevel = 0
  /// The percentage with which it is told; nil where it is never told by chance.
  public var probability: Double? = 100
  /// How many messages stand below it, at a depth.
  public var depth = 4
  /// Who says it at a depth: 0 the system, 1 the user, 2 the character.
  public var role = 0
  /// By which name it is asked for in an outlet.
  public var outlet = ""
  /// Names between commas; of the entries of one group one is told.
  public var group = ""
  /// Whether it wins in its group by its order.
  public var overridesGroup = false
  /// How likely it wins in its group by chance.
  public var groupWeight: Double = 100
  /// How many messages are searched; nil for what the settings say.
  public var scanDepth: Int?
  /// Whether case counts; nil for what the settings say.
  public var isCaseSensitive: Bool?
  /// Whether keys are whole words; nil for what the settings say.
  public var matchesWholeWords: Bool?
  /// Whether the most keys win in its group; nil for what the settings say.
  public var usesGroupScoring: Bool?
  /// For how many messages it stays.
  public var sticky = 0
  /// For how many messages it then waits.
  public var cooldown = 0
  /// From how many messages on it is told.
  public var delay = 0
  /// The kinds of turns in which it may be told; none for all.
  public var triggers: [String] = []
  /// For whom it is meant; nil for everybody.
  public var filter: Filter?
  /// What of the card is searched for its keys.
  public var fields: Fields = []

  /// Makes an entry that is never found until it has keys.
  public init(id: Int) { self.id = id }
}

extension LoreEntry {
  /// What leading lines of a content say of when it is told.
  enum Decorator: String {
    case activate = "@@activate"
    case dontActivate = "@@dont_activate"
  }

  /// The decorators in the leading lines of the content, and the content without them.
  var decorated: (decorators: [String], content: String) {
    guard content.utf8.starts(with: "@@".utf8) else { return ([], content) }
    var decorators: [String] = []
    var isBehindUnknown = false
    let lines = content.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      String($0)
    }
    for (index, line) in lines.enumerated() {
      guard line.utf8.starts(with: "@@".utf8) else {
        return (decorators, lines[index...].joined(separator: "\n"))
      }
      let isFallback = line.utf8.starts(with: "@@@".utf8)
      if isFallback, !isBehindUnknown { continue }
      let name = isFallback ? String(line.unicodeScalars.dropFirst()) : line
      let isKnown = [Decorator.activate, .dontActivate].contains { name.utf8.starts(with: $0.rawValue.utf8) }
      if isKnown { decorators.append(name) }
      isBehindUnknown = !isKnown
    }
    return (decorators, content)
  }
}

/// How a lorebook is searched.
public struct LoreSettings: Hashable, Sendable {
  /// In which order the books of the character and those of everybody are tried.
  public enum Strategy: Int, Hashable, Sendable {
    case evenly = 0
    case characterFirst = 1
    case globalFirst = 2
  }

  /// How many messages are searched.
  public var depth = 2
  /// How many entries are looked for further back; 0 for none.
  public var minimumActivations = 0
  /// How far back they are looked for; 0 without a bound.
  public var minimumActivationsDepth = 0
  /// The budget as a percentage of the context, and its bound in tokens; 0 for none.
  public var budget: Double = 25
  /// The most tokens of the budget; 0 for no bound.
  public var budgetCap = 0
  /// How many tokens the model takes.
  public var contextTokens = 4096
  /// Whether the name before a message is searched.
  public var includesNames = true
  /// Whether told texts call for further entries.
  public var isRecursive = false
  /// How many passes there are at most; 0 without a bound.
  public var maximumSteps = 0
  /// Whether case counts; nil for what the settings say.
  public var isCaseSensitive = false
  /// Whether keys are whole words; nil for what the settings say.
  public var matchesWholeWords = false
  /// Whether the most keys win in its group; nil for what the settings say.
  public var usesGroupScoring = false
  /// Whose books are tried first.
  public var strategy = Strategy.characterFirst

  /// Makes settings as SillyTavern's code has them.
  public init() {}

  /// The budget in tokens.
  var budgetTokens: Int {
    let share = (budget * Double(contextTokens) / 100 + 0.5).rounded(.down)
    let tokens = share.isFinite ? max(0, Int(min(share, 1e12))) : 0
    let whole = tokens == 0 ? 1 : tokens
    return budgetCap > 0 ? min(whole, budgetCap) : whole
  }
}
