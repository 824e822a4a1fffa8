import Dramatis

/// Finds cues that begin or end with a mark that nobody says, without which they are not found: that of a sentence, quotation
/// marks, brackets.
///
/// A mark alone is a cue, and so are `c++`, `#thanks` and `:)`.
enum PunctuatedCue: LintRule {
  static let code = DiagnosticCode(
    "L045", name: "punctuated-cue", severity: .warning,
    summary: "A cue begins or ends with the mark of a sentence, a quotation mark or a bracket.")
  static let looksAtStories = true
  private static let marks: Set<Character> = [".", "!", "?", ",", ";", ":", "。", "！", "？", "，", "…"]
  private static let pairs: [Character: Character] = [
    "(": ")", "[": "]", "<": ">", "（": "）", "「": "」", "『": "』", "“": "”", "„": "“", "«": "»", "»": "«",
    "‹": "›",
    "‘": "’", "'": "'", "\"": "\"", "”": "”", "_": "_", "~": "~", "`": "`",
  ]
  private static let inverted: Set<Character> = ["¡", "¿"]
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
    let words = withoutMarks(text[...])
    guard words.endIndex < text.endIndex || words.startIndex > text.startIndex,
      words.contains(where: { $0.isLetter || $0.isNumber })
    else { return nil }
    let (head, tail) = (text[..<words.startIndex], text[words.endIndex...])
    let marks = (head + tail).filter { !$0.isWhitespace }
    guard !marks.isEmpty, !isAbbreviation(words, before: tail) else { return nil }
    let range = head.isEmpty ? words.utf8.count..<text.utf8.count : 0..<text.utf8.count
    let span = file.span(of: range, in: scalar)
    let isAsWritten =
      file.source(span.start.offset..<span.end.offset) == (head.isEmpty ? String(tail) : text)
    let isPlain = scalar.style == .plain && words.allSatisfy { $0.isLetter || $0 == " " }
    let edit =
      head.isEmpty
      ? TextEdit(removing: span.start.offset..<span.end.offset)
      : TextEdit(replacing: node, with: isPlain ? String(words) : YAMLValue.quoted(String(words)).text)
    return Diagnostic(
      code, message: "this cue is found only with its '\(marks)'", at: span,
      help: ["leave it out: '\(words)'"], edit: isAsWritten || !head.isEmpty ? edit : nil)
  }

  /// What stands between the marks of a sentence, quotation marks and brackets that hold all of it.
  private static func withoutMarks(_ text: Substring) -> Substring {
    var words = text
    while true {
      let before = words
      let tail = words.reversed().prefix { marks.contains($0) || $0.isWhitespace }
      if words.dropLast(tail.count).last.map({ $0.isLetter || $0.isNumber || isClosing($0) }) == true {
        words = words.dropLast(tail.count)
      }
      if let first = words.first, inverted.contains(first) { words = words.dropFirst() }
      if let first = words.first, let last = words.last, words.count > 2, pairs[first] == last {
        let inner = words.dropFirst().dropLast()
        if !inner.contains(first), !inner.contains(last) { words = inner }
      }
      if words.count == before.count { return words }
    }
  }

  private static func isClosing(_ character: Character) -> Bool { pairs.values.contains(character) }

  /// `p.m.` and `Mr.` end with a point that belongs to them.
  private static func isAbbreviation(_ words: Substring, before tail: Substring) -> Bool {
    guard tail == ".", let last = words.split(separator: " ").last else { return false }
    return last.contains(".") || last.count == 1 || abbreviations.contains(last.lowercased())
  }
}
