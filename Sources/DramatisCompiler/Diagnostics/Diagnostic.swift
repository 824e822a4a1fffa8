/// One mistake in a file: what it is, where, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
  /// The kind of mistake.
  public let code: DiagnosticCode
  /// How grave it is.
  public let severity: Severity
  /// What is wrong, in lower case and without a full stop.
  public let message: String
  /// Where it is; nil if it concerns the whole file.
  public let span: SourceSpan?
  /// What to print behind the underlined source.
  public let label: String?
  /// What to do about it, one fact each.
  public let help: [String]
  /// What would put it right and is safe to do; nil where a person has to decide.
  package let edit: Edit?

  package init(
    _ code: DiagnosticCode, message: String, at span: SourceSpan? = nil, label: String? = nil,
    help: [String] = [], severity: Severity? = nil, edit: Edit? = nil
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.message = message.withinReason
    self.span = span
    self.label = label?.withinReason
    self.help = help.map(\.withinReason)
    self.edit = edit
  }

  /// The same of another severity.
  func with(_ severity: Severity) -> Diagnostic {
    Diagnostic(code, message: message, at: span, label: label, help: help, severity: severity, edit: edit)
  }
}
