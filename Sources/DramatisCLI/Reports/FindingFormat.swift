import ArgumentParser
import DramatisCompiler

/// How a command writes what it found.
enum FindingFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people, with excerpts of the source.
  case text
  /// One JSON object a line.
  case json
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// Annotations of GitHub's workflows.
  case github
  /// JUnit's XML, for CI servers.
  case junit

  /// All that goes to standard output.
  func output(of report: CheckReport) throws -> String {
    switch self {
    case .text: report.findings.map { $0.text + "\n\n" }.joined()
    case .json: try report.findings.map { try $0.jsonLine() + "\n" }.joined()
    case .sarif: try SarifLog(report).jsonReport()
    case .github: report.findings.map { GitHubAnnotation($0).text + "\n" }.joined()
    case .junit: JUnitReport(report).text
    }
  }
}

/// A finding as a workflow command of GitHub, which shows it beside the line.
private struct GitHubAnnotation {
  let text: String

  init(_ finding: FileFinding) {
    var properties = [
      ("file", finding.path), ("line", "\(finding.line)"), ("endLine", "\(finding.endLine)"),
    ]
    if finding.line == finding.endLine {
      properties += [("col", "\(finding.column)"), ("endColumn", "\(finding.endColumn)")]
    }
    properties.append(("title", finding.code))
    let list = properties.map { "\($0)=\(Self.property($1))" }.joined(separator: ",")
    let message = ([finding.message] + finding.help).joined(separator: "\n")
    text = "::\(finding.severity.rawValue) \(list)::\(Self.data(message))"
  }

  private static func data(_ text: String) -> String {
    text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A").shown
  }

  private static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}

/// What a command has checked, in the order in which it reports.
struct CheckReport: Sendable {
  /// Such as `dramatis validate`.
  let command: String
  let items: [CheckedItem]
  /// What could not be read, in sentences.
  let unread: [String]
  /// Whether warnings count as failures.
  let isStrict: Bool

  var findings: [FileFinding] { items.flatMap(\.findings) }

  /// Whether a finding makes the command fail.
  func isFailure(_ finding: FileFinding) -> Bool { finding.severity == .error || isStrict }
}
