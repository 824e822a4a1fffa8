import Dramatis
import DramatisLLM

/// A short scene with what must hold after it, written by somebody who has seen the source alone.
struct Trial: Hashable, Sendable {
  struct Expectation: Hashable { let machine, state: String }

  let name: String
  let say: [String]
  let expect: [Expectation]
  /// Why it failed; nil where it passed.
  var failure: String?
}

/// Scenes by which the character is tried.
struct TrialsForm: CodifyForm {
  private static let most = 8
  private static let mostLines = 5

  let stage = CodifyStage.trials
  let replyTokens = 2_000
  private let machines: [Draft.Machine]
  private let name: String

  init(_ draft: Draft) {
    (machines, name) = (draft.machines, draft.name)
  }

  var task: String {
    let known = machines.map { machine in
      "\(machine.name): unactivated (nothing has happened yet); "
        + machine.states.map { "\($0.name) (\($0.now))" }.joined(separator: "; ")
    }.joined(separator: "\n")
    return """
      Write \(Self.most) short scenes that try whether \(name) is played as the source says. Each has one to four lines that a \
      guest says or does, in plain words as people type, each line by itself clear about what is said or done; and where the \
      source settles it, the states in which \(name) must be after the last line. Cover every state once; two scenes in which \
      nothing changes. The machines and their states:
      \(known)
      """
  }

  var schema: JSONValue {
    .record([
      "scenes": .listed(
        .record([
          "name": .anyText, "say": .listed(.anyText, most: Self.mostLines),
          "expect": .listed(
            .record(["machine": .oneOf(machines.map(\.name)), "state": .anyText]), most: machines.count),
        ]), most: Self.most)
    ])
  }

  /// Trials are no part of a draft: see ``trials(in:)``.
  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    trials(in: value).isEmpty ? ["scenes: none with lines and a state to expect"] : []
  }

  /// The scenes that expect something that there is.
  func trials(in value: JSONValue) -> [Trial] {
    var names: Set<String> = []
    return value.parts("scenes", most: Self.most).compactMap { part in
      let say = part.saidTexts("say", most: Self.mostLines)
      var seen: Set<String> = []
      let expect = part.parts("expect", most: 8).compactMap { value -> Trial.Expectation? in
        guard let name = value.said("machine"), let state = value.said("state"),
          machines.contains(where: { $0.name == name && $0.hasState(state) }), seen.insert(name).inserted
        else { return nil }
        return Trial.Expectation(machine: name, state: state)
      }
      guard let name = part.said("name"), !say.isEmpty, !expect.isEmpty, names.insert(name.folded()).inserted
      else { return nil }
      return Trial(name: String(name.prefix(100)), say: say, expect: expect)
    }
  }
}

/// What may be changed so that trials pass: more cues, more transitions.
struct MendForm: CodifyForm {
  private static let most = 8

  let stage = CodifyStage.trials
  let replyTokens = 2_000
  private let draft: Draft
  private let failed: [Trial]

  init(_ draft: Draft, failed: [Trial]) {
    (self.draft, self.failed) = (draft, failed)
  }

  var task: String {
    let scenes = failed.map { trial in
      "\(trial.name): " + trial.say.map { "“\($0)”" }.joined(separator: " / ") + " — \(trial.failure ?? "")"
    }
    return """
      These scenes do not come out as the source says:
      \(scenes.joined(separator: "\n"))
      Mend what the source supports: further cues (short phrases that people use for it, 1 to 4 words, in the language of the \
      source) or counter-cues for questions that did not hear what was said, and further transitions of a machine, which are \
      tried after those that are there. Nothing where the scene asks for what the source does not say. \(Draft.conditionHelp)
      """
  }

  var schema: JSONValue {
    let transition: JSONValue = .record([
      "machine": .oneOf(draft.machines.map(\.name)), "from": .listed(.anyText, most: 6), "to": .anyText,
      "if": draft.conditionSchema, "because": .listed(.oneOf(draft.factNames), most: 4),
    ])
    return .record([
      "cues": .listed(
        .record([
          "question": .oneOf(draft.questions.map(\.name)), "cues?": .listed(.anyText, most: 8),
          "counter_cues?": .listed(.anyText, most: 8),
        ]), most: Self.most), "transitions": .listed(transition, most: Self.most),
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    for part in value.parts("cues", most: Self.most) {
      guard let said = part.said("question"), let name = draft.question(called: said) else { continue }
      draft.change(name) { question in
        question.cues = (question.cues + part.saidTexts("cues", most: 8).map(\.asGivenCue)).uniqued
        question.counterCues =
          (question.counterCues + part.saidTexts("counter_cues", most: 8).map(\.asGivenCue)).uniqued
      }
    }
    for (number, part) in value.parts("transitions", most: Self.most).enumerated() {
      guard let name = part.said("machine"),
        let index = draft.machines.firstIndex(where: { $0.name == name })
      else { continue }
      let form = TransitionsForm(draft.machines[index], in: draft)
      let place = "transition \(number + 1)"
      if let transition = form.transition(part, at: place, in: &draft, problems: &problems) {
        draft.machines[index].transitions.append(transition)
      }
    }
    return problems
  }
}
