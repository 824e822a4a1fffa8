import Dramatis

/// Finds cues that end with the mark of a sentence, without which they are not found.
///
/// A mark alone is a cue, and so is `c++`.
enum PunctuatedCue: LintRule {
  static let code = DiagnosticCode(
    "L045", name: "punctuated-cue", severity: .warning, summary: "A cue ends with the mark of a sentence.")
  static let looksAtStories = true
  private static let marks: Set<Character> = [".", "!", "?", ",", ";", ":", "。", "！", "？", "，"]
  private static let abbreviations: Set<String> = [
    "mr", "mrs", "ms", "dr", "etc", "vs", "prof", "jr", "sr",
  ]

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.layout.cued.flatMap { [$0.value.cues, $0.value.counterCues] }.flatMap { $0?.writtenCues ?? [] }
      .compactMap { diagnostic(on: $0, in: context.file) }
  }

  private static func diagnostic(on node: Node, in file: SourceFile) -> Diagnostic? {
    guard let scalar = node.scalar else { return nil }
    let text = scalar.text
    let tail = String(text.reversed().prefix { marks.contains($0) || $0.isWhitespace }.reversed())
    let words = text.dropLast(tail.count)
    guard !tail.allSatisfy(\.isWhitespace), words.last?.isLetter == true || words.last?.isNumber == true,
      !tail.contains("..."), !isAbbreviation(words, before: tail)
    else { return nil }
    let length = words.utf8.count
    let span = file.span(of: length..<text.utf8.count, in: scalar)
    let isAsWritten = file.source(span.start.offset..<span.end.offset) == tail
    return Diagnostic(
      code, message: "this cue is found only with its '\(tail.filter { !$0.isWhitespace })'", at: span,
      help: ["leave it out: '\(words)'"],
      edit: isAsWritten ? TextEdit(removing: span.start.offset..<span.end.offset) : nil)
  }

  /// `p.m.` and `Mr.` end with a point that belongs to them.
  private static func isAbbreviation(_ words: Substring, before tail: String) -> Bool {
    guard tail == ".", let last = words.split(separator: " ").last else { return false }
    return last.contains(".") || last.count == 1 || abbreviations.contains(last.lowercased())
  }
}
