import Dramatis

/// Writes lorebooks as other front ends read them.
public struct LoreExport: Sendable {
  /// What a book is written as.
  public enum Format: String, Sendable, CaseIterable {
    /// World info of SillyTavern.
    case worldInfo = "world-info"
    /// A lorebook of version 3 of character cards.
    case v3
    /// A file of ours, in YAML.
    case yaml
  }

  private let book: Lorebook
  /// The names of entries whose condition has no place there.
  public let conditional: [String]

  /// Prepares a book.
  public init(_ book: Lorebook) {
    self.book = book
    conditional = book.entries.filter { $0.condition != nil }.map(\.title)
  }

  /// The text of the file.
  public func text(as format: Format) -> String {
    switch format {
    case .worldInfo: worldInfo + "\n"
    case .v3: #"{"spec":"lorebook_v3","data":\#(cardBook)}"# + "\n"
    case .yaml: book.fileText
    }
  }

  private var worldInfo: String {
    let entries = book.entries.map { "\"\($0.id)\":\($0.worldInfo)" }.joined(separator: ",")
    return #"{"entries":{\#(entries)}}"#
  }

  /// The book as it stands in a card.
  var cardBook: String {
    let entries = book.entries.map(\.cardEntry).joined(separator: ",")
    let settings =
      book.settings.dialect == .sillytavern
      ? "" : #""scan_depth":\#(book.settings.depth),"recursive_scanning":\#(book.settings.isRecursive),"#
    return #"{"name":\#(book.name.jsonQuoted),\#(settings)"extensions":{},"entries":[\#(entries)]}"#
  }
}

extension LoreEntry {
  /// What it says, by the names of world info and those of extensions in a card, with its JSON; what says nothing is left
  /// out of a card.
  private var parts: [(name: String, extension: String, json: String, isStandard: Bool)] {
    func number(_ value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
    func flag(_ value: Bool?) -> String { value.map { "\($0)" } ?? "null" }
    let names = Self.fieldNames.map {
      ($0.world, $0.card, "\(fields.contains($0.field))", !fields.contains($0.field))
    }
    return [
      ("position", "position", "\(position?.rawValue ?? 0)", false),
      ("depth", "depth", "\(depth)", depth == 4),
      ("role", "role", "\(role)", role == 0),
      ("outletName", "outlet_name", outlet.jsonQuoted, outlet.isEmpty),
      ("selectiveLogic", "selectiveLogic", "\(logic.rawValue)", logic == .any),
      ("probability", "probability", number(probability ?? 0), probability == 100),
      ("useProbability", "useProbability", "true", probability == 100),
      ("excludeRecursion", "exclude_recursion", "\(excludesRecursion)", !excludesRecursion),
      ("preventRecursion", "prevent_recursion", "\(preventsRecursion)", !preventsRecursion),
      ("delayUntilRecursion", "delay_until_recursion", "\(recursionLevel)", recursionLevel == 0),
      ("ignoreBudget", "ignore_budget", "\(ignoresBudget)", !ignoresBudget),
      ("group", "group", group.jsonQuoted, group.isEmpty),
      ("groupOverride", "group_override", "\(overridesGroup)", !overridesGroup),
      ("groupWeight", "group_weight", number(groupWeight), groupWeight == 100),
      ("useGroupScoring", "use_group_scoring", flag(usesGroupScoring), usesGroupScoring == nil),
      ("scanDepth", "scan_depth", scanDepth.map { "\($0)" } ?? "null", scanDepth == nil),
      ("caseSensitive", "case_sensitive", flag(isCaseSensitive), isCaseSensitive == nil),
      ("matchWholeWords", "match_whole_words", flag(matchesWholeWords), matchesWholeWords == nil),
      ("sticky", "sticky", "\(sticky)", sticky == 0), ("cooldown", "cooldown", "\(cooldown)", cooldown == 0),
      ("delay", "delay", "\(delay)", delay == 0),
      ("triggers", "triggers", triggers.jsonArray, triggers.isEmpty),
    ] + names
  }

  private static let fieldNames: [(world: String, card: String, field: Fields)] = [
    ("matchPersonaDescription", "match_persona_description", .persona),
    ("matchCharacterDescription", "match_character_description", .description),
    ("matchCharacterPersonality", "match_character_personality", .personality),
    ("matchCharacterDepthPrompt", "match_character_depth_prompt", .depthPrompt),
    ("matchScenario", "match_scenario", .scenario),
    ("matchCreatorNotes", "match_creator_notes", .creatorNotes),
  ]

  private var isSelectiveNow: Bool { isSelective && !secondaryKeys.isEmpty }
  private var writtenOrder: String { Int(exactly: order).map(String.init) ?? "\(order)" }

  fileprivate var worldInfo: String {
    let first: [(String, String)] = [
      ("uid", "\(id)"), ("key", keys.jsonArray), ("keysecondary", secondaryKeys.jsonArray),
      ("comment", name.jsonQuoted), ("content", content.jsonQuoted), ("constant", "\(isConstant)"),
      ("selective", "\(isSelectiveNow)"), ("order", writtenOrder), ("disable", "\(isDisabled)"),
    ]
    return Self.object(first + parts.map { ($0.name, $0.json) })
  }

  fileprivate var cardEntry: String {
    var first: [(String, String)] = [
      ("id", "\(id)"), ("keys", keys.jsonArray), ("secondary_keys", secondaryKeys.jsonArray),
      ("comment", name.jsonQuoted), ("name", name.jsonQuoted), ("content", content.jsonQuoted),
      ("constant", "\(isConstant)"), ("selective", "\(isSelectiveNow)"), ("insertion_order", writtenOrder),
      ("enabled", "\(!isDisabled)"),
      ("position", position == .afterCharacter ? "\"after_char\"" : "\"before_char\""),
      ("use_regex", "false"),
    ]
    if let priority { first.append(("priority", Int(exactly: priority).map(String.init) ?? "\(priority)")) }
    if let isCaseSensitive { first.append(("case_sensitive", "\(isCaseSensitive)")) }
    let rest = parts.filter { !$0.isStandard }.map { ($0.extension, $0.json) }
    return Self.object(first + [("extensions", Self.object(rest))])
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\($0.0.jsonQuoted):\($0.1)" }.joined(separator: ",") + "}"
  }
}

extension [String] {
  fileprivate var jsonArray: String { "[" + map(\.jsonQuoted).joined(separator: ",") + "]" }
}
