import DramatisCompiler

/// A report as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as far as it is used here.
struct SarifLog: Encodable {
  struct Message: Encodable {
    let text: String
  }

  struct Rule: Encodable {
    struct Configuration: Encodable {
      let level: String
    }

    let id: String
    let shortDescription, help: Message
    let defaultConfiguration: Configuration
  }

  struct Driver: Encodable {
    let name, semanticVersion: String
    let rules: [Rule]
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Region: Encodable {
    let startLine, startColumn, endLine, endColumn: Int
  }

  struct ArtifactLocation: Encodable {
    let uri: String
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  struct Location: Encodable {
    let physicalLocation: PhysicalLocation
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    let partialFingerprints: [String: String]
  }

  struct AutomationDetails: Encodable {
    let id: String
  }

  struct Run: Encodable {
    let tool: Tool
    let automationDetails: AutomationDetails
    let columnKind: String
    let results: [Result]
  }

  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }
}

extension SarifLog {
  init(_ report: CheckReport) {
    let codes = Set(report.findings.map(\.code)).sorted()
    let rules = codes.map { Rule($0, report) }
    let driver = Driver(name: "dramatis", semanticVersion: DramatisCommand.version, rules: rules)
    runs = [
      Run(
        tool: Tool(driver: driver),
        automationDetails: AutomationDetails(id: report.command.replacing(" ", with: "/") + "/"),
        columnKind: "unicodeCodePoints",
        results: report.findings.map { Result($0, codes.firstIndex(of: $0.code) ?? 0) })
    ]
  }
}

extension SarifLog.Rule {
  fileprivate init(_ code: String, _ report: CheckReport) {
    let summary = DiagnosticCode(rawValue: code)?.summary ?? "A compiled program cannot be read."
    let severity = DiagnosticCode(rawValue: code)?.severity ?? .error
    self.init(
      id: code, shortDescription: .init(text: summary), help: .init(text: summary),
      defaultConfiguration: .init(level: severity.sarifLevel))
  }
}

extension SarifLog.Result {
  fileprivate init(_ finding: FileFinding, _ rule: Int) {
    let region = SarifLog.Region(
      startLine: finding.line, startColumn: finding.column, endLine: finding.endLine,
      endColumn: finding.endColumn)
    let place = SarifLog.PhysicalLocation(
      artifactLocation: .init(uri: finding.path.withoutDotSlash.uriReference), region: region)
    self.init(
      ruleId: finding.code, ruleIndex: rule, level: finding.severity.sarifLevel,
      message: .init(text: ([finding.message] + finding.help).joined(separator: "\n")),
      locations: [.init(physicalLocation: place)],
      partialFingerprints: ["dramatis/v1": finding.fingerprint])
  }
}

extension Severity {
  fileprivate var sarifLevel: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    }
  }
}

extension String {
  /// A path as a reference of RFC 3986: absolute ones begin with `file://`, all else is relative.
  fileprivate var uriReference: String {
    let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    let digits = Array("0123456789ABCDEF")
    let encoded = utf8.map { byte in
      unreserved.contains(byte)
        ? String(Unicode.Scalar(byte)) : "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }.joined()
    return hasPrefix("/") ? "file://" + encoded : encoded
  }
}
