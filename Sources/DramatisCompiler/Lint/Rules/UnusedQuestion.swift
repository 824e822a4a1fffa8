import Dramatis

/// Finds named questions that no condition asks.
enum UnusedQuestion: LintRule {
  static let code = DiagnosticCode(
    "L010", name: "unused-question", severity: .warning, summary: "A question that no condition asks.")
  static let looksAtStories = true
  static let looksForUse = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    let used = Set(context.users.flatMap(\.namesOfAskedQuestions))
    let unused = context.layout.questions.indices.filter {
      !used.contains(context.layout.questions[$0].key.text)
    }
    guard !unused.isEmpty else { return [] }
    let elsewhere = wordsOfLeftOutConditions(context)
    return unused.filter { !elsewhere.contains(context.layout.questions[$0].key.text) }.map { index in
      let key = context.layout.questions[index].key
      return Diagnostic(
        code, message: "no condition asks the question '\(key.text)'", at: key.span,
        help: ["use it in a condition, or remove it"])
    }
  }

  /// The words of conditions that are no part of the program: those of gates that lead nowhere, and of properties.
  private static func wordsOfLeftOutConditions(_ context: LintContext) -> Set<String> {
    let gates = context.layout.emptyGates.flatMap { $0.gate.texts(below: GateKeys.keys.when.name) }
    let properties =
      context.layout.root[\ProfileKeys.properties]?.elements.flatMap(\.entries).map(\.value.text) ?? []
    let tokens = (gates + properties).flatMap { (try? ConditionLexer.tokens(of: $0)) ?? [] }
    return Set(tokens.compactMap { if case .name(let name) = $0.kind { name } else { nil } })
  }
}

extension Program {
  fileprivate var namesOfAskedQuestions: [String] {
    Set(conditions.flatMap(\.questions) + rememberedQuestions).compactMap { questions[$0].name }
  }
}

extension Node {
  /// The texts of a key in a mapping and in all that lies in it, no deeper than a document nests.
  fileprivate func texts(below key: String) -> [String] {
    switch content {
    case .scalar: []
    case .sequence(let nodes): nodes.flatMap { $0.texts(below: key) }
    case .mapping(let entries):
      entries.flatMap { $0.key.text == key ? [$0.value.text] : $0.value.texts(below: key) }
    }
  }
}
