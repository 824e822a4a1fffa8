import Dramatis

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
    let found = unused.compactMap { settings.applied(to: UnusedSuppression.diagnostic($0)) }
    return left + found.filter { silencing($0).isEmpty }
  }

  private func matters(_ suppression: Suppression, _ settings: LintSettings) -> Bool {
    guard let code = suppression.code else { return true }
    return code != UnusedSuppression.code && (!code.canBeSilenced || settings.severity(of: code) != nil)
  }
}
