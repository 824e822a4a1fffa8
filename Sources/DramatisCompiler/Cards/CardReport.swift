import Dramatis

/// What became of a card: what it is, what was mended, mapped and kept, or why it was refused.
public struct CardReport: Sendable, Encodable {
  /// `reads` or `refused`.
  public let outcome: String
  /// The path as it was given.
  public let file: String
  /// The kind of refusal; nil where the card was read.
  public let why: String?
  /// The same in words.
  public let message: String?
  /// What it was recognised as.
  public let spec: String?
  /// Where in the file the card was.
  public let source: String?
  /// The name exactly as the card has it.
  public let name: String?
  /// How many first messages there are, those for groups not among them.
  public let greetings: Int
  /// How many entries the lorebook has.
  public let bookEntries: Int
  /// What was mended.
  public let repairs: [String]
  /// What could be run elsewhere and is only kept.
  public let inert: [String]
  /// Members of the archive whose names lead out of a folder.
  public let unsafe: [String]
  /// Fields of the card and the keys of the profile that say the same.
  public let mapped: [CardProfile.Mapping]
  /// Fields that are only kept.
  public let kept: [String]
  /// Macros that stand as they are.
  public let macros: [String]
  /// By whose rules the book is searched; nil for no book.
  public let dialect: String?
  /// Where another front end would make something else of the book.
  public let differences: [DialectDifference]

  /// What became of a card that was read.
  ///
  /// - Parameters:
  ///   - card: The card.
  ///   - profile: The profile that was made of it; nil for a lorebook.
  ///   - file: The path as it was given.
  public init(_ card: CharacterCard, profile: CardProfile?, file: String) {
    outcome = "reads"
    self.file = file
    why = nil
    message = nil
    spec = card.specification.rawValue
    source = card.source
    name = card.name
    greetings = card.greetings.count
    bookEntries = card.bookEntries
    repairs = card.repairs.map(\.rawValue).sorted()
    inert = card.inert
    unsafe = card.unsafe
    mapped = profile?.mapped ?? []
    kept = profile?.kept ?? []
    macros = profile?.macros ?? []
    dialect = card.dialect?.rawValue
    differences = card.dialectDifferences
  }

  /// What is told of a file that is no card.
  public init(_ refusal: CardRefusal, file: String) {
    outcome = "refused"
    self.file = file
    why = refusal.reason.rawValue
    message = refusal.description
    (spec, source, name) = (nil, nil, nil)
    (greetings, bookEntries) = (0, 0)
    (repairs, inert, unsafe) = ([], [], [])
    (mapped, kept, macros) = ([], [], [])
    (dialect, differences) = (nil, [])
  }

  private enum Keys: String, CodingKey {
    case outcome, file, why, message, spec, source, name, greetings, bookEntries, repairs, inert, unsafe,
      mapped, kept
    case macros, dialect, differences
  }

  /// Writes what there is to say of the outcome; a name that there is none of is null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(file, forKey: .file)
    try container.encodeIfPresent(why, forKey: .why)
    try container.encodeIfPresent(message, forKey: .message)
    guard why == nil else { return }
    try container.encode(spec, forKey: .spec)
    try container.encode(source, forKey: .source)
    try container.encode(name, forKey: .name)
    try container.encode(greetings, forKey: .greetings)
    try container.encode(bookEntries, forKey: .bookEntries)
    for (key, list) in [
      (Keys.repairs, repairs), (.inert, inert), (.unsafe, unsafe), (.kept, kept), (.macros, macros),
    ] {
      try container.encode(list, forKey: key)
    }
    try container.encode(mapped, forKey: .mapped)
    try container.encodeIfPresent(dialect, forKey: .dialect)
    try container.encode(differences, forKey: .differences)
  }

  /// One line of JSON, its keys sorted.
  public func json() throws -> String { try jsonLine() }

  /// Lines for people.
  public var text: String {
    var lines = ["\(file.oneLine): \((name ?? "a lorebook").oneLine), \(spec ?? ""), from \(source ?? "")"]
    lines.append("  \(greetings) greetings, \(bookEntries) entries of lore")
    func add(_ title: String, _ items: [String]) {
      if !items.isEmpty { lines.append("  \(title): \(items.map(\.oneLine).joined(separator: ", "))") }
    }
    add("mapped", mapped.map { "\($0.field) → \($0.key)" })
    add("kept, and not used", kept)
    add("mended", repairs)
    add("never run", inert)
    add("names that lead out of the folder, not written", unsafe)
    add("macros that stand as they are", macros)
    if let dialect { lines.append("  the book is searched by the rules of \(dialect)") }
    for difference in differences { lines.append("  dialects differ: \(difference.text.oneLine)") }
    return lines.joined(separator: "\n") + "\n"
  }
}
