import Dramatis

extension ProfileReader: NodeReading {
  /// How many mistakes get a suggestion.
  private static let suggestedMistakes = 100

  /// Whether there are as many mistakes as a reader could want to see, so that looking for more is in vain.
  var isFull: Bool { diagnostics.count >= limits.reading.diagnostics }

  /// Keeps no more than a reader could want to see.
  mutating func report(_ diagnostic: Diagnostic) {
    guard !isFull else { return }
    resolver.names.suggests = diagnostics.count < Self.suggestedMistakes
    diagnostics.append(diagnostic)
  }

  /// A condition, with its mistakes placed in the file.
  mutating func condition(_ node: Node) -> Condition? {
    guard !isFull, text(node, "a condition") != nil, let scalar = node.scalar else { return nil }
    do {
      return try resolver.condition(scalar.text)
    } catch {
      report(error, in: scalar)
      return nil
    }
  }

  mutating func report(_ problem: ConditionProblem, in scalar: Scalar) {
    if problem.code != .conditionSyntax, resolver.names.usesRefused(in: scalar.text) { return }
    report(
      problem.code, message: problem.message, at: file.span(of: problem.range, in: scalar),
      label: problem.label,
      help: problem.help)
  }
}
