/// A key of an entry, made ready to be looked for.
struct LoreKey: Sendable {
  private enum Form: Sendable {
    case pattern(ScriptPattern)
    /// The units of the text, with its case and without.
    case words(exact: [UInt16], folded: [UInt16])
  }

  /// As it is written in the book.
  let written: String
  private let form: Form
  /// Whether it has white space in it, so that it is never looked for as one word.
  private let isPhrase: Bool
  /// Whether it is looked for at all.
  let isEmpty: Bool

  /// - Parameters:
  ///   - text: The key with its macros filled.
  ///   - written: The key as it stands in the book.
  ///   - isEmpty: Whether nothing was left of it even with the blanks around it.
  init(_ text: String, written: String, isEmpty: Bool = false) {
    (self.written, self.isEmpty) = (written, isEmpty)
    if let pattern = try? ScriptPattern(delimited: text) {
      form = .pattern(pattern)
      isPhrase = false
      return
    }
    form = .words(exact: Array(text.utf16), folded: Array(text.lowercasedAsInScript.utf16))
    isPhrase = text.unicodeScalars.contains { PatternSet.blanks.contains($0.value, PatternOptions()) }
  }

  /// Whether a key has a macro in it.
  static func hasMacro(_ key: String) -> Bool { key.contains("{{") }

  /// Whether it is found in a text.
  func isFound(in text: SearchedText, for entry: LoreEntry, _ settings: LoreSettings) -> Bool {
    guard case .words(let exact, let folded) = form else {
      if case .pattern(let pattern) = form { return pattern.isFound(in: text.text) }
      return false
    }
    let isWhole = entry.matchesWholeWords ?? settings.matchesWholeWords
    let isExact = entry.isCaseSensitive ?? settings.isCaseSensitive
    let (index, word) = isExact ? (text.exact, exact) : (text.folded, folded)
    return index.holds(word, asWord: isWhole && !isPhrase)
  }
}

/// The keys of a book's entries, made ready once for many scans.
public struct LoreKeys: Sendable {
  private(set) var primary: [[LoreKey]]
  private(set) var secondary: [[LoreKey]]

  /// Makes the keys of entries ready.
  ///
  /// - Complexity: O(n) in the length of all keys.
  public init(of entries: [LoreEntry]) {
    let ready = { (keys: [String]) in
      keys.map { LoreKey($0.trimmedAsInScript, written: $0, isEmpty: $0.isEmpty) }
    }
    primary = entries.map { ready($0.keys) }
    secondary = entries.map { ready($0.secondaryKeys) }
  }

  /// The same with the macros of keys filled.
  func filled(for character: LoreScan.Character, of entries: [LoreEntry]) -> LoreKeys {
    var filled = self
    let ready = { (keys: [LoreKey]) in
      keys.map { key in
        guard LoreKey.hasMacro(key.written) else { return key }
        let text = character.expanding(key.written)
        return LoreKey(text.trimmedAsInScript, written: key.written, isEmpty: text.isEmpty)
      }
    }
    for index in entries.indices
    where (entries[index].keys + entries[index].secondaryKeys).contains(where: LoreKey.hasMacro) {
      filled.primary[index] = ready(primary[index])
      filled.secondary[index] = ready(secondary[index])
    }
    return filled
  }
}

/// A text that keys are looked for in, with what makes looking for many of them fast.
struct SearchedText: Sendable {
  let text: String
  fileprivate let exact: UnitIndex
  fileprivate let folded: UnitIndex

  init(_ text: String) {
    self.text = text
    exact = UnitIndex(Array(text.utf16))
    folded = UnitIndex(Array(text.lowercasedAsInScript.utf16))
  }
}

/// The units of a text, with the places of each pair of them, so that a key is compared only where it may stand.
private struct UnitIndex: Sendable {
  private static let buckets = 4096

  private let units: [UInt16]
  /// For each bucket of pairs the last place, and for each place the one before in its bucket; -1 for none.
  private var last: [Int32]
  private var before: [Int32]

  init(_ units: [UInt16]) {
    self.units = units
    last = [Int32](repeating: -1, count: Self.buckets)
    before = [Int32](repeating: -1, count: units.count)
    guard units.count > 1 else { return }
    for place in 0..<(units.count - 1) {
      let bucket = Self.bucket(units[place], units[place + 1])
      before[place] = last[bucket]
      last[bucket] = Int32(place)
    }
  }

  private static func bucket(_ first: UInt16, _ second: UInt16) -> Int {
    Int((UInt32(first) &* 31 &+ UInt32(second)) % UInt32(buckets))
  }

  /// Whether a word stands in the text.
  ///
  /// - Parameter isWord: Whether what stands beside it must be no letter of ASCII, digit or underscore.
  func holds(_ word: [UInt16], asWord isWord: Bool) -> Bool {
    guard word.count > 1 else {
      guard let unit = word.first else { return true }
      return units.indices.contains { units[$0] == unit && (!isWord || isAlone($0, $0 + 1)) }
    }
    var place = Int(last[Self.bucket(word[0], word[1])])
    while place >= 0 {
      let end = place + word.count
      if end <= units.count, units[place..<end].elementsEqual(word), !isWord || isAlone(place, end) {
        return true
      }
      place = Int(before[place])
    }
    return false
  }

  private func isAlone(_ start: Int, _ end: Int) -> Bool {
    (start == 0 || Self.isOutside(units[start - 1])) && (end == units.count || Self.isOutside(units[end]))
  }

  private static func isOutside(_ unit: UInt16) -> Bool {
    !PatternSet.words.contains(UInt32(unit), PatternOptions())
  }
}
