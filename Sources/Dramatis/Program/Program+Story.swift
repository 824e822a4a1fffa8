extension Program {
  /// The same character in a story: with further questions and commitments behind its own.
  ///
  /// - Parameters:
  ///   - questions: All questions, the program's own first.
  ///   - commitments: All commitments, the program's own first.
  ///   - lines: All lines, the program's own first.
  ///   - setting: Where and when the story happens; empty for what the profile says.
  package func inStory(
    questions: [Question], commitments: [Commitment], lines: [AuthoredLine], setting: String
  ) -> Program {
    Program(
      character: character, aliases: aliases, summary: summary, voice: voice,
      setting: setting.isEmpty ? self.setting : setting, greetings: greetings, examples: examples,
      window: window, statementBudget: statementBudget, relevance: relevance, variables: variables,
      questions: questions, machines: machines, topics: topics, treeNodes: treeNodes, statements: statements,
      commitments: commitments, lines: lines, payoffLimit: payoffLimit)
  }
}
