/// One mistake in a file: what it is, where, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
  /// How many are reported of one file.
  package static let mostOfOneFile = 500

  /// A second place of which a diagnostic speaks.
  public struct Mark: Hashable, Sendable {
    /// Where it is, in the same file.
    public let span: SourceSpan
    /// What to print behind the underlined source.
    public let label: String

    package init(_ span: SourceSpan, _ label: String) {
      self.span = span
      self.label = label.withinReason
    }
  }

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
  /// Other places that have to do with it.
  public let marks: [Mark]
  /// What to do about it, one fact each.
  public let help: [String]
  /// What would put it right and is safe to do; nil where a person has to decide.
  public let edit: TextEdit?

  package init(
    _ code: DiagnosticCode, message: String, at span: SourceSpan? = nil, label: String? = nil,
    help: [String] = [], marks: [Mark] = [], severity: Severity? = nil, edit: TextEdit? = nil
  ) {
    self.code = code
    self.severity = severity ?? code.severity
    self.message = message.withinReason
    self.span = span
    self.label = label?.withinReason
    self.help = help.map(\.withinReason)
    self.marks = marks
    self.edit = edit
  }

  /// The same of another severity.
  func with(_ severity: Severity) -> Diagnostic {
    Diagnostic(
      code, message: message, at: span, label: label, help: help, marks: marks, severity: severity, edit: edit
    )
  }
}

extension [Diagnostic] {
  /// Without repetitions, from the start of the file to its end.
  package var tidied: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let unique = filter { seen.insert($0).inserted }
    return unique.enumerated().sorted { left, right in
      (left.element.start, left.offset) < (right.element.start, right.offset)
    }.map(\.element)
  }

  /// As many as one run reports of a file, errors before the rest; the last says how many more there are.
  package func limited(to limit: Int = Diagnostic.mostOfOneFile) -> [Diagnostic] {
    guard count > limit else { return self }
    let errors = filter { $0.severity == .error }
    let others = lazy.filter { $0.severity != .error }.prefix(Swift.max(0, limit - errors.count))
    let kept = (Array(errors.prefix(limit)) + others).tidied
    let note = "this file has \(count - limit) more, which are left out"
    return Array(kept.dropLast()) + kept.suffix(1).map { $0.adding(help: note) }
  }
}

extension Diagnostic {
  /// What concerns the whole file comes first.
  fileprivate var start: Int { span?.start.offset ?? -1 }

  func adding(help note: String) -> Diagnostic {
    Diagnostic(
      code, message: message, at: span, label: label, help: help + [note], marks: marks, severity: severity,
      edit: edit)
  }
}

/// How grave a diagnostic is.
public enum Severity: String, Sendable, Encodable {
  /// The profile cannot be used.
  case error
  /// The profile can be used, but probably does not do what was meant.
  case warning
}
