import Dramatis

extension Lorebook {
  /// Reads a book of another front end: world info, a lorebook of version 3, or the book in a card.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, in JSON, PNG or CHARX.
  ///   - ending: The ending of its name without the dot.
  ///   - name: What reports call the book.
  /// - Throws: ``CardRefusal`` where it is none of these.
  public init(_ bytes: [UInt8], ending: String = "", name: String = "") throws(CardRefusal) {
    self.init(of: try CharacterCard(bytes, ending: ending), name: name)
  }

  /// The book of a card, or the card that is one; without entries where there is none.
  public init(of card: CharacterCard, name: String) {
    let source = card.file.text.json
    if card.specification == .worldInfo {
      let entries = WorldInfo(source, source.root)?.loreEntries(book: name) ?? []
      self.init(name: name, settings: .freshInstallation, entries: entries)
      return
    }
    let book = card.specification == .lorebook ? card.fields : card.fields["character_book"]
    let written = book?["entries"]
    let parts = written?.elements ?? written?.members?.map(\.value) ?? []
    var settings = LoreSettings.freshInstallation
    settings.dialect = Self.dialect(of: parts, in: card)
    guard settings.dialect == .v3 else {
      let entries = parts.enumerated().map {
        LoreFields(bookEntry: $1, number: $0, in: source).entry(book: name, absence: .isDefault)
      }
      self.init(name: name, settings: settings, entries: entries)
      return
    }
    settings.depth = min(max(source.whole(book?["scan_depth"]) ?? settings.depth, 0), 1000)
    if let budget = source.whole(book?["token_budget"]), budget > 0 {
      (settings.budget, settings.contextTokens) = (100, budget)
    }
    settings.isRecursive = book?["recursive_scanning"]?.boolean ?? false
    settings.matchesWholeWords = false
    settings.includesNames = false
    let entries = parts.enumerated().map { Version3Entry($1, number: $0, in: source).entry(book: name) }
    self.init(name: name, settings: settings, entries: entries)
  }

  /// By whose rules a card's book is to be searched: as SillyTavern does, unless it is one of version 3 that says nothing
  /// of what only SillyTavern knows.
  private static func dialect(of entries: [JSONPart], in card: CharacterCard) -> LoreDialect {
    guard [.v3, .lorebook].contains(card.specification) else { return .sillytavern }
    let isItsOwn = entries.contains { entry in
      (entry["extensions"]?.members ?? []).contains { LoreFields.extensions[$0.key] != nil }
    }
    return isItsOwn ? .sillytavern : .v3
  }
}

extension LoreSettings {
  /// As a new installation of SillyTavern has them, which is not how its code does.
  static var freshInstallation: LoreSettings {
    var settings = LoreSettings()
    settings.isRecursive = true
    settings.matchesWholeWords = true
    return settings
  }
}

extension JSONPart {
  /// The value of `true` or `false`; nil for anything else.
  var boolean: Bool? { if case .boolean(let value) = content { value } else { nil } }
}

extension LoreFields {
  /// What the fields of a card's book are called in world info.
  private static let names = [
    "id": "uid", "keys": "key", "secondary_keys": "keysecondary", "content": "content",
    "constant": "constant",
    "insertion_order": "order", "comment": "comment", "name": "comment",
  ]

  /// What the extensions of a book's entry are called in world info.
  static let extensions = [
    "position": "position", "exclude_recursion": "excludeRecursion", "prevent_recursion": "preventRecursion",
    "delay_until_recursion": "delayUntilRecursion", "probability": "probability",
    "useProbability": "useProbability",
    "depth": "depth", "selectiveLogic": "selectiveLogic", "outlet_name": "outletName", "group": "group",
    "group_override": "groupOverride", "group_weight": "groupWeight", "scan_depth": "scanDepth",
    "case_sensitive": "caseSensitive", "match_whole_words": "matchWholeWords",
    "use_group_scoring": "useGroupScoring",
    "role": "role", "sticky": "sticky", "cooldown": "cooldown", "delay": "delay", "triggers": "triggers",
    "ignore_budget": "ignoreBudget", "match_persona_description": "matchPersonaDescription",
    "match_character_description": "matchCharacterDescription",
    "match_character_personality": "matchCharacterPersonality",
    "match_character_depth_prompt": "matchCharacterDepthPrompt", "match_scenario": "matchScenario",
    "match_creator_notes": "matchCreatorNotes",
  ]

  /// The entry of a card's book as SillyTavern takes it over.
  init(bookEntry part: JSONPart, number: Int, in source: JSONSource) {
    self.init()
    for member in part.members ?? [] {
      if let name = Self.names[member.key] { set(name, member.value, in: source) }
    }
    for member in part["extensions"]?.members ?? [] {
      if let name = Self.extensions[member.key] { set(name, member.value, in: source) }
    }
    if part["id"]?.isNumber != true { set("uid", "\(number)") }
    if case .boolean(true) = part["selective"]?.content {} else { set("selective", "false") }
    if case .boolean(false) = part["enabled"]?.content { set("disable", "true") }
    if part["extensions"]?["position"] == nil {
      let isBefore = part["position"]?.string == "before_char" || source.whole(part["position"]) == 0
      set("position", isBefore ? "0" : "1")
    }
  }
}

extension LoreSettings {
  /// Settings as SillyTavern's file has them; what is absent is as its code has it.
  init(_ part: JSONPart, in source: JSONSource) {
    func whole(_ key: String) -> Int? { source.whole(part["world_info_\(key)"]) }
    func flag(_ key: String) -> Bool? {
      if case .boolean(let value) = part["world_info_\(key)"]?.content { value } else { nil }
    }
    self.init()
    depth = whole("depth") ?? depth
    minimumActivations = whole("min_activations") ?? 0
    minimumActivationsDepth = whole("min_activations_depth_max") ?? 0
    budget = source.number(part["world_info_budget"]) ?? budget
    budgetCap = whole("budget_cap") ?? 0
    contextTokens = source.whole(part["max_context"]) ?? contextTokens
    includesNames = flag("include_names") ?? true
    isRecursive = flag("recursive") ?? false
    maximumSteps = whole("max_recursion_steps") ?? 0
    isCaseSensitive = flag("case_sensitive") ?? false
    matchesWholeWords = flag("match_whole_words") ?? false
    usesGroupScoring = flag("use_group_scoring") ?? false
    strategy = whole("character_strategy").flatMap(LoreSettings.Strategy.init) ?? strategy
  }

  /// Reads settings from a file of JSON; nil where it is none.
  public init?(json bytes: [UInt8]) {
    guard let source = JSONSource(bytes), source.root.members != nil else { return nil }
    self.init(source.root, in: source)
  }
}

/// A conversation as SillyTavern keeps it: an object a line, the first of which tells who speaks.
public struct LoreChat: Sendable {
  /// The messages, the oldest first.
  public private(set) var messages: [LoreScan.Message] = []
  /// How the user and the character are called; empty where the file does not say.
  public private(set) var user = ""
  /// The name of the character; empty where the file does not say.
  public private(set) var character = ""

  /// Reads the lines of a chat.
  ///
  /// - Returns: Nil where a line is neither a message (`name` and `mes`) nor about the chat.
  public init?(_ bytes: [UInt8]) {
    for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      guard let root = JSONSource(Array(line))?.root, root.members != nil else { return nil }
      if let text = root["mes"]?.string ?? root["text"]?.string {
        messages.append(LoreScan.Message(name: root["name"]?.string ?? "", text: text))
      } else if root["user_name"] != nil || root["chat_metadata"] != nil {
        user = root["user_name"]?.string ?? ""
        character = root["character_name"]?.string ?? ""
      } else {
        return nil
      }
    }
  }
}
