/// The keys of a project's `.dramatis.yaml`.
package enum SettingsKeys {
  /// The top level.
  package static let all = ["rules", "questions-budget", "rounds-budget", "positions-budget"]
}

extension LintSettings {
  /// The name of the file in which a project keeps its settings.
  package static let fileName = ".dramatis.yaml"
  private static let budgets = 0...1_000_000

  /// Reads a project's settings.
  ///
  /// - Returns: The settings as far as they could be read, and the mistakes in them.
  package static func read(_ bytes: [UInt8], name: String) -> (settings: LintSettings, report: Compilation) {
    let document = DocumentReader().read(name: name, bytes: bytes)
    var reader = ProfileReader(file: document.file, limits: .standard)
    var settings = LintSettings()
    // Nothing but comments sets nothing.
    let problems = document.diagnostics.filter { $0.code != .emptyFile }
    if let root = document.root, let fields = reader.fields(root, "a settings file", SettingsKeys.all) {
      settings.questionsBudget = reader.integer(fields["questions-budget"], in: budgets)
      settings.roundsBudget = reader.integer(fields["rounds-budget"], in: budgets)
      settings.positionsBudget =
        reader.integer(fields["positions-budget"], in: 1...ExplorationLimits.mostPositions)
        ?? settings.positionsBudget
      for entry in reader.entries(fields["rules"], "rules", limit: 1000) {
        guard let code = reader.rule(entry.key),
          let level = reader.word(entry.value, "error, warning or off", as: Level.self)
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
    let near = nearest(key.text, among: rules.map(\.name)) ?? nearest(key.text, among: rules.map(\.rawValue))
    report(
      .unknownName, message: "unknown rule '\(key.text)'", at: key.span,
      help: [near.map { "did you mean '\($0)'?" } ?? "'dramatis explain' lists all rules"])
    return nil
  }
}
