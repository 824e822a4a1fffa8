import Dramatis

/// Finds texts that hold the cue of a payoff and are said before it is due: a greeting, any line, the foreshadow.
///
/// What is said only once the payoff is due, or paid, is meant to hold it.
enum PaidInPassing: LintRule {
  static let code = DiagnosticCode(
    "L061", name: "paid-in-passing", severity: .warning,
    summary: "A text that says a payoff before it is due.")
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    let program = context.program
    let owing = program.commitments.indices.filter { index in
      program.commitments[index].checks?.early.map { !program.questions[$0].cues.isEmpty } ?? false
    }
    guard !owing.isEmpty else { return [] }
    let (spoken, before) = (context.spokenTexts, PaidBefore(program))
    return owing.flatMap { index -> [Diagnostic] in
      guard let question = program.commitments[index].checks?.early else { return [] }
      var isTold = false
      return spoken.compactMap { text in
        // Of texts in other files one is enough.
        guard text.node != nil || !isTold,
          let place = text.node ?? context.beatNode(.triggered, of: index),
          context.answer(of: question, about: text) == .yes,
          context.canBeSaid(text, while: index, is: [.planned, .planted]) == true,
          !before.isPaid(index, whenever: text, isSaidIn: context)
        else { return nil }
        if text.node == nil { isTold = true }
        return diagnostic(on: text, paying: program.commitments[index].name, at: place)
      }
    }
  }

  private static func diagnostic(on text: SpokenText, paying name: String, at place: Node) -> Diagnostic {
    let what = text.line == nil ? "greeting" : text.beat?.status == .planted ? "foreshadow" : "line"
    return Diagnostic(
      code,
      message: text.node == nil
        ? "a \(what) says the payoff of '\(name)' before it is due"
        : "this \(what) says the payoff of '\(name)' before it is due",
      at: place.span,
      label: text.node == nil ? "its cues stand in \(text.text.quoted)" : "a cue of it stands here",
      help: ["say it in other words, or give the payoff cues that nothing else holds"])
  }
}

/// Which commitments are paid wherever others have been planted or triggered.
private struct PaidBefore {
  /// By commitment, those that are paid once it is planted, and once it is triggered.
  private let planted, triggered: [[Int]]

  init(_ program: Program) {
    let times = CommitmentTimes(program)
    planted = program.commitments.indices.map {
      times.prerequisites(of: $0, being: [.paid], toBePlanted: true)
    }
    triggered = program.commitments.indices.map { times.prerequisites(of: $0, being: [.paid]) }
  }

  /// Whether a commitment is paid whenever a text is said.
  func isPaid(_ index: Int, whenever text: SpokenText, isSaidIn context: LintContext) -> Bool {
    planted.indices.contains { other in
      planted[other].contains(index)
        && context.canBeSaid(text, while: other, is: [.planned, .abandoned]) == false
        || triggered[other].contains(index)
          && context.canBeSaid(text, while: other, is: [.planned, .planted, .abandoned]) == false
    }
  }
}
