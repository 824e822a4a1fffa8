import Dramatis

/// Finds texts that tell a language model to forget what it was told, where they would reach its prompt.
///
/// Cues are never part of a prompt, and looking for such words in what players say is a good use of them. Where a commitment
/// was found is for people.
enum InstructionToModel: LintRule {
  static let code = DiagnosticCode.instructionToModel
  private static let exempt: Set<String> = ["cues", "counter-cues", "source"]

  static func check(_ context: LintContext) -> [Diagnostic] {
    scalars(in: context.layout.root).compactMap { scalar in
      var scan = InstructionScan(scalar.text)
      guard let range = scan.first() else { return nil }
      return Diagnostic(
        code, "this text tells the model what to do with its instructions",
        at: context.file.span(of: range, in: scalar),
        label: "it would reach the prompt",
        help: ["say what the character does, or remove it"])
    }
  }

  /// The texts of a document but for exempt keys, no deeper than a document nests.
  private static func scalars(in node: Node) -> [Scalar] {
    switch node.content {
    case .scalar(let scalar): [scalar]
    case .sequence(let nodes): nodes.flatMap(scalars)
    case .mapping(let entries):
      entries.filter { !exempt.contains($0.key.text) }.flatMap { scalars(in: $0.value) }
    }
  }
}
