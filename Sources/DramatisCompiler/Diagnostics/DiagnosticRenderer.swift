/// Prints diagnostics with an excerpt of the source.
package struct DiagnosticRenderer {
  package let file: SourceFile

  package init(file: SourceFile) {
    self.file = file
  }

  /// Several lines, without a break at the end.
  package func text(_ diagnostic: Diagnostic) -> String {
    let gutter = String(repeating: " ", count: gutterWidth(of: diagnostic))
    var lines = [
      "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: \(diagnostic.message.oneLine)",
      "\(gutter)--> \(place(of: diagnostic))",
    ]
    if let span = diagnostic.span { lines += excerpt(span, diagnostic.label, gutter) }
    lines += diagnostic.help.map { "\(gutter) = help: \($0.oneLine)" }
    return lines.joined(separator: "\n")
  }

  private func gutterWidth(of diagnostic: Diagnostic) -> Int {
    diagnostic.span.map { "\($0.start.line)".count } ?? 2
  }

  private func place(of diagnostic: Diagnostic) -> String {
    guard let start = diagnostic.span?.start else { return file.name.oneLine }
    return "\(file.name.oneLine):\(start.line):\(start.column)"
  }

  private func excerpt(_ span: SourceSpan, _ label: String?, _ gutter: String) -> [String] {
    let excerpt = SourceExcerpt(of: span, in: file)
    let indent = String(repeating: " ", count: excerpt.indent)
    let marks = String(repeating: "^", count: excerpt.underline)
    return [
      "\(gutter) |",
      excerpt.text.isEmpty ? "\(span.start.line) |" : "\(span.start.line) | \(excerpt.text)",
      "\(gutter) | \(indent)\(marks)\(label.map { " \($0.oneLine)" } ?? "")",
    ]
  }
}
