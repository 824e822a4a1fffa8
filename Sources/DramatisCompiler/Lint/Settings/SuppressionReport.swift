/// What is left of some diagnostics once comments have silenced theirs, and the comments that silence nothing.
struct SuppressionReport {
  /// What one or several comments are about.
  private struct Subject: Hashable {
    /// Nil for the whole file.
    let line: Int?
    let code: DiagnosticCode
  }

  private let suppressions: [Suppression]
  private let subjects: Set<Subject>

  init(_ suppressions: [Suppression]) {
    self.suppressions = suppressions
    subjects = Set(suppressions.compactMap(Self.subject))
  }

  /// Nil for a comment that cannot silence anything.
  private static func subject(of suppression: Suppression) -> Subject? {
    guard let code = suppression.code, code.canBeSilenced, !suppression.isMisplaced else { return nil }
    return Subject(line: suppression.line, code: code)
  }

  /// Those that are about a diagnostic.
  private func silencing(_ diagnostic: Diagnostic) -> [Subject] {
    let line = diagnostic.span.map { Subject(line: $0.start.line, code: diagnostic.code) }
    return ([Subject(line: nil, code: diagnostic.code)] + [line].compactMap(\.self)).filter(subjects.contains)
  }

  /// - Parameter settings: A rule that a project does without needs no comment, and a comment about it no rule.
  func applied(to diagnostics: [Diagnostic], _ settings: LintSettings) -> [Diagnostic] {
    guard !suppressions.isEmpty else { return diagnostics }
    var used: Set<Subject> = []
    let left = diagnostics.filter { diagnostic in
      let silencing = silencing(diagnostic)
      used.formUnion(silencing)
      return silencing.isEmpty
    }
    let unused = suppressions.filter { suppression in
      let isUsed = Self.subject(of: suppression).map(used.contains) ?? false
      return !isUsed && matters(suppression, settings)
    }
    let found = unused.compactMap { settings.applied(to: Self.diagnostic($0)) }
    return left + found.filter { silencing($0).isEmpty }
  }

  private func matters(_ suppression: Suppression, _ settings: LintSettings) -> Bool {
    guard let code = suppression.code else { return true }
    return code != .unusedSuppression && (!code.canBeSilenced || settings.severity(of: code) != nil)
  }

  private static func diagnostic(_ suppression: Suppression) -> Diagnostic {
    Diagnostic(
      .unusedSuppression, message: "this comment silences nothing", at: suppression.span,
      label: reason(suppression),
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
