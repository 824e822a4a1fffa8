/// What kind of mistake a diagnostic reports; codes are never reused.
///
/// There is one for each rule of the linter, and those that the compiler and scenarios report.
public struct DiagnosticCode: Sendable {
  /// The code, such as `P012`.
  public let rawValue: String
  /// The name that settings may use instead, such as `unreachable-state`.
  public let name: String
  /// How grave the mistake is unless a project says otherwise; an error makes the profile unusable.
  public let severity: Severity
  /// What the code means, in one sentence.
  public let summary: String
  /// Whether it is looked for only where a project asks for it.
  public let isOnRequest: Bool

  /// - Parameters:
  ///   - name: In lower case, with hyphens between its words.
  ///   - summary: One sentence with a full stop.
  init(
    _ rawValue: String, name: String, severity: Severity = .error, summary: String, isOnRequest: Bool = false
  ) {
    (self.rawValue, self.name, self.severity, self.summary) = (rawValue, name, severity, summary)
    self.isOnRequest = isOnRequest
  }

  /// Whether it is about scenarios rather than about a profile.
  package var isOfScenarios: Bool { rawValue.hasPrefix("S") }

  /// Whether it is found by looking at what a profile means, once it compiles.
  public var isRule: Bool { rawValue.hasPrefix("L") }

  /// Whether a project or a comment may do without it.
  public var canBeSilenced: Bool { isRule || severity == .warning }
}

/// One code stands for one kind of mistake, so nothing else is compared.
extension DiagnosticCode: Hashable, Comparable, CustomStringConvertible {
  /// Whether both are the same code.
  public static func == (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.rawValue == right.rawValue
  }

  /// Hashes the code.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// Whether one stands before the other in lists.
  public static func < (left: DiagnosticCode, right: DiagnosticCode) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The code, such as `P012`.
  public var description: String { rawValue }
}
