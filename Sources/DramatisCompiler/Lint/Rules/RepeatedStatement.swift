import Dramatis

/// Finds statements that stand above themselves, so that both are read together.
enum RepeatedStatement: LintRule {
  static let code = DiagnosticCode.repeatedStatement

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.topics.flatMap { check($0.root, above: [:], context) }
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private static func check(
    _ node: Int, above: [String: Node], _ context: LintContext
  ) -> [Diagnostic] {
    var above = above
    var found: [Diagnostic] = []
    for statement in context.layout.branches[node].statements {
      if let first = above[statement.text] {
        found.append(diagnostic(statement, first))
      } else {
        above[statement.text] = statement
      }
    }
    for gate in context.program.treeNodes[node].gates {
      for next in [gate.then, gate.else, gate.unknown].compactMap(\.self) {
        found += check(next, above: above, context)
      }
    }
    return found
  }

  private static func diagnostic(_ statement: Node, _ first: Node) -> Diagnostic {
    Diagnostic(
      code, "this statement is there already", at: statement.span,
      label: "it stands at line \(first.span.start.line), and holds whenever this one does",
      help: ["remove it here, or move the first into the branches that need it"])
  }
}
