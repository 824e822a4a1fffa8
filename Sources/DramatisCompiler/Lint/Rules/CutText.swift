import Dramatis

/// Finds texts that end at a number sign, since YAML takes it and the rest of the line for a comment.
///
/// A comment is set off by two blanks, or by one behind its number sign.
enum CutText: LintRule {
  static let code = DiagnosticCode(
    "L041", name: "cut-text", severity: .warning, summary: "A number sign cuts a text.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    check(context.layout.root, of: context.file)
  }

  /// The same of any document.
  static func check(_ root: Node, of file: SourceFile) -> [Diagnostic] {
    var found: [Diagnostic] = []
    WrittenText.forEach(
      in: root,
      text: { text in
        if let diagnostic = diagnostic(text, in: file) { found.append(diagnostic) }
      })
    return found
  }

  private static func diagnostic(_ text: WrittenText, in file: SourceFile) -> Diagnostic? {
    guard text.role != .other, text.role != .condition, text.scalar.style == .plain, !text.scalar.text.isEmpty
    else { return nil }
    let end = text.scalar.span.end.offset
    let line = file.lineRange(text.scalar.span.end.line)
    let rest = file.bytes[end..<line.upperBound]
    guard rest.starts(with: " #".utf8), let next = rest.dropFirst(2).first,
      ![0x20, 0x09, UInt8(ascii: "#"), UInt8(ascii: "!")].contains(next)
    else { return nil }
    // A comment that is set off may follow.
    let comments = ["  #", " # "].compactMap { rest.dropFirst(2).firstRange(of: $0.utf8)?.lowerBound }
    let cut = rest[..<(comments.min() ?? rest.endIndex)]
    let last = cut.lastIndex { $0 != 0x20 && $0 != 0x09 } ?? end
    return Diagnostic(
      code, message: "the text ends before this '#'", at: file.span(end + 1..<last + 1),
      label: "a comment, as a blank stands before it",
      help: ["put the text in quotes; before a comment write two blanks, or a blank behind its '#'"],
      edit: file.quoting(text.scalar.span.start.offset..<last + 1))
  }
}
