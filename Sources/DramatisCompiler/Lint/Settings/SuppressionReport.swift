/// What is left of some diagnostics once comments have silenced theirs, and the comments that silence nothing.
struct SuppressionReport {
  private let suppressions: [Suppression]
  /// Their indices by line; those of the whole file stand at 0.
  private let byLine: [Int: [Int]]

  init(_ suppressions: [Suppression]) {
    self.suppressions = suppressions
    byLine = Dictionary(grouping: suppressions.indices) { suppressions[$0].line ?? 0 }
  }

  /// Those that are about a diagnostic.
  private func silencing(_ diagnostic: Diagnostic) -> [Int] {
    let lines = [0] + [diagnostic.span?.start.line].compactMap(\.self)
    return lines.flatMap { byLine[$0] ?? [] }.filter { suppressions[$0].silences(diagnostic) }
  }

  /// - Parameter settings: A rule that a project does without needs no comment, and a comment about it no rule.
  func applied(to diagnostics: [Diagnostic], _ settings: LintSettings) -> [Diagnostic] {
    guard !suppressions.isEmpty else { return diagnostics }
    var isUsed = suppressions.map { _ in false }
    let left = diagnostics.filter { diagnostic in
      let silencing = silencing(diagnostic)
      for index in silencing { isUsed[index] = true }
      return silencing.isEmpty
    }
    let unused = suppressions.indices.filter { !isUsed[$0] && matters(suppressions[$0], settings) }
      .compactMap { settings.applied(to: Self.diagnostic(suppressions[$0])) }
    return left + unused.filter { silencing($0).isEmpty }
  }

  private func matters(_ suppression: Suppression, _ settings: LintSettings) -> Bool {
    guard let code = suppression.code else { return true }
    return code != .unusedSuppression && (!code.canBeSilenced || settings.severity(of: code) != nil)
  }

  private static func diagnostic(_ suppression: Suppression) -> Diagnostic {
    Diagnostic(
      .unusedSuppression, "this comment silences nothing", at: suppression.span, label: reason(suppression),
      help: [advice(suppression)], edit: suppression.isMisplaced ? nil : suppression.removal)
  }

  private static func reason(_ suppression: Suppression) -> String {
    guard let code = suppression.code else { return "no rule is called so" }
    if !code.canBeSilenced { return "an error of the compiler cannot be silenced" }
    if suppression.isMisplaced { return "for the whole file it stands among the first comments" }
    return suppression.line.map { "nothing at line \($0) breaks \(code.rawValue)" }
      ?? "nothing in this file breaks \(code.rawValue)"
  }

  private static func advice(_ suppression: Suppression) -> String {
    guard suppression.code == nil else {
      return suppression.isMisplaced ? "move it to the top" : "remove it"
    }
    let rules = DiagnosticCode.allCases.filter(\.canBeSilenced)
    let near =
      nearest(suppression.name, among: rules.map(\.rawValue))
      ?? nearest(suppression.name, among: rules.map(\.name))
    return near.map { "did you mean '\($0)'?" } ?? "'dramatis explain' lists all rules"
  }
}
