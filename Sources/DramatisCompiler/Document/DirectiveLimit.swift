/// libyaml compares every directive with all before it, so their number is bounded first.
struct DirectiveLimit {
  private let limit: Int

  init(_ limit: Int) {
    self.limit = limit
  }

  func mistake(in file: SourceFile) -> Diagnostic? {
    let starts = file.lineStarts.lazy.filter { $0 < file.bytes.count && file.bytes[$0] == UInt8(ascii: "%") }
    guard let first = starts.dropFirst(limit).first else { return nil }
    return Diagnostic(
      .yamlSyntax, message: "more than \(limit) lines begin with '%'", at: file.span(first..<first + 1),
      help: ["a profile needs no YAML directives", "put quotes around text that begins with '%'"])
  }
}
