import Dramatis
import DramatisCompiler
import DramatisLLM

/// One codifying: the draft as far as it has come, and what there is to report.
struct CodifyRun {
  private let source: CodifySource
  private let model: MeteredModel
  private var draft = Draft()
  private var report = CodifyReport()
  private var trials: [Trial] = []
  private var repaired: [CodifyStage: Int] = [:]
  private var unanswered: [CodifyStage: Int] = [:]

  init(_ source: CodifySource, model: any LanguageModel) {
    self.source = source
    self.model = MeteredModel(base: model, meter: StageMeter())
    report.source = source.title
  }

  /// Does one stage; nothing where no fact was found to build on.
  mutating func take(_ stage: CodifyStage) async throws(ModelError) {
    model.meter.begin(stage)
    guard stage == .facts || !draft.facts.isEmpty else { return }
    switch stage {
    case .facts: try await findFacts()
    case .dimensions: try await apply(DimensionsForm(facts: draft.factNames))
    case .questions:
      try await apply(QuestionsForm(facts: draft.factNames))
      leaveOut(
        draft.merged.sorted { $0.key < $1.key }.map { "\($0.key) asks the same as \($0.value)" }, in: stage)
    case .cues: try await findCues()
    case .transitions:
      for machine in draft.machines where !draft.questions.isEmpty {
        try await apply(TransitionsForm(machine, in: draft))
      }
    case .behaviour: try await apply(BehaviourForm(draft))
    case .commitments: try await apply(CommitmentsForm(draft))
    case .lines: try await writeLines()
    case .trials: try await tryOut()
    }
  }

  // MARK: Asking

  /// Asks, and takes over what makes sense.
  private mutating func apply(_ form: some CodifyForm) async throws(ModelError) {
    guard let (value, problems) = try await value(of: form, shown: wholeSource) else { return }
    _ = form.read(value, into: &draft)
    leaveOut(problems, in: form.stage)
  }

  /// The source where it fits one request; else facts and their quotes have to do.
  private var wholeSource: String? { source.windows.count == 1 ? source.text : nil }

  private mutating func value(
    of form: some CodifyForm, shown part: String?, blind: Bool = false
  ) async throws(ModelError) -> (JSONValue, [String])? {
    let base = draft
    let before = Set(form.judges ? DraftJudge(base).verdicts.map(\.told) : [])
    let request = CodifyPrompt(source: source).request(
      form, accepted: blind ? "" : base.accepted(withMoves: form.stage != .lines), part: part)
    let output = StructuredOutput(model: model, schema: OutputSchema(name: form.stage.rawValue, form.schema))
    do {
      let found = try await output.checked(for: request) { value in
        var next = base
        return form.read(value, into: &next) + Self.complaints(of: next, about: form, except: before)
      }
      if !found.corrected.isEmpty { repaired[form.stage, default: 0] += 1 }
      return (found.value, found.problems)
    } catch {
      guard error.isOfReply else { throw error }
      unanswered[form.stage, default: 0] += 1
      leaveOut(["no reply that can be used: \(error)"], in: form.stage)
      return nil
    }
  }

  /// What compiler and linter say of the parts that a form made.
  private static func complaints(
    of draft: Draft, about form: some CodifyForm, except known: Set<String>
  ) -> [String] {
    guard form.judges else { return [] }
    return DraftJudge(draft).verdicts.filter { verdict in
      !known.contains(verdict.told) && !DraftJudge.settledLater.contains(verdict.code)
        && (verdict.item.map(form.concerns) ?? true)
    }.map(\.told)
  }

  private mutating func leaveOut(_ problems: [String], in stage: CodifyStage) {
    report.leftOut += problems.prefix(100).map {
      CodifyReport.LeftOut(stage: stage.rawValue, why: String($0.oneLine.prefix(400)))
    }
  }

  // MARK: Stages of more than one request

  private mutating func findFacts() async throws(ModelError) {
    for (number, part) in source.windows.enumerated() where draft.facts.count < FactsForm.most {
      let form = FactsForm(source: source, known: draft.facts, isFirst: number == 0)
      guard let (value, problems) = try await value(of: form, shown: part) else { continue }
      _ = form.read(value, into: &draft)
      leaveOut(problems, in: .facts)
    }
    if draft.name.isEmpty {
      draft.name = source.name ?? String(source.title.prefix(100))
      leaveOut(["the source names no character; it is called '\(draft.name)'"], in: .facts)
    }
    for fact in draft.facts where fact.kind == .format {
      leaveOut(["how a reply should look is listed and not obeyed: “\(fact.quote)”"], in: .facts)
    }
    guard let card = source.card else { return }
    draft.greetings = card.slottedGreetings
    draft.examples = card.exchanges.map { Draft.Example(event: $0.event, line: $0.line) }
    if card.bookEntries > 0 {
      leaveOut(["\(card.bookEntries) entries of the card's book stay in the card"], in: .facts)
    }
  }

  private mutating func findCues() async throws(ModelError) {
    let questions = draft.questions.map {
      CuedQuestion(name: $0.name, ask: $0.ask, isOverScene: $0.isOverScene)
    }
    guard !questions.isEmpty else { return }
    let suggester = CueSuggester(for: questions, of: "\(draft.name). \(draft.summary)", with: model)
    let found = try await suggester.suggest()
    for suggestion in found.suggestions {
      draft.change(suggestion.name) { question in
        question.cues = suggestion.cues
        question.counterCues = suggestion.counterCues
      }
    }
    unanswered[.cues, default: 0] += found.failures
    report.weakQuestions = found.weak
    leaveOut(found.dropped, in: .cues)
    let deaf = draft.questions.filter(\.cues.isEmpty).map(\.name)
    if !deaf.isEmpty { leaveOut(["without cues: \(deaf.joined(separator: ", "))"], in: .cues) }
  }

  private mutating func writeLines() async throws(ModelError) {
    for form in LinesForm.all(of: draft) where !form.isDone(in: draft) { try await apply(form) }
    tidy(in: .lines)
  }

  /// Leaves out what the compiler or the linter complains of.
  private mutating func tidy(in stage: CodifyStage) {
    for (item, why) in draft.prune() { leaveOut(["\(item.title): \(why)"], in: stage) }
    guard !draft.lines.contains(where: { $0.target == .always }) else { return }
    draft.add(["…"], for: .always, facts: [])
    leaveOut(["there is no line that always fits; it says “…”"], in: stage)
  }

  private mutating func tryOut() async throws(ModelError) {
    guard !draft.machines.isEmpty else { return }
    let form = TrialsForm(draft)
    guard let (value, problems) = try await value(of: form, shown: wholeSource, blind: wholeSource != nil)
    else {
      return
    }
    leaveOut(problems, in: .trials)
    trials = await TrialRunner(draft).run(form.trials(in: value))
    let failed = trials.filter { $0.failure != nil }
    guard !failed.isEmpty else { return }
    let mend = MendForm(draft, failed: failed)
    guard let (changes, _) = try await self.value(of: mend, shown: wholeSource) else { return }
    var mended = draft
    _ = mend.read(changes, into: &mended)
    let gone = mended.prune()
    let again = await TrialRunner(mended).run(
      trials.map { Trial(name: $0.name, say: $0.say, expect: $0.expect) })
    guard again.count == trials.count, again.count(where: { $0.failure == nil }) > trials.count - failed.count
    else { return }
    (draft, trials) = (mended, again)
    for (item, why) in gone { leaveOut(["\(item.title): \(why)"], in: .trials) }
  }

  // MARK: What came of it

  /// What a stage came to.
  func progress(of stage: CodifyStage) -> Codifier.Progress {
    func count(_ number: Int, of noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
    let result =
      switch stage {
      case .facts: count(draft.facts.count, of: "fact")
      case .dimensions:
        count(draft.machines.count, of: "machine") + ", " + count(draft.variables.count, of: "variable")
      case .questions: count(draft.questions.count, of: "question")
      case .cues: count(draft.questions.reduce(0) { $0 + $1.cues.count + $1.counterCues.count }, of: "cue")
      case .transitions: count(draft.machines.reduce(0) { $0 + $1.transitions.count }, of: "transition")
      case .behaviour: count(draft.statements.count, of: "statement")
      case .commitments: count(draft.commitments.count, of: "commitment")
      case .lines: count(draft.lines.reduce(0) { $0 + $1.say.count }, of: "line")
      case .trials: "\(trials.count { $0.failure == nil }) of \(count(trials.count, of: "trial")) passed"
      }
    let left = report.leftOut.count { $0.stage == stage.rawValue }
    return Codifier.Progress(
      stage: stage, result: result + (left == 0 ? "" : ", \(left) left out"),
      taken: model.meter.taken(by: stage))
  }

  /// The profile and the report.
  mutating func codified() -> Codified {
    tidy(in: .lines)
    let bare = DraftPage(draft).page.text
    var profile = bare
    var parts: [String: [String]] = [:]
    if let program = Compilation(of: Array(bare.utf8), name: "draft.yaml").program {
      let provenance = DraftProvenance(draft, compiled: program)
      profile = DraftPage(draft, provenance: provenance.sources).page.text
      parts = provenance.parts
    }
    report.character = draft.name
    report.facts = draft.facts.map { fact in
      CodifyReport.Fact(
        id: fact.id, kind: fact.kind.rawValue, quote: fact.quote, line: fact.line, text: fact.text,
        became: (fact.kind == .constant && draft.summary.contains(fact.text) ? ["summary"] : [])
          + (parts[fact.id] ?? []))
    }
    report.trials = trials.map { CodifyReport.TrialResult(name: $0.name, failure: $0.failure) }
    report.stages = CodifyStage.allCases.map { stage in
      CodifyReport.Stage(
        stage: stage.rawValue, taken: model.meter.taken(by: stage), repaired: repaired[stage] ?? 0,
        unanswered: unanswered[stage] ?? 0)
    }
    return Codified(profile: profile, report: report, parts: parts.values.joined().count, trials: trials)
  }
}

extension CodifyForm {
  /// Whether what it makes is held against the compiler and the linter at once.
  fileprivate var judges: Bool {
    [.transitions, .behaviour, .commitments, .lines].contains(stage)
  }
}
