import Dramatis
import DramatisCompiler

/// Trials as scenarios, and what comes of them.
struct TrialRunner {
  private let draft: Draft

  init(_ draft: Draft) {
    self.draft = draft
  }

  /// The same trials with why they fail; those about states that are gone are left out.
  func run(_ trials: [Trial]) async -> [Trial] {
    var judged: [Trial] = []
    let bytes = Array(DraftPage(draft).page.text.utf8)
    guard let program = Compilation(of: bytes, name: "draft.yaml").program else { return [] }
    let runner = ScenarioRunner(program)
    for var trial in trials {
      let known = trial.expect.filter { expected in
        draft.machines.contains { $0.name == expected.machine && $0.hasState(expected.state) }
      }
      guard !known.isEmpty else { continue }
      trial = Trial(name: trial.name, say: trial.say, expect: known)
      let text = Self.file([trial], profile: "draft.yaml")
      let reading = ScenarioFile(of: Array(text.utf8), name: "trials.yaml").reading(for: program)
      guard reading.isSound, let scenario = reading.scenarios.first else { continue }
      do {
        let outcome = try await runner.run(scenario)
        if !outcome.failures.isEmpty {
          trial.failure = outcome.failures.map(\.message).joined(separator: "; ") + heard(trial, by: program)
        }
      } catch {
        trial.failure = "\(error)"
      }
      judged.append(trial)
    }
    return judged
  }

  /// What the cues made of each line, which is mostly why a trial fails.
  private func heard(_ trial: Trial, by program: Program) -> String {
    let cues = CueDiscriminator(for: [program])
    let lines = trial.say.map { text in
      let scene = Scene(of: Event(actor: Self.guest, text: text), after: [Event](), window: 1)
      let yes = zip(program.questions, cues.replies(to: program.questions, about: scene))
        .filter { $0.1.answer.truth == .yes }.compactMap(\.0.name)
      return yes.isEmpty ? "nothing" : yes.joined(separator: ", ")
    }
    return "; heard: " + lines.joined(separator: " / ")
  }

  private static let guest = "Guest"

  /// Trials as a file of scenarios; one that fails says so.
  static func file(_ trials: [Trial], profile: String) -> String {
    let tests = trials.map { trial -> YAMLValue.KeyValue in
      var events = trial.say.map { text -> [YAMLValue.KeyValue] in [("text", .said(text))] }
      let states = trial.expect.map { expected -> YAMLValue.KeyValue in
        (.plain(expected.machine), .plain(expected.state))
      }
      events[events.count - 1].append(("expect", .mapping([("states", .mapping(states))])))
      let list = YAMLValue.list(events.map { .mapping($0) })
      guard let failure = trial.failure else { return (.said(trial.name), list) }
      let entries: [YAMLValue.KeyValue] = [("fails", .said(failure)), ("events", list)]
      return (.said(trial.name), .mapping(entries))
    }
    return YAMLWriter.text(of: [
      ("scenarios", "1"), ("profile", .said(profile)), ("actor", .plain(guest)), ("tests", .mapping(tests)),
    ])
  }
}
