import Dramatis

/// A card as a profile, and what became of each of its parts.
public struct CardProfile: Sendable {
  /// The profile in YAML; it has no states yet, and is where states begin.
  public let text: String
  /// What the profile holds of the card: the card's field and the profile's key.
  public let mapped: [Mapping]
  /// Fields that are not empty and only kept in the card's file.
  public let kept: [String]
  /// Macros that the texts have and a profile has nothing for; they stand as they are.
  public let macros: [String]

  /// A field of a card and the key of a profile that says the same.
  public struct Mapping: Sendable, Hashable, Encodable {
    /// The field of the card.
    public let field: String
    /// The key of the profile.
    public let key: String
  }

  /// The name of the profile's file: letters and digits alone, never a path.
  public let fileName: String

  /// Makes a profile of a card.
  ///
  /// - Parameter card: A card with a name; of a lorebook there is nothing to make a profile of, and it is nil.
  public init?(_ card: CharacterCard) {
    guard [.v1, .v2, .v3].contains(card.specification) else { return nil }
    var writing = CardProfileWriting(card)
    text = YAMLWriter.text(of: writing.entries())
    mapped = writing.mapped
    macros = writing.macros
    let fields = Set(writing.mapped.map(\.field))
    kept = card.filledFields.filter { !fields.contains($0) }
    fileName = ProfileTemplate(for: writing.name)?.fileName ?? "card.yaml"
  }
}

/// Writes the entries of a profile and notes from where each came.
private struct CardProfileWriting {
  let name: String
  private let card: CharacterCard
  private(set) var mapped: [CardProfile.Mapping] = []
  private(set) var macros: [String] = []

  init(_ card: CharacterCard) {
    self.card = card
    let shown = (card.name ?? "").oneLine
    name = shown.contains(where: { !$0.isWhitespace }) ? String(shown.prefix(200)) : "Somebody"
  }

  /// How the character calls itself: by its nickname, where it has one.
  private var calls: String { card.nickname.isEmpty ? name : card.nickname.oneLine }

  mutating func entries() -> [YAMLValue.KeyValue] {
    var entries: [YAMLValue.KeyValue] = [("dramatis", "1"), ("character", .quoted(name))]
    note("name", as: "character")
    if calls != name {
      entries.append(("aliases", .list([.quoted(calls)])))
      note("nickname", as: "aliases")
    }
    let summary = [plain(card.description, of: "description", as: "summary"), personality]
    add(summary.filter { !$0.isEmpty }.joined(separator: "\n\n"), to: "summary", of: &entries)
    add(plain(card.scenario, of: "scenario", as: "setting"), to: "setting", of: &entries)
    let greetings = card.greetings.map { slotted($0) }.filter { $0.contains { !$0.isWhitespace } }
    if !greetings.isEmpty {
      entries.append(("greeting", .list(greetings.map { YAMLValue.quoted($0) })))
      note("first_mes", as: "greeting")
      if greetings.count > 1 { note("alternate_greetings", as: "greeting") }
    }
    let examples = CardExchange.all(in: card.examples, by: [name, calls])
    if !examples.isEmpty {
      entries.append(
        (
          "examples",
          .list(
            examples.map {
              .mapping([("event", .quoted(plain($0.event))), ("line", .quoted(plain($0.line)))])
            })
        ))
      note("mes_example", as: "examples")
    }
    add(told(card.systemPrompt, of: "system_prompt", as: "system-prompt"), to: "system-prompt", of: &entries)
    add(
      told(card.postHistory, of: "post_history_instructions", as: "post-history"), to: "post-history",
      of: &entries)
    let book = Lorebook(of: card, name: name)
    if book.isWritable {
      entries.append(("lore", .mapping(book.entriesOfYAML)))
      note("character_book", as: "lore")
    }
    return entries
  }

  private mutating func add(_ text: String, to key: String, of entries: inout [YAMLValue.KeyValue]) {
    if !text.isEmpty { entries.append((.plain(key), .quoted(text))) }
  }

  private var personality: String {
    mutating get {
      let text = plain(card.personality, of: "personality", as: "summary")
      return text.isEmpty ? "" : CharacterCard.personalityStart + text
    }
  }

  private mutating func plain(_ text: String, of field: String, as key: String) -> String {
    let text = plain(text)
    if !text.isEmpty { note(field, as: key) }
    return text
  }

  /// A text whose macros are filled when it is told.
  private mutating func told(_ text: String, of field: String, as key: String) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else { return "" }
    note(field, as: key)
    for macro in Macros.unknown(in: text) where !macros.contains(macro) { macros.append(macro) }
    return text.replacing("\r\n", with: "\n").withoutControls
  }

  private mutating func plain(_ text: String) -> String { expanded(text, character: calls) }
  private mutating func slotted(_ text: String) -> String { expanded(text, character: nil) }

  private mutating func expanded(_ text: String, character: String?) -> String {
    var expansion = CardMacros(character: character)
    let result = expansion.expanded(text).withoutControls
    for macro in expansion.unknown where !macros.contains(macro) { macros.append(macro) }
    return result
  }

  private mutating func note(_ field: String, as key: String) {
    mapped.append(CardProfile.Mapping(field: field, key: key))
  }
}

extension CharacterCard {
  /// What stands before the personality where it follows the description.
  static let personalityStart = "Personality: "

  /// The fields of the card that say something, in the order in which they stand there.
  fileprivate var filledFields: [String] {
    (fields.members ?? []).filter { member in
      switch member.value.content {
      case .string(let text, _): !text.isEmpty
      case .object(let members): !members.isEmpty
      case .array(let elements): !elements.isEmpty
      case .null: false
      case .number, .boolean: true
      }
    }.map(\.key)
  }

  /// The object that holds the fields.
  var fields: JSONPart {
    let root = file.text.json.root
    return hasData ? root["data"] ?? root : root
  }
}

extension String {
  /// The text without control sequences; its breaks of lines stay.
  fileprivate var withoutControls: String {
    var stripper = ControlStripper()
    return stripper.strip(self)
  }
}
