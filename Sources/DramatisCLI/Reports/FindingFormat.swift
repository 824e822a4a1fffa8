import ArgumentParser

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
