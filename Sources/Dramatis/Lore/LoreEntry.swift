/// An entry of a lorebook: a text that is told when what is said holds one of its keys.
public struct LoreEntry: Hashable, Sendable, Codable {
  /// How secondary keys are counted once a primary one was found.
  public enum Logic: Int, Hashable, Sendable, Codable, CaseIterable {
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
  public enum Place: Int, Hashable, Sendable, Codable, CaseIterable {
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
  public struct Fields: OptionSet, Hashable, Sendable, Codable {
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
  public struct Filter: Hashable, Sendable, Codable {
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
  /// How people call it; empty where it has no name.
  public var name = ""
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
  /// The higher, the later a budget leaves it out; nil for its order.
  ///
  /// SillyTavern has none.
  public var priority: Double?
  /// The condition that has to hold, by its place among those of whoever holds the book; nil for none.
  public var condition: Int?
  /// Where it is put; nil for nowhere.
  public var position: Place?
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

  /// What it is called in reports: its name, else its first key, else its number.
  public var title: String { !name.isEmpty ? name : keys.first { !$0.isEmpty } ?? "entry \(id)" }
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
