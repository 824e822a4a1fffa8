import DramatisCompiler

/// A report in JUnit's XML: a suite for each file, a case for each scenario or for the whole file.
struct JUnitReport {
  let text: String

  init(_ report: CheckReport) {
    var suites: [(path: String, items: [CheckedItem])] = []
    for item in report.items {
      if suites.last?.path == item.path {
        suites[suites.count - 1].items.append(item)
      } else {
        suites.append((item.path, [item]))
      }
    }
    var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
    lines.append(
      "<testsuites name=\"\(report.command.xmlQuoted)\"\(Self.counts(of: report.items, in: report, report.unread))>"
    )
    for (path, items) in suites {
      lines.append("  <testsuite name=\"\(path.xmlQuoted)\"\(Self.counts(of: items, in: report))>")
      for item in items { lines += Self.lines(of: item, in: report) }
      lines.append("  </testsuite>")
    }
    lines += Self.suite(ofUnread: report.unread, in: report)
    lines.append("</testsuites>")
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func counts(of items: [CheckedItem], in report: CheckReport, _ unread: [String] = [])
    -> String
  {
    let failures = items.count { $0.findings.contains(where: report.isFailure) }
    return " tests=\"\(items.count + unread.count)\" failures=\"\(failures)\" errors=\"\(unread.count)\""
  }

  /// A case for each file that could not be read.
  private static func suite(ofUnread unread: [String], in report: CheckReport) -> [String] {
    guard !unread.isEmpty else { return [] }
    let cases = unread.flatMap { sentence in
      [
        "    <testcase classname=\"unread\" name=\"\(sentence.xmlQuoted)\">",
        "      <error type=\"unread\" message=\"\(sentence.xmlQuoted)\"/>", "    </testcase>",
      ]
    }
    let head = "  <testsuite name=\"unread\"\(counts(of: [], in: report, unread))>"
    return [head] + cases + ["  </testsuite>"]
  }

  private static func lines(of item: CheckedItem, in report: CheckReport) -> [String] {
    let name = item.scenario ?? item.path
    let head = "    <testcase classname=\"\(item.path.xmlQuoted)\" name=\"\(name.xmlQuoted)\""
    guard !item.findings.isEmpty else { return [head + "/>"] }
    let failures = item.findings.filter(report.isFailure)
    let notes = item.findings.filter { !report.isFailure($0) }
    return [head + ">"] + failure(failures) + output(notes) + ["    </testcase>"]
  }

  /// One element for all, since many readers show no more than the first.
  private static func failure(_ findings: [FileFinding]) -> [String] {
    guard let first = findings.first else { return [] }
    return [
      "      <failure type=\"\(first.code.xmlQuoted)\" message=\"\(first.message.xmlQuoted)\">"
        + findings.map(\.text).joined(separator: "\n\n").xmlEscaped + "</failure>"
    ]
  }

  private static func output(_ findings: [FileFinding]) -> [String] {
    guard !findings.isEmpty else { return [] }
    return ["      <system-out>\(findings.map(\.text).joined(separator: "\n\n").xmlEscaped)</system-out>"]
  }
}

extension String {
  /// The text between tags, without what XML forbids and without control sequences.
  var xmlEscaped: String {
    let allowed = shown.unicodeScalars.filter { $0.value < 0xFFFE || $0.value & 0xFFFE != 0xFFFE }
    return String(String.UnicodeScalarView(allowed))
      .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// The text on one line in double quotes.
  var xmlQuoted: String { oneLine.xmlEscaped.replacing("\"", with: "&quot;") }
}
