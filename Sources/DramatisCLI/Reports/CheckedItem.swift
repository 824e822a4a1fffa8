import DramatisCompiler

/// Something that was checked, a file or one scenario of it, with what was found.
struct CheckedItem: Sendable {
  let path: String
  /// The name of the scenario; nil for a whole file.
  let scenario: String?
  /// What the file is.
  let kind: FileKind?
  var findings: [FileFinding]

  init(path: String, scenario: String? = nil, kind: FileKind?, findings: [FileFinding]) {
    (self.path, self.scenario, self.kind, self.findings) = (path, scenario, kind, findings.numbered)
  }

  func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }
}

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
