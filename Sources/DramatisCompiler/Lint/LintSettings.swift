import Dramatis

/// What a project asks of the rules, as its `.dramatis.yaml` says it.
public struct LintSettings: Hashable, Sendable {
  /// How a rule is taken.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case error, warning, off
  }

  /// The rules that are taken otherwise than by default.
  public var levels: [DiagnosticCode: Level] = [:]
  /// How many questions a turn may ask; nil for any number.
  public var questionsBudget: Int?
  /// How many rounds of questions a turn may take; nil for any number.
  public var roundsBudget: Int?
  /// How many positions are explored for one property.
  public var positionsBudget = 10_000

  /// Everything as by default.
  public init() {}

  /// How grave a finding is; nil for one that is not wanted.
  public func severity(of code: DiagnosticCode) -> Severity? {
    switch levels[code] {
    case .error: .error
    case .warning: .warning
    case .off: nil
    case nil: code.isOnRequest ? nil : code.severity
    }
  }

  /// A diagnostic with its severity; an error of the compiler stays one.
  func applied(to diagnostic: Diagnostic) -> Diagnostic? {
    guard diagnostic.code.isRule || diagnostic.code.severity == .warning else { return diagnostic }
    return severity(of: diagnostic.code).map { diagnostic.with($0) }
  }
}

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
  public static let fileName = ".dramatis.yaml"
  /// What it may be called, the first first.
  static let fileNames = [fileName, ".dramatis.yml"]

  /// Reads a project's settings.
  ///
  /// - Parameters:
  ///   - bytes: The whole file; anything may be in it.
  ///   - name: What to call it in diagnostics.
  /// - Returns: The settings as far as they could be read, and the mistakes in them.
  public static func read(_ bytes: [UInt8], name: String) -> (settings: LintSettings, report: Compilation) {
    let document = DocumentReader().read(name: name, bytes: bytes)
    var reader = SettingsReader()
    var settings = LintSettings()
    // Nothing but comments sets nothing.
    let problems = document.diagnostics.filter { $0.code != .emptyFile }
    if let root = document.root, let fields = reader.fields(of: root, as: SettingsKeys.self) {
      settings.questionsBudget = reader.value(of: fields.questionsBudget)
      settings.roundsBudget = reader.value(of: fields.roundsBudget)
      settings.positionsBudget = reader.value(of: fields.positionsBudget)
      for entry in reader.entries(of: fields.rules, atMost: 1000).kept {
        guard let code = reader.rule(entry.key),
          let level = reader.word(entry.value, expected: "error, warning or off", as: Level.self)
        else { continue }
        settings.levels[code] = level
      }
    }
    return (settings, Compilation(of: document.file, problems + reader.diagnostics))
  }
}

/// Reads what rules need to be told.
private struct SettingsReader: NodeReading {
  private(set) var diagnostics: [Diagnostic] = []

  var isFull: Bool { diagnostics.count >= Diagnostic.mostOfOneFile }

  mutating func report(_ diagnostic: Diagnostic) {
    if !isFull { diagnostics.append(diagnostic) }
  }

  /// A rule by its code or name.
  mutating func rule(_ key: Node) -> DiagnosticCode? {
    let rules = DiagnosticCode.all.filter(\.canBeSilenced)
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
