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

  /// Whether a key is found in a text.
  func holds(_ text: String, key: String, for entry: LoreEntry) -> Bool {
    if let pattern = try? ScriptPattern(delimited: key) { return pattern.isFound(in: text) }
    let isExact = entry.isCaseSensitive ?? settings.isCaseSensitive
    let (text, key) = isExact ? (text, key) : (text.lowercasedAsInScript, key.lowercasedAsInScript)
    let units = Array(text.utf16)
    let wanted = Array(key.utf16)
    guard entry.matchesWholeWords ?? settings.matchesWholeWords,
      !key.unicodeScalars.contains(where: { PatternSet.blanks.contains($0.value, PatternOptions()) })
    else { return units.firstRange(of: wanted) != nil || wanted.isEmpty }
    return Self.holds(units, word: wanted)
  }

  /// Whether a word stands between the ends of the text and symbols that are no letters of ASCII, digits or underscores.
  private static func holds(_ units: [UInt16], word: [UInt16]) -> Bool {
    func isOutside(_ place: Int) -> Bool {
      units.indices.contains(place) && !PatternSet.words.contains(UInt32(units[place]), PatternOptions())
    }
    guard word.count <= units.count else { return false }
    for start in 0...(units.count - word.count)
    where units[start...].starts(with: word) && (start == 0 || isOutside(start - 1)) {
      let end = start + word.count
      if end == units.count || isOutside(end) { return true }
    }
    return false
  }

  /// How many keys of an entry are found, as rivals of one group are compared.
  func score(of entry: LoreEntry, withRecursed isRecursive: Bool) -> Int {
    let text = searched(for: entry, withRecursed: isRecursive)
    guard !entry.keys.isEmpty else { return 0 }
    let primary = entry.keys.count { holds(text, key: $0, for: entry) }
    let secondary = entry.secondaryKeys.count { holds(text, key: $0, for: entry) }
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
