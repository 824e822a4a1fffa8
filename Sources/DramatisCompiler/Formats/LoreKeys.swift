import Dramatis

/// `lore` of a profile or a story, and the top level of a file of lore.
struct LorebookKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "lorebook", called: "a lorebook")

  let lore = Key(
    "lore", takes: .version(1), otherwise: "none below `lore`",
    means: "the version of the format, with which a file of lore begins")
  let name = Key(
    "name", takes: .text, otherwise: "the character or the title", means: "what reports call the book")
  let dialect = Key(
    "dialect", takes: .word(LoreDialect.allCases), default: .dramatis,
    means: "by whose rules the book is searched")
  let scanDepth = Key(
    "scan-depth", takes: .wholeNumber(0...1000), default: 2,
    means: "how many of the newest texts are searched for keys")
  let budget = Key(
    "budget", takes: .wholeNumber(1...1_000_000), default: 1024,
    means: "how many tokens of entries are told at once")
  let recursive = Key(
    "recursive", takes: .boolean, default: false, means: "whether what is told is searched for keys too")
  let maxPasses = Key(
    "max-passes", takes: .wholeNumber(0...1000), default: 0,
    means: "how often the book is searched in a turn at most; 0 for no bound")
  let minEntries = Key(
    "min-entries", takes: .wholeNumber(0...1000), default: 0,
    means: "how many entries are looked for in ever older texts")
  let wholeWords = Key(
    "whole-words", takes: .boolean, default: true, means: "whether a key of one word is found as a word alone"
  )
  let caseSensitive = Key(
    "case-sensitive", takes: .boolean, default: false, means: "whether capitals matter")
  let groupScoring = Key(
    "group-scoring", takes: .boolean, default: false,
    means: "whether of a group the entry with the most keys is told")
  let includeNames = Key(
    "include-names", takes: .boolean, default: false,
    means: "whether the names of speakers are searched too")
  let entries = Key(
    "entries", takes: .list(of: .object(LoreEntryKeys.self), written: "list of entries"), isRequired: true,
    means: "what the book tells")
}

/// An element of `entries`.
struct LoreEntryKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(
    of: keys, identifier: "loreEntry", called: "an entry of lore")
  private static let numbers = 0...1_000_000_000
  private static let weights = -1_000_000_000.0...1_000_000_000.0

  let name = Key("name", takes: .text, otherwise: "its first key", means: "what reports call it")
  let content = Key("content", takes: .text, isRequired: true, means: "what is told, with macros of cards")
  let keys = Key(
    "keys", takes: .texts,
    means:
      "phrases, or patterns between slashes, of which one must be found; without any the condition decides")
  let secondaryKeys = Key(
    "secondary-keys", takes: .texts, means: "further ones that count once a key was found")
  let secondary = Key(
    "secondary", takes: .word(LoreWords.Secondary.allCases), default: .any,
    means: "how many of the secondary keys must be found")
  let when = Key("when", takes: .condition, otherwise: "always", means: "a condition that must hold besides")
  let members = Key(
    "for", takes: .texts(written: "names of characters"), otherwise: "everybody", means: "who knows of it")
  let constant = Key("constant", takes: .boolean, default: false, means: "whether it is told without a key")
  let enabled = Key("enabled", takes: .boolean, default: true, means: "whether it is told at all")
  let order = Key(
    "order", takes: .number(weights, written: "number"), default: 100,
    means: "the higher, the earlier it is tried and the lower it is put")
  let priority = Key(
    "priority", takes: .number(weights, written: "number"), otherwise: "its `order`",
    means: "the higher, the later the budget leaves it out; not in the dialect `sillytavern`")
  let position = Key(
    "position", takes: .word(LoreWords.Position.allCases), default: .before, means: "where it is put")
  let depth = Key(
    "depth", takes: .wholeNumber(numbers, written: "whole number from 0"), default: 4,
    means: "at `depth`: how many texts stand below it")
  let role = Key(
    "role", takes: .word(LoreWords.Speaker.allCases), default: .system, means: "at `depth`: who says it")
  let slot = Key(
    "slot", takes: .text, otherwise: "required at `slot`",
    means: "the name by which `{{outlet::name}}` asks for it")
  let probability = Key(
    "probability", takes: .number(0...100), default: 100, means: "the chance in percent that it is told")
  let sticky = Key(
    "sticky", takes: .wholeNumber(numbers, written: "whole number from 0"), default: 0,
    means: "for how many texts it stays")
  let cooldown = Key(
    "cooldown", takes: .wholeNumber(numbers, written: "whole number from 0"), default: 0,
    means: "for how many texts it then waits")
  let delay = Key(
    "delay", takes: .wholeNumber(numbers, written: "whole number from 0"), default: 0,
    means: "from how many texts on it may be told")
  let group = Key(
    "group", takes: .texts(written: "names of groups"), means: "of the entries of one group one is told")
  let groupOverride = Key(
    "group-override", takes: .boolean, default: false, means: "whether it wins in its group by its order")
  let groupWeight = Key(
    "group-weight", takes: .number(0...1_000_000_000, written: "number from 0"), default: 100,
    means: "how likely it wins in its group by chance")
  let groupScoring = Key(
    "group-scoring", takes: .boolean, otherwise: "that of the book",
    means: "whether the number of keys found decides in its group")
  let excludesRecursion = Key(
    "excludes-recursion", takes: .boolean, default: false, means: "whether other entries do not call for it")
  let preventsRecursion = Key(
    "prevents-recursion", takes: .boolean, default: false, means: "whether it calls for no other entry")
  let recursionLevel = Key(
    "recursion-level", takes: .wholeNumber(numbers, written: "whole number from 0"), default: 0,
    means: "the level of recursion that it waits for")
  let ignoresBudget = Key(
    "ignores-budget", takes: .boolean, default: false, means: "whether it is told whatever the budget")
  let scanDepth = Key(
    "scan-depth", takes: .wholeNumber(0...1000), otherwise: "that of the book",
    means: "how many texts are searched for its keys")
  let wholeWords = Key(
    "whole-words", takes: .boolean, otherwise: "that of the book", means: "whether its keys are whole words")
  let caseSensitive = Key(
    "case-sensitive", takes: .boolean, otherwise: "that of the book",
    means: "whether capitals of its keys matter")
  let triggers = Key(
    "triggers", takes: .list(of: .words(LoreWords.Trigger.self), written: "`normal`, `swipe`"),
    means: "whether it is told in first attempts, or in further ones only")
  let search = Key(
    "search", takes: .list(of: .words(LoreWords.Field.self), written: "`description`, `scenario`"),
    means: "what of the profile is searched for its keys besides: the summary, the setting")
}

/// The words that entries of lore take.
enum LoreWords {
  /// How secondary keys count.
  enum Secondary: String, Sendable, CaseIterable {
    case any, all, none
    case notAll = "not-all"

    var logic: LoreEntry.Logic {
      switch self {
      case .any: .any
      case .all: .all
      case .none: .none
      case .notAll: .notAll
      }
    }
  }

  /// Where an entry is put.
  enum Position: String, Sendable, CaseIterable {
    case before, after, depth, slot
    case noteTop = "before-note"
    case noteBottom = "after-note"
    case examplesTop = "before-examples"
    case examplesBottom = "after-examples"
    case nowhere

    var position: LoreEntry.Place? {
      switch self {
      case .before: .beforeCharacter
      case .after: .afterCharacter
      case .depth: .atDepth
      case .slot: .outlet
      case .noteTop: .noteTop
      case .noteBottom: .noteBottom
      case .examplesTop: .examplesTop
      case .examplesBottom: .examplesBottom
      case .nowhere: nil
      }
    }
  }

  /// Who says an entry at a depth, in the order of their numbers.
  enum Speaker: String, Sendable, CaseIterable {
    case system, user, character
  }

  /// The kinds of turns.
  enum Trigger: String, Sendable, CaseIterable {
    case normal, swipe
  }

  /// What of a profile is searched.
  enum Field: String, Sendable, CaseIterable {
    case description, scenario

    var field: LoreEntry.Fields { self == .description ? .description : .scenario }
  }
}
