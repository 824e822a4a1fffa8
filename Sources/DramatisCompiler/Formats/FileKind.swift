import Dramatis

/// What a file means to be.
public enum FileKind: Sendable, Hashable, CaseIterable {
  /// One character, in YAML.
  case profile
  /// A cast that shares commitments, in YAML.
  case story
  /// Conversations and what is expected of them, in YAML.
  case scenarios
  /// A compiled profile.
  case program
  /// A published package of codified decision trees, in JSON.
  case trees
  /// The record of a session, in lines of JSON.
  case transcript

  /// What the bytes of a file tell of its kind.
  public enum Recognition: Sendable, Hashable {
    /// It is of this kind, whatever mistakes it has.
    case certain(FileKind)
    /// It has the first key of this kind without a version, as files of other tools may have it, too.
    case versionless(FileKind)
    /// Its first key is a misspelling of this kind's.
    case nearly(FileKind, writing: String)
    /// Nothing tells.
    case unknown
  }

  /// Looks at the bytes of a file and tells its kind.
  ///
  /// The first key decides. A profile is also known by a `dramatis` that stands further down. What begins with a key that
  /// is nearly one of ours is *nearly* of that kind where a version stands behind it or keys of ours below it: files of
  /// other tools lie in the same folders and must not be taken for ours.
  ///
  /// - Parameter bytes: The whole file, or enough of it; anything may be in it.
  /// - Complexity: One pass over the bytes at most.
  public static func recognize(_ bytes: [UInt8]) -> Recognition {
    if Program.isProgram(bytes) { return .certain(.program) }
    if Transcript.isTranscript(bytes) { return .certain(.transcript) }
    if bytes.isTreePackage { return .certain(.trees) }
    var lines = ByteLines(bytes)
    let first = lines.first(where: \.isContent)?.keyAndValue
    switch first?.key {
    case scenarios.firstKey: return first?.value == "" ? .versionless(.scenarios) : .certain(.scenarios)
    case story.firstKey: return .certain(.story)
    default: break
    }
    // A tab before that key counts as a mistake in a profile rather than as another kind of file.
    if ByteLines(bytes).contains(where: \.beginsProfile) { return .certain(.profile) }
    return first.map { misspelt($0.key, value: $0.value, above: lines) } ?? .unknown
  }

  /// Tells a misspelt first key by its version or by the keys below it, of which half at least must be ours.
  private static func misspelt(_ key: String, value: String, above lines: ByteLines) -> Recognition {
    let kinds = [profile, story, scenarios]
    guard let near = nearest(key, among: kinds.compactMap(\.firstKey)),
      let kind = kinds.first(where: { $0.firstKey == near }), let known = kind.root?.mapping.names
    else { return .unknown }
    let others = lines.prefix(1000).compactMap { $0.keyAndValue?.key }
    let own = others.count { known.contains($0) }
    let isOurs = (value.isVersion || own >= 2) && own * 2 >= others.count
    return isOurs ? .nearly(kind, writing: key) : .unknown
  }
}

extension FileKind {
  /// The top level of the file; nil where it is not YAML.
  var root: (any KeyedMapping.Type)? {
    switch self {
    case .profile: ProfileKeys.self
    case .story: StoryKeys.self
    case .scenarios: ScenarioFileKeys.self
    case .program, .trees, .transcript: nil
    }
  }

  /// The key with which the file begins.
  private var start: Key<VersionValue>? {
    switch self {
    case .profile: ProfileKeys.keys.dramatis
    case .story: StoryKeys.keys.story
    case .scenarios: ScenarioFileKeys.keys.scenarios
    case .program, .trees, .transcript: nil
    }
  }

  var firstKey: String? { start?.name }
  var version: Int? { start?.value.version }
  /// The line with which the file begins.
  var firstLine: String { start.map { "\($0.name): \($0.value.version)" } ?? "" }
}

extension FileKind.Recognition {
  /// The kind that a file is read as when somebody names it: mistakes in its first line are said.
  public var kindWhenNamed: FileKind? {
    switch self {
    case .certain(let kind), .versionless(let kind), .nearly(let kind, _): kind
    case .unknown: nil
    }
  }

  /// The kind that a file is read as when it lies in a folder in which files of other tools may lie.
  public var kindWhenFound: FileKind? {
    switch self {
    case .certain(let kind), .nearly(let kind, _): kind
    case .versionless, .unknown: nil
    }
  }
}

extension NodeReading {
  /// Checks that a document begins with the key and the version of a kind.
  mutating func checkStart(of root: Node, as kind: FileKind, in file: SourceFile) -> Bool {
    var entries: [MappingEntry] = []
    if case .mapping(let written) = root.content { entries = written }
    guard let first = entries.first, first.key.text == kind.firstKey else {
      report(misspelling(in: entries, of: file) ?? kind.refusal(of: root, beginning: entries))
      return false
    }
    guard first.value.text == kind.version.map(String.init) else {
      report(kind == .story ? kind.refusal(of: root, beginning: []) : kind.refusal(ofVersion: first.value))
      return false
    }
    return true
  }

  private func misspelling(in entries: [MappingEntry], of file: SourceFile) -> Diagnostic? {
    guard case .nearly(let kind, let key) = FileKind.recognize(file.bytes), let first = entries.first,
      first.key.text == key
    else { return nil }
    return Diagnostic(
      .unsupportedFile, message: "unknown first key \(key.quoted)", at: first.key.span,
      label: "no kind of file begins with it", help: ["did you mean '\(kind.firstLine)'?"])
  }
}

extension FileKind {
  /// What is said of a document that does not begin as one of this kind does.
  fileprivate func refusal(of root: Node, beginning entries: [MappingEntry]) -> Diagnostic {
    if self == .profile, let first = entries.first { return refusal(ofProfile: first, in: entries) }
    let called = self.root?.mapping.called ?? ""
    return Diagnostic(
      .unsupportedFile, message: "this is not \(called)\(self == .story ? " of a known version" : "")",
      at: root.span, help: ["\(called) starts with the line '\(firstLine)'"])
  }

  private func refusal(ofProfile first: MappingEntry, in entries: [MappingEntry]) -> Diagnostic {
    let key = first.key.text
    if key == Self.story.firstKey {
      return Diagnostic(
        .unsupportedFile, message: "this is a story and not a profile", at: first.key.span,
        help: ["'dramatis run', 'chat' and 'write' take stories; a profile starts with '\(firstLine)'"])
    }
    if key == Self.scenarios.firstKey {
      return Diagnostic(
        .unsupportedFile, message: "a file of kind '\(key)' cannot be read by this version",
        at: first.key.span, help: ["profiles start with '\(firstLine)'"])
    }
    let isLater = entries.contains { $0.key.text == firstKey }
    return Diagnostic(
      .unsupportedFile, message: "the first key of a profile is '\(firstKey ?? "")'", at: first.key.span,
      help: [isLater ? "move '\(firstLine)' to the top" : "start the file with '\(firstLine)'"])
  }

  fileprivate func refusal(ofVersion node: Node) -> Diagnostic {
    let isGiven = node.scalar != nil && !node.isNull
    return Diagnostic(
      .unsupportedFile,
      message: isGiven ? "unsupported version \(node.text.quoted)" : "the version is missing", at: node.span,
      help: ["this version of Dramatis reads '\(firstLine)'"])
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
    let start = drop { $0 == 0x20 || $0 == 0x09 || Self.byteOrderMark.contains($0) }
    guard let first = start.first else { return false }
    return first != UInt8(ascii: "#") && first != UInt8(ascii: "%") && !start.starts(with: "---".utf8)
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

extension [UInt8] {
  /// Whether it is an object of JSON that soon names the order of its topics, as a package of trees does.
  fileprivate var isTreePackage: Bool {
    guard first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else { return false }
    return prefix(65_536).firstRange(of: #""topicOrder""#.utf8) != nil
  }
}

extension String {
  /// Whether a value reads as `1`, `"2"` or `1.0`.
  fileprivate var isVersion: Bool {
    let digits = filter { !" \t\"'".contains($0) }
    return !digits.isEmpty && digits.count <= 8
      && digits.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
  }
}
