import Dramatis

/// Finds cues that stand at two questions, so that one word answers both.
enum SharedCue: LintRule {
  static let code = DiagnosticCode.sharedCue

  static func check(_ context: LintContext) -> [Diagnostic] {
    var first: [Phrase: (question: Int, node: Node)] = [:]
    var found: [Diagnostic] = []
    for (index, entry) in context.layout.questions.enumerated() {
      for node in entry.value["cues"]?.elements ?? [] {
        guard let phrase = try? Phrase(parsing: node.text) else { continue }
        guard let known = first[phrase] else {
          first[phrase] = (index, node)
          continue
        }
        guard known.question != index else { continue }
        let other = context.layout.questions[known.question].key
        found.append(
          Diagnostic(
            code, "two questions share this cue", at: node.span,
            label: "'\(other.text)' has it at line \(known.node.span.start.line)",
            help: ["keep it where it answers the question, or make it longer"]))
      }
    }
    return found
  }
}
