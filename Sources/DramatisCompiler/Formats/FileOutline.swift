import Dramatis

/// What tells the kind of a file: its first line, and the keys of its top level.
struct FileOutline {
  private typealias Entry = (key: String, value: String)

  /// How many keys are looked at.
  private static let most = 1000
  /// What only profiles have beside their character.
  private static let ofProfiles: Set<String> = ["questions", "machines", "behavior", "commitments"]

  private let bytes: [UInt8]
  /// The first line with content, from its first visible byte.
  private let first: ArraySlice<UInt8>
  /// Blanks before it, which the other lines of the top level have too.
  private let indent: ArraySlice<UInt8>
  private let rest: ByteLines

  init(of bytes: [UInt8]) {
    self.bytes = bytes
    var lines = ByteLines(bytes)
    let line = lines.first(where: \.isContent) ?? []
    first = line.withoutBlanks
    indent = line[line.startIndex..<first.startIndex].withoutMark
    rest = lines
  }

  var recognition: FileKind.Recognition {
    if first.first == UInt8(ascii: "{") { return recognitionInBraces }
    if let listed = recognitionInList { return listed }
    let entry = first.keyAndValue
    if let entry, let found = Self.certain(entry) { return found }
    // A tab before that key counts as a mistake in a profile rather than as another kind of file.
    if ByteLines(bytes).contains(where: { $0.without(indent).beginsProfile }) { return .certain(.profile) }
    let others = rest.lazy.compactMap { $0.without(indent).keyAndValue }.prefix(Self.most)
    return Self.recognition(of: entry, written: first, above: Array(others), isIndented: !indent.isEmpty)
  }

  /// A document that a dash makes a list of: `- dramatis: 1`.
  private var recognitionInList: FileKind.Recognition? {
    guard first.starts(with: "- ".utf8), let entry = first.dropFirst(2).withoutBlanks.keyAndValue,
      entry.value.isVersion, case .certain(let kind)? = Self.certain(entry)
    else { return nil }
    return .nearly(kind, writing: "- \(entry.key)")
  }

  /// A document in braces, as JSON is one.
  private var recognitionInBraces: FileKind.Recognition {
    var start = bytes[first.startIndex...].dropFirst()
    start = start.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    if let entry = start.prefix(160).keyAndValue, let found = Self.certain(entry) { return found }
    guard case .mapping(let written)? = DocumentReader().read(name: "", bytes: bytes).root?.content else {
      return .unknown
    }
    let entries = written.prefix(Self.most).map { (key: $0.key.text, value: $0.value.text) }
    if entries.contains(where: { $0.key == FileKind.profile.firstKey }) { return .certain(.profile) }
    return Self.recognition(
      of: entries.first, written: [], above: Array(entries.dropFirst()), isIndented: false)
  }

  private static func certain(_ entry: Entry) -> FileKind.Recognition? {
    switch entry.key {
    case FileKind.scenarios.firstKey: entry.value.isEmpty ? .versionless(.scenarios) : .certain(.scenarios)
    case FileKind.lore.firstKey: entry.value.isVersion ? .certain(.lore) : .versionless(.lore)
    case FileKind.story.firstKey: .certain(.story)
    case FileKind.profile.firstKey: .certain(.profile)
    default: nil
    }
  }

  private static func recognition(
    of first: Entry?, written line: ArraySlice<UInt8>, above others: [Entry], isIndented: Bool
  ) -> FileKind.Recognition {
    if let first {
      let near = misspelt(first.key, value: first.value, above: others, isIndented: isIndented)
      return near ?? shape(of: [first] + others)
    }
    // A key whose colon was forgotten: 'dramatis 1', 'dramatis = 1'.
    let word = line.prefix { $0.isASCIILetter }
    let value = String(decoding: line[word.endIndex...].prefix(16), as: UTF8.self)
    let key = String(decoding: word, as: UTF8.self)
    guard value.filter({ !" \t=:;：；\u{A0}\u{3000}".contains($0) }).isVersion,
      let near = misspelt(key, value: "1", above: others, isIndented: true)
    else { return shape(of: others) }
    guard case .nearly(let kind, _) = near else { return near }
    return .nearly(kind, writing: key + value)
  }

  /// Tells a misspelt first key by its version or by the keys below it, of which half at least must be ours.
  private static func misspelt(
    _ key: String, value: String, above others: [Entry], isIndented: Bool
  ) -> FileKind.Recognition? {
    let kinds = [FileKind.profile, .story, .scenarios, .lore]
    guard let near = nearest(key, among: kinds.compactMap(\.firstKey)),
      let kind = kinds.first(where: { $0.firstKey == near }), let known = kind.root?.mapping.names
    else { return nil }
    let own = others.count { known.contains($0.key) }
    let isOurs = (value.isVersion && (own >= 1 || !isIndented) || own >= 2) && own * 2 >= others.count
    return isOurs ? .nearly(kind, writing: key) : nil
  }

  /// Tells a file without its first key by what it holds: half of its keys at least must be ours, and some of them rare.
  private static func shape(of entries: [Entry]) -> FileKind.Recognition {
    let keys = Set(entries.map(\.key))
    let isShaped = { (kind: FileKind) in
      keys.count { kind.root?.mapping.names.contains($0) == true } * 2 >= keys.count
    }
    let rare = keys.intersection(ofProfiles).count
    if rare >= (keys.contains("character") ? 1 : 2), isShaped(.profile) { return .shaped(.profile) }
    if keys.contains("cast"), keys.contains("commitments"), isShaped(.story) { return .shaped(.story) }
    if keys.contains("entries"), keys.contains("dialect"), isShaped(.lore) { return .shaped(.lore) }
    let profile = entries.first { $0.key == "profile" }?.value.lowercased() ?? ""
    let isPath = [".yaml", ".yml"].contains { profile.filter { !"\"' ".contains($0) }.hasSuffix($0) }
    return isPath && keys.contains("tests") && isShaped(.scenarios) ? .shaped(.scenarios) : .unknown
  }
}

/// The lines of a file that are not empty, one by one: what a file is mostly stands in the first.
private struct ByteLines: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next line, without its break.
  mutating func next() -> ArraySlice<UInt8>? {
    rest = rest.drop(while: Self.isBreak)
    guard !rest.isEmpty else { return nil }
    let line = rest.prefix { !Self.isBreak($0) }
    rest = rest[line.endIndex...]
    return line
  }

  /// The next line of which something holds.
  mutating func first(where isWanted: (ArraySlice<UInt8>) -> Bool) -> ArraySlice<UInt8>? {
    while let line = next() {
      if isWanted(line) { return line }
    }
    return nil
  }

  private static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

extension ArraySlice<UInt8> {
  private static let quotes: [UInt8] = [0x22, 0x27]
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether a line is neither blank nor a comment, a directive or the mark of a document.
  fileprivate var isContent: Bool {
    let start = withoutBlanks
    guard let first = start.first else { return false }
    return first != UInt8(ascii: "#") && first != UInt8(ascii: "%") && !start.starts(with: "---".utf8)
  }

  /// Without the blanks of any script at its start, and without a byte-order mark.
  fileprivate var withoutBlanks: ArraySlice<UInt8> {
    var rest = self
    while let blank = Self.blanks.first(where: { rest.starts(with: $0) }) {
      rest = rest.dropFirst(blank.count)
    }
    return rest
  }

  private static let blanks: [[UInt8]] =
    [
      [0x20], [0x09], byteOrderMark, [0xC2, 0xA0], [0xE3, 0x80, 0x80], [0xE2, 0x80, 0xAF],
      [0xE2, 0x81, 0xA0],
    ]
    + (0x80...0x8B).map { [0xE2, 0x80, $0] }

  fileprivate var withoutMark: ArraySlice<UInt8> {
    starts(with: Self.byteOrderMark) ? dropFirst(Self.byteOrderMark.count) : self
  }

  /// Without the indentation of the whole file.
  fileprivate func without(_ indent: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    starts(with: indent) ? dropFirst(indent.count) : self
  }

  /// The line without what may stand before a key.
  private var start: ArraySlice<UInt8> {
    drop { $0 == 0x09 || Self.quotes.contains($0) || Self.byteOrderMark.contains($0) }
  }

  /// Whether the line begins with the key of a profile.
  fileprivate var beginsProfile: Bool {
    guard let key = FileKind.profile.firstKey, start.starts(with: key.utf8) else { return false }
    return keyAndValue?.key == key
  }

  /// The key at the start of the line and what follows it, without blanks around; nil where there is none.
  fileprivate var keyAndValue: (key: String, value: String)? {
    let start = start
    guard let colon = start.prefix(80).firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let key = start[..<colon]
    let end = key.lastIndex { $0 != 0x20 && !Self.quotes.contains($0) }
    guard let end, key.first != 0x20, key.first != UInt8(ascii: "#"), key.first != UInt8(ascii: "-") else {
      return nil
    }
    let value = start[(colon + 1)...].prefix { $0 != UInt8(ascii: "#") }.drop { $0 == 0x20 || $0 == 0x09 }
    return (String(decoding: key[...end], as: UTF8.self), String(decoding: value.prefix(80), as: UTF8.self))
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
}

extension String {
  /// Whether a value reads as `1`, `"2"` or `1.0`.
  fileprivate var isVersion: Bool {
    let digits = filter { !" \t\"'".contains($0) }
    return !digits.isEmpty && digits.count <= 8
      && digits.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
  }
}
