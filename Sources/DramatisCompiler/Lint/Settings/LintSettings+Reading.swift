import Dramatis

/// The top level of a project's `.dramatis.yaml`.
struct SettingsKeys: KeyedMapping {
  static let keys = Self()
  static let mapping = MappingDescription(of: keys, identifier: "settings", called: "a settings file")
  private static let budgets = 0...1_000_000

  let rules = Key(
    "rules",
    takes: .mapping(
      of: .words(LintSettings.Level.self), written: "mapping of rules to levels", content: "rules"),
    means: "the rules that are taken otherwise than by default")
  let questionsBudget = Key(
    "questions-budget", takes: .wholeNumber(budgets), otherwise: "no limit",
    means: "how many questions a turn may ask")
  let roundsBudget = Key(
    "rounds-budget", takes: .wholeNumber(budgets), otherwise: "no limit",
    means: "how many rounds of questions a turn may take")
  let positionsBudget = Key(
    "positions-budget", takes: .wholeNumber(1...ExplorationLimits.mostPositions), default: 10_000,
    means: "how many positions are explored for one property")
}

extension LintSettings {
  /// The name of the file in which a project keeps its settings.
  package static let fileName = ".dramatis.yaml"

  /// Reads a project's settings.
  ///
  /// - Returns: The settings as far as they could be read, and the mistakes in them.
  package static func read(_ bytes: [UInt8], name: String) -> (settings: LintSettings, report: Compilation) {
    let document = DocumentReader().read(name: name, bytes: bytes)
    var reader = ProfileReader(file: document.file, limits: .standard)
    var settings = LintSettings()
    // Nothing but comments sets nothing.
    let problems = document.diagnostics.filter { $0.code != .emptyFile }
    if let root = document.root, let fields = reader.fields(of: root, as: SettingsKeys.self) {
      settings.questionsBudget = reader.value(of: fields.questionsBudget)
      settings.roundsBudget = reader.value(of: fields.roundsBudget)
      settings.positionsBudget = reader.value(of: fields.positionsBudget)
      for entry in reader.entries(of: fields.rules, limit: 1000) {
        guard let code = reader.rule(entry.key),
          let level = reader.word(entry.value, expected: "error, warning or off", as: Level.self)
        else { continue }
        settings.levels[code] = level
      }
    }
    return (settings, Compilation(of: document.file, problems + reader.diagnostics))
  }
}

extension ProfileReader {
  /// A rule by its code or name.
  fileprivate mutating func rule(_ key: Node) -> DiagnosticCode? {
    let rules = DiagnosticCode.allCases.filter(\.canBeSilenced)
    if let code = DiagnosticCode(called: key.text) {
      if code.canBeSilenced { return code }
      report(
        .unknownWord, message: "\(code.rawValue) is an error and cannot be set", at: key.span,
        help: ["only rules and warnings can"])
      return nil
    }
    report(
      .unknownName, message: "unknown rule '\(key.text)'", at: key.span,
      help: [
        DiagnosticCode.suggestion(for: key.text, among: rules, else: "'dramatis explain' lists all rules")
      ])
    return nil
  }
}
