import Dramatis

/// What a file means to be.
public enum FileKind: Sendable, Hashable, CaseIterable {
  /// One character, in YAML.
  case profile
  /// A cast that shares commitments, in YAML.
  case story
  /// Conversations and what is expected of them, in YAML.
  case scenarios
  /// A book of lore of its own, in YAML.
  case lore
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
    /// Its first key is a misspelling of this kind's, or the key without its colon.
    case nearly(FileKind, writing: String)
    /// Its first key is missing, and what follows is what this kind holds; or its name says that it is of this kind.
    case shaped(FileKind)
    /// Nothing tells.
    case unknown
  }

  /// Looks at a file and tells its kind.
  ///
  /// The first key decides, whether it stands in a line of its own, is indented or begins a document in braces. A profile
  /// is also known by a `dramatis` that stands further down. What begins with a key that is nearly one of ours is *nearly*
  /// of that kind where a version stands behind it or keys of ours below it, and what holds the keys of a kind without the
  /// first is *shaped* as one: files of other tools lie in the same folders and must not be taken for ours.
  ///
  /// - Parameters:
  ///   - bytes: The whole file, or enough of it; anything may be in it.
  ///   - path: Where it lies: `*.scenarios.yaml` means to be a file of scenarios. Nothing unless given.
  /// - Complexity: Two passes over the bytes at most.
  public static func recognize(_ bytes: [UInt8], at path: String = "") -> Recognition {
    let found = recognition(of: bytes)
    return found.kindWhenFound == nil && path.isOfScenarios ? .shaped(.scenarios) : found
  }

  private static func recognition(of bytes: [UInt8]) -> Recognition {
    if Program.isProgram(bytes) { return .certain(.program) }
    if Transcript.isTranscript(bytes) { return .certain(.transcript) }
    if bytes.isTreePackage { return .certain(.trees) }
    if let text = bytes.narrowed {
      // What is wrong with its encoding is said by whoever reads it.
      return FileOutline(of: text).recognition.kindWhenFound.map { .certain($0) } ?? .unknown
    }
    return FileOutline(of: bytes).recognition
  }
}

extension FileKind {
  /// The top level of the file; nil where it is not YAML.
  var root: (any KeyedMapping.Type)? {
    switch self {
    case .profile: ProfileKeys.self
    case .story: StoryKeys.self
    case .scenarios: ScenarioFileKeys.self
    case .lore: LorebookKeys.self
    case .program, .trees, .transcript: nil
    }
  }

  /// The key with which the file begins.
  private var start: Key<VersionValue>? {
    switch self {
    case .profile: ProfileKeys.keys.dramatis
    case .story: StoryKeys.keys.story
    case .scenarios: ScenarioFileKeys.keys.scenarios
    case .lore: LorebookKeys.keys.lore
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
    case .certain(let kind), .versionless(let kind), .nearly(let kind, _), .shaped(let kind): kind
    case .unknown: nil
    }
  }

  /// The kind that a file is read as when it lies in a folder in which files of other tools may lie.
  public var kindWhenFound: FileKind? {
    switch self {
    case .certain(let kind), .nearly(let kind, _), .shaped(let kind): kind
    case .versionless, .unknown: nil
    }
  }
}

extension NodeReading {
  /// Checks that a document begins with the key and the version of a kind.
  mutating func checkStart(of root: Node, as kind: FileKind, in file: SourceFile) -> Bool {
    var entries: [MappingEntry] = []
    if case .mapping(let written) = root.content { entries = written }
    // A first line that could not be read has been told.
    if let first = entries.first, file.passedOver.hides(first, with: kind.firstKey) { return true }
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

extension String {
  /// Whether a path ends as those of files of scenarios do, in whatever case.
  fileprivate var isOfScenarios: Bool {
    let name = lowercased()
    return [".scenarios.yaml", ".scenarios.yml"].contains { name.hasSuffix($0) }
  }
}

extension [UInt8] {
  /// Whether it is an object of JSON that soon names the order of its topics, as a package of trees does.
  fileprivate var isTreePackage: Bool {
    guard first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) == UInt8(ascii: "{") else { return false }
    return prefix(65_536).firstRange(of: #""topicOrder""#.utf8) != nil
  }

  /// The text without the empty bytes of UTF-16 and UTF-32, which is legible where it is ASCII; nil for other encodings.
  fileprivate var narrowed: [UInt8]? {
    let isMarked = starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF])
    guard isMarked || count > 3 && (self[0] == 0) != (self[1] == 0) else { return nil }
    return filter { ![0, 0xFE, 0xFF].contains($0) }
  }
}

extension PassedOver {
  /// Whether the first key of a file, or its value, was passed over.
  fileprivate func hides(_ first: MappingEntry, with key: String?) -> Bool {
    if first.key.text == key { return first.value.isBroken }
    return losesKeys && parts.contains { $0.lowerBound < first.key.span.start.offset }
  }
}
