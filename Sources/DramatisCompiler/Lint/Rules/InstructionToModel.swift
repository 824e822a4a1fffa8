import Dramatis

/// Finds texts that tell a language model to forget what it was told, where they would reach its prompt.
///
/// Cues are never part of a prompt, and looking for such words in what players say is a good use of them. Where a commitment
/// was found is for people.
enum InstructionToModel: LintRule {
  static let code = DiagnosticCode.instructionToModel
  private static let exempt = ["cues", "counter-cues", "source"]

  static func check(_ context: LintContext) -> [Diagnostic] {
    var found: [Diagnostic] = []
    forEachText(in: context.layout.root) { scalar in
      if let range = InstructionScan(scalar.text).first() {
        found.append(diagnostic(context.file.span(of: range, in: scalar)))
      }
    }
    return found
  }

  private static func diagnostic(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code, message: "this text tells the model what to do with its instructions", at: span,
      label: "it would reach the prompt", help: ["say what the character does, or remove it"])
  }

  /// Calls for the texts of a document but for exempt keys, no deeper than a document nests.
  private static func forEachText(in node: Node, _ body: (Scalar) -> Void) {
    switch node.content {
    case .scalar(let scalar): body(scalar)
    case .sequence(let nodes): for node in nodes { forEachText(in: node, body) }
    case .mapping(let entries):
      for entry in entries where !exempt.contains(entry.key.text) { forEachText(in: entry.value, body) }
    }
  }
}
