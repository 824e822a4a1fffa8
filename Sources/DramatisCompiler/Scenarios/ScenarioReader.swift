import Dramatis

/// Turns a document into scenarios: checks its shape and resolves its names.
///
/// Mistakes are collected; a part that has one is left out so that the rest can be checked too.
struct ScenarioReader: NodeReading {
  static let maximumTurns = 100_000
  static let maximumTimes = 10_000
  static let maximumSeed = 1_000_000_000

  let file: SourceFile
  /// Nil where the profile cannot be used; then names are taken as they come.
  let program: Program?
  let identifiers: [String]
  private(set) var diagnostics: [Diagnostic] = []
  /// How many turns all scenarios take.
  var turnCount = 0

  init(file: SourceFile, program: Program?) {
    self.file = file
    self.program = program
    identifiers = program?.statementIdentifiers() ?? []
  }

  var isFull: Bool { diagnostics.count >= ReadLimits.standard.diagnostics }

  mutating func report(_ diagnostic: Diagnostic) {
    if !isFull { diagnostics.append(diagnostic) }
  }

  /// Reads a whole file; nothing if it is of another kind.
  mutating func read(_ root: Node) -> [Scenario] {
    guard checkKind(root), let fields = fields(root, "a file of scenarios", ScenarioKeys.file) else {
      return []
    }
    if let profile = fields["profile"] { _ = text(profile, "the path of a profile") }
    let defaults = settings(fields, over: ScenarioSettings())
    if fields["tests"] == nil { missing("tests", fields) }
    return named(fields["tests"], "scenarios").compactMap { scenario($0, defaults) }
  }

  private mutating func checkKind(_ root: Node) -> Bool {
    guard case .mapping(let entries) = root.content, let first = entries.first,
      first.key.text == "scenarios"
    else {
      report(
        .unsupportedFile, message: "this is not a file of scenarios", at: root.span,
        help: ["a file of scenarios starts with the line 'scenarios: 1'"])
      return false
    }
    guard first.value.text == String(ScenarioFile.version) else {
      let isGiven = first.value.scalar != nil && !first.value.isNull
      report(
        .unsupportedFile,
        message: isGiven ? "unsupported version \(first.value.text.quoted)" : "the version is missing",
        at: first.value.span,
        help: ["this version of Dramatis reads 'scenarios: \(ScenarioFile.version)'"])
      return false
    }
    return true
  }

  /// A mere list is one of events.
  private mutating func scenario(_ entry: Entry, _ defaults: ScenarioSettings) -> Scenario? {
    guard let name = text(entry.key, "the name of a scenario") else { return nil }
    var (settings, events) = (defaults, Node?.some(entry.value))
    if case .mapping = entry.value.content {
      guard let fields = fields(entry.value, "a scenario", ScenarioKeys.scenario, span: entry.key.span)
      else { return nil }
      settings = self.settings(fields, over: defaults)
      if fields["events"] == nil { missing("events", fields) }
      events = fields["events"]
    }
    let nodes = items(events)
    if nodes.isEmpty, events != nil {
      report(.nothingThere, message: "this scenario has no events", at: entry.key.span)
    }
    return Scenario(
      name: name, span: entry.key.span, settings: settings,
      turns: nodes.compactMap { turn($0, settings) })
  }

  private mutating func settings(_ fields: Fields, over defaults: ScenarioSettings) -> ScenarioSettings {
    ScenarioSettings(
      actor: fields["actor"].flatMap { text($0, "the name of whoever acts") } ?? defaults.actor,
      seed: seed(fields["seed"]) ?? defaults.seed, speaks: boolean(fields["speak"]) ?? defaults.speaks)
  }

  private mutating func seed(_ node: Node?) -> UInt64? {
    integer(node, in: 0...Self.maximumSeed).map { UInt64($0) }
  }

  mutating func boolean(_ node: Node?) -> Bool? {
    guard let node else { return nil }
    guard node.scalar?.style == .plain, ["true", "false"].contains(node.text) else {
      wrongType(node, expected: "true or false")
      return nil
    }
    return node.text == "true"
  }

  /// The entries of a mapping whose keys are names.
  mutating func named(_ node: Node?, _ what: String) -> [Entry] {
    guard let node, !node.isNull else { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(
        node, expected: "a mapping of \(what)",
        help: ["write every name on its own line, with a ':' behind it"])
      return []
    }
    return entries
  }
}
