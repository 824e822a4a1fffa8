import Dramatis

/// Turns a document into scenarios: checks its shape and resolves its names.
///
/// Mistakes are collected; a part that has one is left out so that the rest can be checked too.
struct ScenarioReader: NodeReading {
  static let maximumTurns = 100_000

  let file: SourceFile
  /// Nobody where the profile or the story cannot be used; then names are taken as they come.
  let cast: [Program]
  private let identifiersOfCast: [[String]]
  /// Index of the member of the cast whom the names that are read are about.
  var member = 0
  /// Whether the member was named, so that nobody else is meant.
  var isOfMember = false
  private(set) var diagnostics: [Diagnostic] = []
  /// How many turns all scenarios take.
  var turnCount = 0

  init(file: SourceFile, cast: [Program]) {
    self.file = file
    self.cast = cast
    identifiersOfCast = cast.map { $0.statementIdentifiers() }
  }

  /// The program of the member whom names are about.
  var program: Program? { cast.isEmpty ? nil : cast[member] }
  /// The identifiers of the member's statements.
  var identifiers: [String] { cast.isEmpty ? [] : identifiersOfCast[member] }

  var isFull: Bool { diagnostics.count >= ReadLimits.standard.diagnostics }

  mutating func report(_ diagnostic: Diagnostic) {
    if !isFull { diagnostics.append(diagnostic) }
  }

  /// Reads a whole file; nothing if it is of another kind.
  mutating func read(_ root: Node) -> [Scenario] {
    guard checkStart(of: root, as: .scenarios, in: file),
      let fields = fields(of: root, as: ScenarioFileKeys.self)
    else { return [] }
    // Whoever runs the scenarios looks it up.
    _ = value(of: fields.profile)
    let defaults = ScenarioSettings(
      actor: value(of: fields.actor), seed: UInt64(value(of: fields.seed)), speaks: value(of: fields.speak))
    let tests = value(of: fields.tests)
    if tests.isEmpty, let entry = fields.tests.entry, diagnostics.isEmpty, file.passedOver.isEmpty {
      report(
        .nothingExpected, message: "this file has no tests, so that none can fail", at: entry.key.span,
        help: ["write one below 'tests', or remove the file; 'dramatis test --suggest' makes a start"])
    }
    return tests.compactMap { scenario($0, defaults: defaults) }
  }

  /// Whether a reason is given; a word that says yes or no is none, and might mean the opposite.
  private mutating func isKnownToFail(_ field: Field<TextValue>) -> Bool {
    guard let reason = value(of: field), let node = field.node else { return false }
    let isReason =
      reason.contains(where: \.isLetter)
      && !["yes", "no", "true", "false", "on", "off", "none", "null", "y", "n"]
        .contains(reason.lowercased().filter(\.isLetter))
    if !isReason {
      report(
        .unknownWord, message: "'\(reason)' is no reason why a scenario is known to fail", at: node.span,
        help: ["say in words why it fails; without 'fails' it has to be as expected"])
    }
    return isReason
  }

  /// A mere list is one of events.
  private mutating func scenario(_ entry: MappingEntry, defaults: ScenarioSettings) -> Scenario? {
    guard let name = text(of: entry.key, expected: "the name of a scenario") else { return nil }
    var (settings, events) = (defaults, Node?.some(entry.value))
    if case .mapping = entry.value.content {
      guard let fields = fields(of: entry.value, as: ScenarioKeys.self, span: entry.key.span) else {
        return nil
      }
      settings = ScenarioSettings(
        actor: value(of: fields.actor) ?? defaults.actor,
        seed: value(of: fields.seed).map { UInt64($0) } ?? defaults.seed,
        speaks: value(of: fields.speak) ?? defaults.speaks,
        isKnownToFail: isKnownToFail(fields.fails))
      events = node(of: fields.events)
    }
    let nodes = items(of: events)
    if nodes.isEmpty, events != nil {
      report(.nothingThere, message: "this scenario has no events", at: entry.key.span)
    }
    let before = diagnostics.count
    let turns = nodes.compactMap { turn($0, settings: settings) }
    // One that says `expect:` and nothing yet waits for 'dramatis test --update'; what a mistake hides may expect something.
    if !nodes.isEmpty, !cast.isEmpty, file.passedOver.isEmpty, diagnostics.count == before,
      turns.allSatisfy({ $0.expectations.isEmpty && $0.unrecorded == nil })
    {
      report(
        .nothingExpected, message: "'\(name)' expects nothing, so that it cannot fail", at: entry.key.span,
        help: ["add 'expect' to its last event; left empty, 'dramatis test --update' writes what happens"])
    }
    return Scenario(name: name, span: entry.key.span, settings: settings, turns: turns)
  }
}
