import Dramatis

/// Finds cues in one text with commas, where a list of them was meant.
enum CuesInOneText: LintRule {
  static let code = DiagnosticCode(
    "L043", name: "cues-in-one-text", severity: .warning, summary: "Several cues are one text.")
  static let looksAtStories = true
  private static let separators: Set<Character> = [",", ";", "、", "，", "\n"]

  static func check(_ context: LintContext) -> [Diagnostic] {
    let lists = context.layout.cued.flatMap { [$0.value.cues, $0.value.counterCues] }
    let aliases = context.layout.root[\ProfileKeys.aliases].flatMap { diagnostic($0, called: "alias") }
    return [aliases].compactMap(\.self)
      + lists.flatMap { node -> [Diagnostic] in
        guard let node else { return [] }
        if node.scalar != nil { return [diagnostic(node, called: "cue")].compactMap(\.self) }
        return node.elements.compactMap { element(in: $0, of: node, in: context.file) }
      }
  }

  /// An element of a list that is a list by itself: what is said has no semicolons, and not three words with commas.
  private static func element(in node: Node, of list: Node, in file: SourceFile) -> Diagnostic? {
    let parts = parts(of: node.text)
    let isList = parts.count > 2 || node.text.contains(where: { $0 == ";" || $0 == "\n" })
    guard isList, Set(parts.map { $0.lowercased() }).count == parts.count,
      parts.allSatisfy({ $0.split(separator: " ").count < 4 })
    else { return nil }
    let cues = parts.map { YAMLValue.quoted($0).text }
    let isOneLine = node.span.start.line == node.span.end.line
    let edit =
      list.isInBrackets(of: file)
      ? TextEdit(replacing: node, with: cues.joined(separator: ", ")) : nil
    return told(parts.count, of: "cue", at: node, edit: isOneLine ? edit : nil)
  }

  private static func parts(of text: String) -> [String] {
    text.split(whereSeparator: separators.contains).map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }.filter { !$0.isEmpty }
  }

  private static func diagnostic(_ node: Node, called what: String) -> Diagnostic? {
    guard let scalar = node.scalar, !node.isNull else { return nil }
    let parts = parts(of: scalar.text)
    guard parts.count > 1 else { return nil }
    let isOneLine = node.span.start.line == node.span.end.line
    return told(
      parts.count, of: what, at: node,
      edit: isOneLine
        ? TextEdit(replacing: node, with: YAMLValue.flowList(parts.map { .quoted($0) }).text) : nil)
  }

  private static func told(_ count: Int, of what: String, at node: Node, edit: TextEdit?) -> Diagnostic {
    Diagnostic(
      code, message: "this is one \(what) and not \(count)", at: node.span,
      label: "it is found only where all of it is said",
      help: ["write a list, one \(what) a line with a dash before it"], edit: edit)
  }
}
