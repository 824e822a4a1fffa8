import Dramatis

/// Finds cues in one text with commas, where a list of them was meant.
enum CuesInOneText: LintRule {
  static let code = DiagnosticCode(
    "L043", name: "cues-in-one-text", severity: .warning, summary: "Several cues are one text.")
  static let looksAtStories = true
  private static let separators: Set<Character> = [",", ";", "、", "，", "\n"]

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.layout.cued.flatMap { [$0.value.cues, $0.value.counterCues] }.compactMap { node in
      node.flatMap { diagnostic($0) }
    }
  }

  private static func diagnostic(_ node: Node) -> Diagnostic? {
    guard let scalar = node.scalar, !node.isNull else { return nil }
    let parts = scalar.text.split(whereSeparator: separators.contains).map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty }
    guard parts.count > 1 else { return nil }
    let isOneLine = node.span.start.line == node.span.end.line
    return Diagnostic(
      code, message: "this is one cue and not \(parts.count)", at: node.span,
      label: "it is found only where all of it is said",
      help: ["write a list, one cue a line with a dash before it"],
      edit: isOneLine
        ? TextEdit(replacing: node, with: YAMLValue.flowList(parts.map { .quoted($0) }).text) : nil)
  }
}
