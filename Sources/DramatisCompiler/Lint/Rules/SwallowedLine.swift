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
    check(context.layout.root, of: context.file)
  }

  /// The same of any document.
  static func check(_ root: Node, of file: SourceFile) -> [Diagnostic] {
    var found: [Diagnostic] = []
    WrittenText.forEach(
      in: root,
      text: { text in
        if let diagnostic = diagnostic(text.scalar, in: file) { found.append(diagnostic) }
      })
    return found
  }

  private static func diagnostic(_ scalar: Scalar, in file: SourceFile) -> Diagnostic? {
    let lines = scalar.span.start.line...max(scalar.span.start.line, scalar.span.end.line)
    guard lines.count > 1 else { return nil }
    if [.literal, .folded].contains(scalar.style) { return blockLine(of: lines, in: scalar, of: file) }
    if scalar.style == .plain, let bullets = bullets(in: lines, of: file) {
      return told(
        "these lines are one text", at: bullets, in: scalar, label: "this begins no element of a list",
        help: "begin every element with '- '", of: file)
    }
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

  /// A line in a block of text that reads as a key of a profile, with what it is to say behind it.
  private static func blockLine(
    of lines: ClosedRange<Int>, in scalar: Scalar, of file: SourceFile
  ) -> Diagnostic? {
    for number in lines.dropFirst() {
      let line = SourceLine(number, of: file)
      guard !line.isEmpty, !line.hasDash, let colon = line.colon, colon < scalar.span.end.offset,
        keys.contains(String(decoding: file.bytes[line.content..<colon], as: UTF8.self))
      else { continue }
      return told(
        "this line is part of the block of text above it", at: line.content..<colon, in: scalar,
        label: "it is as deep as the text", help: "indent it like the key above the text", of: file)
    }
    return nil
  }

  private static let keys = Set(
    ProfileKeys.mapping.names + StoryKeys.mapping.names + [
      "say", "when", "then", "ask", "cues", "states", "transitions",
    ]
  )

  /// The first sign where every line begins with one that other programs begin the elements of a list with.
  private static func bullets(in lines: ClosedRange<Int>, of file: SourceFile) -> Range<Int>? {
    let signs = lines.map { SourceLine($0, of: file) }.filter { !$0.isEmpty }.map(\.bullet)
    return signs.contains { $0 == nil } ? nil : signs.first ?? nil
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
