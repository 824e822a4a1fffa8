import Dramatis

/// Finds effects that are repeated for as long as the words of one moment stay in the scene.
enum RepeatedEffect: LintRule {
  static let code = DiagnosticCode(
    "L070", name: "repeated-effect", severity: .warning,
    summary: "An effect that repeats while what was said stays in the scene.")

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.program.machines.enumerated().flatMap { index, machine in
      machine.transitions.enumerated().compactMap { number, transition in
        guard let question = question(repeating: transition, of: machine, in: context.program),
          context.layout.machines[index].transitions.indices.contains(number),
          let set = context.layout.machines[index].transitions[number][\TransitionKeys.set]
        else { return nil }
        let state = machine.states[transition.to].name
        return Diagnostic(
          code, message: "this effect repeats in every turn while what was said stays in the scene",
          at: set.span,
          label: "'\(question.key.oneLine)' looks over the scene, and '\(state)' is left and entered again",
          help: [
            "write newly(\(question.name ?? "ask(\(question.text.conditionQuoted))")), which is yes in the first turn only, or ask about the newest event, without 'over'"
          ])
      }
    }
  }

  /// The question over the scene that makes a transition go from a state into itself, by itself or with others that it lets
  /// go as well; nil where none does, or where doing so changes nothing more.
  private static func question(
    repeating transition: Transition, of machine: Machine, in program: Program
  ) -> Question? {
    guard transition.effects.contains(where: { $0.value.atoms.contains(.variable($0.variable)) })
    else { return nil }
    let reader = GuardReader(
      questions: program.questions, set: transition.effects.map { .variable($0.variable) })
    guard case .scene(let question) = reader.cause(of: transition.guardCondition) else { return nil }
    var reached = [transition.to]
    var next = 0
    while next < reached.count, !transition.from.contains(reached[next]) {
      for other in machine.transitions where other.from.contains(reached[next]) && !reached.contains(other.to)
      {
        if case .scene(question) = reader.cause(of: other.guardCondition) { reached.append(other.to) }
      }
      next += 1
    }
    return next < reached.count ? program.questions[question] : nil
  }
}

/// What makes a guard yes.
private enum Cause {
  /// Something of this very turn.
  case moment
  /// What was said once, for as long as it is in the scene.
  case scene(question: Int)
  /// Nothing that was said.
  case standing
}

/// Tells what a guard waits for.
private struct GuardReader {
  let questions: [Question]
  /// What the transition changes, so that comparing it ends the repetition.
  let set: [Operand]

  func cause(of condition: Condition) -> Cause {
    if condition.newlyAsked != nil { return .moment }
    return switch condition {
    case .question(let index):
      questions[index].reach == .newest || questions[index].cues.isEmpty ? .moment : .scene(question: index)
    case .joined(let connective, let parts):
      strongest(of: parts.map { cause(of: $0) }, isEvery: connective.neutral == .yes)
    case .holds, .compare, .isMember: isOfMoment(condition) ? .moment : .standing
    case .constant, .chance, .not: .standing
    }
  }

  private func isOfMoment(_ condition: Condition) -> Bool {
    condition.operands.flatMap(\.atoms).contains { atom in
      switch atom {
      case .actor, .kind, .data, .turn: true
      default: set.contains(atom)
      }
    }
  }

  /// Of all that must hold a moment decides, else the scene; of all that may the scene decides.
  private func strongest(of causes: [Cause], isEvery: Bool) -> Cause {
    let hasMoment = causes.contains { if case .moment = $0 { true } else { false } }
    let scene = causes.first { if case .scene = $0 { true } else { false } }
    if isEvery { return hasMoment ? .moment : scene ?? .standing }
    return scene ?? (hasMoment ? .moment : .standing)
  }
}
