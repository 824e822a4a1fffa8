/// A book of lore: its entries, and how they are searched.
public struct Lorebook: Hashable, Sendable, Codable {
  /// What it is called in reports.
  public var name: String
  /// How its entries are searched.
  public var settings: LoreSettings
  /// The entries, in the order in which they are tried.
  public var entries: [LoreEntry]

  /// Makes a book.
  public init(name: String, settings: LoreSettings = LoreSettings(), entries: [LoreEntry]) {
    (self.name, self.settings, self.entries) = (name, settings, entries)
  }

  /// The most entries that a book may have.
  package static let maximumEntries = 100_000
  /// The largest number that an entry may say of messages, levels and the like.
  package static let maximumNumber = 1_000_000_000

  /// Whether no number in it is beyond what can be reckoned with.
  var isWithinBounds: Bool {
    let bounds = 0...Self.maximumNumber
    let ofSettings = [
      settings.depth, settings.minimumActivations, settings.minimumActivationsDepth, settings.budgetCap,
      settings.contextTokens, settings.maximumSteps,
    ]
    return entries.count <= Self.maximumEntries && ofSettings.allSatisfy(bounds.contains)
      && settings.budget.isFinite
      && entries.allSatisfy { entry in
        let numbers = [
          entry.recursionLevel, entry.depth, entry.scanDepth ?? 0, entry.sticky, entry.cooldown, entry.delay,
        ]
        let weights = [entry.order, entry.priority ?? 0, entry.probability ?? 0, entry.groupWeight]
        return numbers.allSatisfy(bounds.contains) && weights.allSatisfy(\.isFinite)
      }
  }
}

/// By whose rules a lorebook is searched.
public enum LoreDialect: String, Hashable, Sendable, Codable, CaseIterable {
  /// Ours: what does not fit the budget is left out by its priority, and smaller ones are still told.
  case dramatis
  /// As SillyTavern does, its faults with it.
  case sillytavern
  /// As the text of version 3 of character cards says.
  case v3
}

/// How a lorebook is searched.
public struct LoreSettings: Hashable, Sendable, Codable {
  /// In which order the books of the character and those of everybody are tried.
  public enum Strategy: Int, Hashable, Sendable, Codable {
    case evenly = 0
    case characterFirst = 1
    case globalFirst = 2
  }

  /// By whose rules it is searched.
  public var dialect = LoreDialect.sillytavern
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
