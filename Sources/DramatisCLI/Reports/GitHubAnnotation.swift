import DramatisCompiler

/// A finding as a workflow command of GitHub, which shows it beside the line.
struct GitHubAnnotation {
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
