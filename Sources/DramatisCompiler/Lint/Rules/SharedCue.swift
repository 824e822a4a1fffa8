import Dramatis

/// Finds cues that stand at two questions, so that one word answers both.
///
/// Those of commitments are about the character's lines and not about events, so that they are compared with each other only.
enum SharedCue: LintRule {
  static let code = DiagnosticCode(
    "L013", name: "shared-cue", severity: .warning, summary: "A cue that two questions share.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    check(context.layout.questions, message: "two questions share this cue")
      + check(context.layout.beats, message: "two parts of commitments share this cue")
  }

  private static func check(_ entries: [MappingEntry], message: String) -> [Diagnostic] {
    var first: [Phrase: (entry: Int, node: Node)] = [:]
    var found: [Diagnostic] = []
    for (index, entry) in entries.enumerated() {
      for node in entry.value.cues?.elements ?? [] {
        if case .cut = CueElement(node.text) { continue }
        guard let phrase = try? Phrase(parsing: node.text) else { continue }
        guard let known = first[phrase] else {
          first[phrase] = (index, node)
          continue
        }
        guard known.entry != index else { continue }
        let other = entries[known.entry].key
        found.append(
          Diagnostic(
            code, message: message, at: node.span,
            help: ["keep it where it belongs, or make it longer"],
            marks: [Diagnostic.Mark(known.node.span, "'\(other.text)' has it")]))
      }
    }
    return found
  }
}
