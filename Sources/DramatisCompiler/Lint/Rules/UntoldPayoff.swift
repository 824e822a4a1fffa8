import Dramatis

/// Finds what a commitment says and does not recognize: a foreshadow or a payoff that has lines to say, of which no cue
/// tells that they were said.
///
/// Without a language model such a payoff is never paid, however often it is said.
enum UntoldPayoff: LintRule {
  static let code = DiagnosticCode(
    "L060", name: "untold-payoff", severity: .warning,
    summary: "A foreshadow or payoff that is not recognized where it is said.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    guard !context.layout.commitments.isEmpty else { return [] }
    let spoken = context.spokenTexts
    return context.layout.commitments.indices.flatMap { offset -> [Diagnostic] in
      let index = context.firstCommitment + offset
      guard context.program.commitments.indices.contains(index) else { return [] }
      let checks = context.program.commitments[index].checks
      return [(checks?.planted, CommitmentStatus.planted), (checks?.paid, .triggered)].flatMap {
        question, status in
        question.map { check(status, of: index, by: $0, spoken, context) } ?? []
      }
    }
  }

  private static func check(
    _ status: CommitmentStatus, of index: Int, by question: Int, _ spoken: [SpokenText],
    _ context: LintContext
  ) -> [Diagnostic] {
    guard let beat = context.beatNode(status, of: index) else { return [] }
    let own = spoken.filter { $0.beat.map { $0.commitment == index && $0.status == status } ?? false }
    let texts = own.isEmpty && status == .triggered ? meant(for: index, among: spoken, context) : own
    guard !texts.isEmpty else { return [] }
    let name = context.program.commitments[index].name
    guard !context.program.questions[question].cues.isEmpty else {
      return [
        Diagnostic(
          code,
          message: status == .triggered
            ? "'\(name)' is said and never paid" : "the foreshadow of '\(name)' is said and never noticed",
          at: beat.span, label: "it has lines to say and no cues",
          help: ["give it cues: phrases of its lines, by which it is known that they were said"])
      ]
    }
    let missing = texts.filter { !$0.varies && context.answer(of: question, about: $0) != .yes }
    guard own.isEmpty else {
      return missing.map { diagnostic(on: $0, at: $0.node ?? beat, of: name, by: question, status, context) }
    }
    guard missing.count == texts.count else { return [] }
    return [
      Diagnostic(
        code, message: "'\(name)' is said and never paid", at: beat.span,
        label: "no line for it is answered yes by its cues",
        help: ["make a cue of what its lines say"])
    ]
  }

  /// The lines that fit only while a commitment is triggered.
  private static func meant(
    for index: Int, among spoken: [SpokenText], _ context: LintContext
  ) -> [SpokenText] {
    spoken.filter { text in
      guard let line = text.line, context.program.lines[line].condition?.names(commitment: index) ?? false
      else {
        return false
      }
      return context.canBeSaid(text, while: index, is: [.planned, .planted, .paid, .abandoned]) == false
        && context.canBeSaid(text, while: index, is: [.triggered]) == true
    }
  }

  private static func diagnostic(
    on text: SpokenText, at place: Node, of name: String, by question: Int, _ status: CommitmentStatus,
    _ context: LintContext
  ) -> Diagnostic {
    let isDenied = context.answer(of: question, about: text) == .no || holdsCue(text, of: question, context)
    return Diagnostic(
      code,
      message: status == .triggered
        ? "this line does not pay '\(name)'" : "this line does not set '\(name)' up",
      at: place.span,
      label: isDenied
        ? "a cue that stands in it is denied there, by a counter-cue or a negation"
        : "none of the cues stands in it",
      help: [isDenied ? "say it in other words" : "let it hold a cue, or make a cue of what it says"])
  }

  /// Whether a cue alone would be found in a text.
  private static func holdsCue(_ text: SpokenText, of question: Int, _ context: LintContext) -> Bool {
    let phrases = context.program.questions[question].cues.compactMap { try? Phrase(parsing: $0) }
    return PhraseMatcher(phrases: phrases).matches(in: text.text).contains(true)
  }
}
