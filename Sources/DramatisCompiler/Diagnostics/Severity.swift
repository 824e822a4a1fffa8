/// How grave a diagnostic is.
public enum Severity: String, Sendable, Encodable {
  /// The profile cannot be used.
  case error
  /// The profile can be used, but probably does not do what was meant.
  case warning
}
