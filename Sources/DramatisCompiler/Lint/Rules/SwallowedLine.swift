import Dramatis

/// Finds lines that were meant as elements or keys of their own and became part of the text above them.
///
/// A text goes on in the next line until its quote is closed, or as long as nothing in it reads as an element or a key:
/// `-word` and `key:value` have no blank and are neither.
enum SwallowedLine: LintRule {
  static let code = DiagnosticCode(
    "L047", name: "swallowed-line", severity: .warning,
    summary: "A text holds a line that looks like an element or a key.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    WrittenText.forEach(
      in: context.layout.root,
      text: { text in
        if let diagnostic = diagnostic(text.scalar, in: context.file) { found.append(diagnostic) }
      })
    return found
  }

  private static func diagnostic(_ scalar: Scalar, in file: SourceFile) -> Diagnostic? {
    let lines = scalar.span.start.line...max(scalar.span.start.line, scalar.span.end.line)
    guard lines.count > 1, ![.literal, .folded].contains(scalar.style) else { return nil }
    for number in scalar.style == .plain ? lines : (lines.lowerBound + 1)...lines.upperBound {
      let line = SourceLine(number, of: file)
      if scalar.style == .plain, let place = line.tightDash ?? line.tightColon,
        scalar.span.start.offset..<scalar.span.end.offset ~= place
      {
        let sign = String(decoding: file.bytes[place..<place + 1], as: UTF8.self)
        return told(
          "this line is part of a text", at: place..<place + 1, in: scalar,
          label: "no blank stands behind the '\(sign)'",
          help: "write a blank behind it, or put the text in quotes", of: file)
      }
      if scalar.style != .plain, line.isStructure, !line.isEmpty {
        return told(
          "this line is part of the text in quotes above it", at: line.content..<line.content + 1, in: scalar,
          label: nil,
          help: "close the quote where its text ends", of: file)
      }
    }
    return nil
  }

  private static func told(
    _ message: String, at range: Range<Int>, in scalar: Scalar, label: String?, help: String,
    of file: SourceFile
  ) -> Diagnostic {
    let start = scalar.span.start.offset
    return Diagnostic(
      code, message: message, at: file.span(range), label: label, help: [help],
      marks: file.position(at: range.lowerBound).line == scalar.span.start.line
        ? [] : [Diagnostic.Mark(file.span(start..<start + 1), "the text begins here")])
  }
}
