import Dramatis

/// Finds questions that ask the same in words that differ at most in case, spaces and marks at the end.
enum RepeatedQuestion: LintRule {
  static let code = DiagnosticCode(
    "L011", name: "repeated-question", severity: .warning, summary: "Two questions that ask the same.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    var first: [String: Int] = [:]
    var found: [Diagnostic] = []
    let nodes = nodes(context)
    for (index, question) in context.program.questions.enumerated().dropFirst(context.firstQuestion) {
      let text = FoldedName(question.text).text.withoutFinalMarks
      guard let known = first[text] else {
        first[text] = index
        continue
      }
      guard let node = nodes[index] else { continue }
      found.append(diagnostic(context.program.questions[known], at: node))
    }
    return found
  }

  private static func diagnostic(_ first: Question, at node: Node) -> Diagnostic {
    Diagnostic(
      code, message: "this asks what another question asks", at: node.span,
      label: first.name.map { "'\($0)' asks the same" } ?? "ask(\"…\") asks the same elsewhere",
      help: [
        first.name.map { "use '\($0)' in both places, so that it is asked once" }
          ?? "write both in the same words, so that it is asked once"
      ])
  }

  /// Where each question is written: its text, or the first condition that asks it.
  private static func nodes(_ context: LintContext) -> [Int: Node] {
    var nodes: [Int: Node] = [:]
    for (index, entry) in context.layout.questions.enumerated() {
      nodes[context.firstQuestion + index] = entry.value[\QuestionKeys.ask]
    }
    for place in context.places {
      for question in place.condition.questions where nodes[question] == nil { nodes[question] = place.node }
    }
    return nodes
  }
}

extension String {
  fileprivate var withoutFinalMarks: String {
    var text = self[...]
    while let last = text.last, last.isPunctuation || last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
