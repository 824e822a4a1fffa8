import Dramatis

/// Finds what can come about only where a language model answers; looked for where a project asks for it.
///
/// A question without cues is never yes there, one without counter-cues and `otherwise` never no, and what waits for that
/// waits for ever.
enum NeedsModel: LintRule {
  static let code = DiagnosticCode(
    "L065", name: "needs-model", severity: .warning,
    summary: "Something that comes about only where a language model answers.", isOnRequest: true)
  static let looksAtStories = true

  static func check(_ context: LintContext) -> [Diagnostic] {
    let unanswered = unanswered(context)
    return unanswered.map(\.diagnostic) + places(without: Set(unanswered.map(\.question)), context)
  }

  /// Named questions of the file that somebody asks and that nobody answers yes.
  private static func unanswered(_ context: LintContext) -> [(question: Int, diagnostic: Diagnostic)] {
    let asked = Set(
      context.users.flatMap { user in
        user.conditions.flatMap(\.questions).compactMap { user.questions[$0].name }
      })
    return context.layout.questions.enumerated().compactMap { offset, entry in
      let name = entry.key.text
      guard asked.contains(name),
        let index = context.program.questions.firstIndex(where: { $0.name == name }),
        !context.program.questions[index].answers.contains(.yes)
      else { return nil }
      return (
        index,
        Diagnostic(
          code, message: "without a language model nobody answers '\(name)' yes", at: entry.key.span,
          label: "it has no cues", help: ["give it cues, phrases that mean yes"])
      )
    }
  }

  /// Conditions that wait for an answer that nobody gives, and branches that do.
  private static func places(without told: Set<Int>, _ context: LintContext) -> [Diagnostic] {
    let (space, program) = (context.space, context.program)
    var worlds = context.reachable
    for (index, atom) in space.atoms.enumerated() {
      guard case .question(let question) = atom, !told.contains(question) else { continue }
      let answers = program.questions[question].answers
      worlds.allowed[index] = space.domains[index].values.indices.filter {
        if case .truth(let truth) = space.domains[index].values[$0] { answers.contains(truth) } else { true }
      }
    }
    func waits(_ place: ConditionPlace, for wanted: Outcomes) -> Bool {
      place.possibility(of: wanted, in: worlds, over: space) == .impossible
        && place.possibility(of: wanted, in: context.reachable, over: space) != .impossible
        && space.possibility(of: place.path, in: worlds) != .impossible
    }
    let conditions = context.places.filter { waits($0, for: $0.wanted) }.map {
      Diagnostic(
        code, message: "without a language model this is never yes", at: $0.node.span,
        help: reasons($0.condition, besides: told, context))
    }
    let branches = context.places.compactMap { place -> Diagnostic? in
      guard let node = place.else, waits(place, for: .no) else { return nil }
      return Diagnostic(
        code, message: "without a language model this 'else' is never read", at: node.span,
        label: "and with one it is read whenever the answer is no",
        help: reasons(place.condition, besides: told, context))
    }
    return conditions + branches
  }

  private static func reasons(
    _ condition: Condition, besides told: Set<Int>, _ context: LintContext
  ) -> [String] {
    Set(condition.questions).subtracting(told).sorted().compactMap { index in
      let question = context.program.questions[index]
      let name = question.name.map { "'\($0)'" } ?? "the question"
      if !question.answers.contains(.yes) { return "\(name) is never yes: it has no cues" }
      return question.answers.contains(.no)
        ? nil : "\(name) is never no: give it counter-cues, or 'otherwise: no'"
    }
  }
}

extension Question {
  /// The answers that it gets without a language model.
  fileprivate var answers: Set<Truth> {
    var answers: Set<Truth> = [otherwise?.truth ?? .unknown]
    if !cues.isEmpty { answers.insert(.yes) }
    if !counterCues.isEmpty { answers.insert(.no) }
    return answers
  }
}
