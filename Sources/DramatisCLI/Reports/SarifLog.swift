import Dramatis
import DramatisCompiler

/// A report as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), as far as it is used here.
struct SarifLog: Encodable {
  struct Message: Encodable {
    let text: String
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
    /// What is to be said of it; nil where the result says it.
    var message: Message?
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
    /// Other places that have to do with it; nil where there are none.
    let relatedLocations: [Location]?
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
    /// Says what was left out; nil where nothing was.
    let invocations: [Invocation]?
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
    let findings = Self.kept(of: report.findings)
    let codes = Set(findings.map(\.code)).sorted()
    let driver = Driver(
      name: "dramatis", semanticVersion: Process.version, rules: codes.map(Rule.init))
    runs = [
      Run(
        tool: Tool(driver: driver),
        automationDetails: AutomationDetails(id: report.command.replacing(" ", with: "/") + "/"),
        columnKind: "unicodeCodePoints",
        results: findings.map { Result($0, rule: codes.firstIndex(of: $0.code) ?? 0) },
        invocations: Invocation(
          leftOut: report.findings.count - findings.count, unread: report.unread
        ).map { [$0] })
    ]
  }
}

extension SarifLog.Result {
  fileprivate init(_ finding: FileFinding, rule: Int) {
    let region = SarifLog.Region(
      startLine: finding.line, startColumn: finding.column, endLine: finding.endLine,
      endColumn: finding.endColumn)
    let place = SarifLog.PhysicalLocation(
      artifactLocation: .init(uri: finding.path.withoutDotSlash.uriReference), region: region)
    self.init(
      ruleId: finding.code, ruleIndex: rule, level: finding.severity.sarifLevel,
      message: .init(text: ([finding.message] + finding.help).joined(separator: "\n")),
      locations: [.init(physicalLocation: place)],
      relatedLocations: finding.related.isEmpty
        ? nil
        : finding.related.map { other in
          SarifLog.Location(
            physicalLocation: .init(
              artifactLocation: place.artifactLocation,
              region: .init(
                startLine: other.line, startColumn: other.column, endLine: other.endLine,
                endColumn: other.endColumn)),
            message: .init(text: other.label))
        },
      partialFingerprints: ["dramatis/v2": finding.fingerprint])
  }
}

extension Severity {
  var sarifLevel: String {
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

extension SarifLog {
  /// A kind of finding, with the page that `dramatis explain` prints.
  struct Rule: Encodable {
    struct Configuration: Encodable {
      let level: String
    }

    struct Help: Encodable {
      let text, markdown: String
    }

    let id: String
    let shortDescription, fullDescription: Message
    let help: Help
    let defaultConfiguration: Configuration
  }
}

extension SarifLog.Rule {
  /// What is known of a code; one that is no diagnostic's is that of a compiled program.
  init(_ id: String) {
    let code = DiagnosticCode(rawValue: id)
    let summary = code?.summary ?? "A compiled program cannot be read."
    let page = code?.page ?? summary
    self.init(
      id: id, shortDescription: .init(text: summary),
      fullDescription: .init(text: page.firstParagraph ?? summary),
      help: Help(text: page, markdown: page),
      defaultConfiguration: .init(level: (code?.severity ?? .error).sarifLevel))
  }
}

extension String {
  /// The first lines of a page that are neither blank nor a heading, as one line.
  fileprivate var firstParagraph: String? {
    let lines = split(separator: "\n", omittingEmptySubsequences: false)
    let paragraph = lines.drop { $0.isEmpty || $0.hasPrefix("#") }.prefix { !$0.isEmpty }
    return paragraph.isEmpty ? nil : paragraph.joined(separator: " ")
  }
}

extension SarifLog {
  /// How a run went, as far as it has to be told.
  struct Invocation: Encodable {
    struct Notification: Encodable {
      let level: String
      let message: Message
    }

    let executionSuccessful: Bool
    let toolExecutionNotifications: [Notification]
  }

  /// Code scanning shows no more results of a run.
  private static let mostResults = 5_000

  /// All findings, or as many as may be reported, of which warnings are the first to go.
  static func kept(of findings: [FileFinding]) -> [FileFinding] {
    guard findings.count > mostResults else { return findings }
    let errors = findings.filter { $0.severity == .error }
    return Array((errors + findings.filter { $0.severity != .error }).prefix(mostResults))
  }
}

extension SarifLog.Invocation {
  /// Says how many results are missing, and what could not be read; nil where nothing is missing.
  init?(leftOut count: Int, unread: [String]) {
    guard count > 0 || !unread.isEmpty else { return nil }
    let message = "\(count.of("more result")) left out; another format lists all of them"
    let leftOut = count > 0 ? [Notification(level: "warning", message: .init(text: message))] : []
    self.init(
      executionSuccessful: unread.isEmpty,
      toolExecutionNotifications: leftOut
        + unread.map { Notification(level: "error", message: .init(text: $0.oneLine)) })
  }
}
