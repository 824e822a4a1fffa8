import Dramatis

/// Finds sentences that commas in brackets split into several texts.
///
/// What was split shows in its parts: those before the last have no mark at their end, the last has one, and one behind a
/// comma goes on without a capital.
enum SplitText: LintRule {
  static let code = DiagnosticCode(
    "L040", name: "split-text", severity: .warning, summary: "A comma in brackets splits a text.")
  static let looksAtStories = true
  private static let ends: Set<Character> = [
    ".", "!", "?", "…", "\"", "”", "»", "'", "’", ")", "。", "！", "？", ":", ";",
  ]

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    WrittenText.forEach(in: context.layout.root, text: { _ in }) { list, nodes, role in
      guard role == .prose || role == .spoken, nodes.count > 1, list.isInBrackets(of: context.file) else {
        return
      }
      found += check(nodes, isSpoken: role == .spoken, in: context.file)
    }
    return found
  }

  private static func check(_ nodes: [Node], isSpoken: Bool, in file: SourceFile) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var parts: [Node] = []
    for node in nodes {
      guard node.scalar?.style == .plain, !node.isNull, let last = node.text.last else {
        parts = []
        continue
      }
      parts.append(node)
      guard ends.contains(last) else { continue }
      if parts.count > 1, let diagnostic = diagnostic(parts, isSpoken: isSpoken, in: file) {
        found.append(diagnostic)
      }
      parts = []
    }
    return found
  }

  private static func diagnostic(_ parts: [Node], isSpoken: Bool, in file: SourceFile) -> Diagnostic? {
    guard let first = parts.first, let last = parts.last,
      isSpoken || parts.dropFirst().contains(where: { $0.text.first?.isLowercase == true })
    else { return nil }
    let range = first.range.lowerBound..<last.range.upperBound
    return Diagnostic(
      code, message: "the commas make \(parts.count) texts of this", at: file.span(range),
      label: "each is used for itself", help: ["put it in quotes, or write the list with dashes"],
      edit: file.quoting(range))
  }
}
