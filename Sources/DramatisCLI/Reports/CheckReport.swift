import DramatisCompiler

/// What a command has checked, in the order in which it reports.
struct CheckReport: Sendable {
  /// Such as `dramatis validate`.
  let command: String
  let items: [CheckedItem]
  /// Whether warnings count as failures.
  let isStrict: Bool

  var findings: [FileFinding] { items.flatMap(\.findings) }

  /// Whether a finding makes the command fail.
  func isFailure(_ finding: FileFinding) -> Bool { finding.severity == .error || isStrict }
}
