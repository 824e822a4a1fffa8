import Dramatis

/// Finds statements that stand above themselves, so that both are read together.
enum RepeatedStatement: LintRule {
  static let code = DiagnosticCode(
    "L015", name: "repeated-statement", severity: .warning,
    summary: "A statement that stands twice on one path.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    var above: [String: Node] = [:]
    return context.program.topics.flatMap { check($0.root, below: &above, in: context) }
  }

  /// The depth of a program's trees is bounded, so the recursion is.
  private static func check(
    _ node: Int, below above: inout [String: Node], in context: LintContext
  ) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var own: [String] = []
    for statement in context.layout.branches[node].statements {
      if let first = above[statement.text] {
        found.append(diagnostic(on: statement, after: first))
      } else {
        above[statement.text] = statement
        own.append(statement.text)
      }
    }
    for gate in context.program.treeNodes[node].gates {
      for next in [gate.then, gate.else, gate.unknown].compactMap(\.self) {
        found += check(next, below: &above, in: context)
      }
    }
    for text in own { above[text] = nil }
    return found
  }

  private static func diagnostic(on statement: Node, after first: Node) -> Diagnostic {
    Diagnostic(
      code, message: "this statement is there already", at: statement.span,
      help: ["remove it here, or move the first into the branches that need it"],
      marks: [Diagnostic.Mark(first.span, "it stands here, and holds whenever the other does")])
  }
}
