import Dramatis

/// Finds topics with a partner who can never be one: the character.
enum InactiveTopic: LintRule {
  static let code = DiagnosticCode(
    "L016", name: "inactive-topic", severity: .warning, summary: "A topic that can never be active.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    zip(context.program.topics, context.layout.topics).compactMap { topic, entry in
      guard let partner = topic.partner, context.program.isCalled(partner) else { return nil }
      return Diagnostic(
        code, message: "the topic '\(topic.name)' can never be active",
        at: entry.value[\TopicKeys.with]?.span ?? entry.key.span,
        label: "this is the character, who is nobody's partner",
        help: ["name somebody else, or leave 'with' out"])
    }
  }
}
