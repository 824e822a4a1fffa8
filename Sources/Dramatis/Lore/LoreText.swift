/// The text that keys are looked for in, and how that is done.
struct LoreText: Sendable {
  /// Stands before each message, so that a pattern can find where one begins.
  private static let mark = "\u{1}"
  private static let maximumDepth = 1000

  private let settings: LoreSettings
  private let messages: [String]
  private let fields: [(LoreEntry.Fields, String)]
  /// Texts of entries that were told, which later passes search.
  private(set) var recursed: [String] = []
  private(set) var depth: Int
  private var made: [Part: SearchedText] = [:]

  /// What of all that there is an entry searches.
  private struct Part: Hashable {
    let depth: Int
    let fields: LoreEntry.Fields
    /// How many texts of told entries; -1 for none.
    let recursed: Int
  }

  /// - Parameters:
  ///   - messages: The newest first.
  ///   - fields: What entries may search besides, in the order in which it is searched.
  init(_ messages: [String], fields: [(LoreEntry.Fields, String)], settings: LoreSettings) {
    self.messages = messages.prefix(Self.maximumDepth).map(\.trimmedAsInScript)
    self.fields = fields
    self.settings = settings
    depth = settings.depth
  }

  mutating func add(recursed text: String) { recursed.append(text) }

  mutating func lookFurtherBack() { depth += 1 }

  /// What is searched for an entry.
  func searched(for entry: LoreEntry, withRecursed isRecursive: Bool) -> String {
    let depth = min(entry.scanDepth ?? depth, Self.maximumDepth)
    guard depth > 0 else { return "" }
    var parts = Array(messages.prefix(depth))
    // Without a message there is still one mark.
    if parts.isEmpty { parts = [""] }
    parts += fields.filter { entry.fields.contains($0.0) && !$0.1.isEmpty }.map(\.1)
    if isRecursive { parts += recursed }
    return Self.mark + parts.joined(separator: "\n" + Self.mark)
  }

  /// All that could ever be searched.
  var whole: String { (messages + fields.map(\.1) + recursed).joined(separator: "\n" + Self.mark) }

  /// What is searched for an entry, made ready; made once for all entries that search the same.
  mutating func prepared(for entry: LoreEntry, withRecursed isRecursive: Bool) -> SearchedText {
    let part = Part(
      depth: entry.scanDepth ?? depth, fields: entry.fields, recursed: isRecursive ? recursed.count : -1)
    if let known = made[part] { return known }
    let text = SearchedText(searched(for: entry, withRecursed: isRecursive))
    made[part] = text
    return text
  }

  /// Whether a key is found in a text.
  func holds(_ text: SearchedText, key: LoreKey, for entry: LoreEntry) -> Bool {
    key.isFound(in: text, for: entry, settings)
  }

  /// How many keys of an entry are found, as rivals of one group are compared.
  func score(of entry: LoreEntry, withRecursed isRecursive: Bool) -> Int {
    let text = SearchedText(searched(for: entry, withRecursed: isRecursive))
    guard !entry.keys.isEmpty else { return 0 }
    let count = { (keys: [String]) in keys.count { holds(text, key: LoreKey($0, written: $0), for: entry) } }
    let (primary, secondary) = (count(entry.keys), count(entry.secondaryKeys))
    switch entry.logic {
    case .any where !entry.secondaryKeys.isEmpty: return primary + secondary
    case .all where !entry.secondaryKeys.isEmpty && secondary == entry.secondaryKeys.count:
      return primary + secondary
    default: return primary
    }
  }
}

extension String {
  /// The text without white space around it, as JavaScript has white space.
  var trimmedAsInScript: String {
    let isBlank = { (scalar: Unicode.Scalar) in PatternSet.blanks.contains(scalar.value, PatternOptions()) }
    let start = unicodeScalars.drop(while: isBlank)
    guard let end = start.lastIndex(where: { !isBlank($0) }) else { return "" }
    return String(start[...end])
  }

  /// The text in small letters, as JavaScript makes them: a sigma at the end of a word is another one.
  var lowercasedAsInScript: String {
    let scalars = Array(unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let isFinal =
        scalar == "\u{3A3}" && Self.isCased(scalars[..<index].reversed())
        && !Self.isCased(scalars[(index + 1)...])
      result += isFinal ? "\u{3C2}" : scalar.properties.lowercaseMapping
    }
    return result
  }

  /// Whether the first symbol that counts has a case.
  private static func isCased(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    scalars.first { !$0.properties.isCaseIgnorable }?.properties.isCased ?? false
  }
}
