import Dramatis

/// What a prompt is made of for one line, part by part in the order in which they stand.
///
/// What never changes comes first, then what seldom does; the history stands between both and the parts of one turn.
struct PromptParts {
  let request: LineRequest
  let user: String
  let words: PromptWords
  private let foreign: String?

  init(_ request: LineRequest, user: String) {
    self.request = request
    self.user = request.event.actor.flatMap { request.program.isCalled($0) ? nil : $0 } ?? user
    (words, foreign) = PromptWords.of(request.program)
  }

  private var program: Program { request.program }
  private var situation: Situation { request.situation }

  /// A text of the profile with its slots filled.
  private func filled(_ text: String) -> String { program.filled(text, at: request.snapshot, user: user) }

  // MARK: What stands before the history

  /// Who the character is.
  ///
  /// - Parameter lore: What stands around that.
  func character(withExamples: Bool, in lore: PromptRenderer.Surroundings) -> String {
    let relations = (program.telling?.relations ?? []).map {
      PromptWords.fill(words.relation, [$0.name, $0.text])
    }
    let examples =
      withExamples ? program.examples.map { "\($0.event)\n\(program.character): \($0.line)" } : []
    let heading = PromptWords.fill(words.relations, [program.character])
    func plain(_ texts: [String]) -> [(heading: String, text: String)] { texts.map { ("", $0) } }
    let who = PromptWords.fill(words.character, [program.character, program.summary])
    return filled(
      Self.joined(
        plain(lore.before + [who] + lore.after)
          + [
            (words.voice, program.voice), (words.setting, program.setting),
            ("\(heading)\n", relations.joined(separator: "\n")),
          ] + plain(lore.aroundExamples.before) + [(words.examples, examples.joined(separator: "\n\n"))]
          + plain(lore.aroundExamples.after)
          + plain([program.systemPrompt.isEmpty ? task : program.systemPrompt, words.others])))
  }

  /// What a performer is told to do, unless a card has other words for it.
  var task: String { PromptWords.fill(words.task, [program.character]) }

  private static func joined(_ parts: [(heading: String, text: String)]) -> String {
    parts.filter { !$0.text.isEmpty }.map { $0.heading + $0.text }.joined(separator: "\n\n")
  }

  /// How the story opened.
  var opening: String {
    situation.openings.isEmpty ? "" : words.opening + filled(situation.openings.joined(separator: " "))
  }

  /// What is true from now on.
  var settled: String {
    let facts = (program.telling?.facts ?? []).map { "- \(filled($0))" }
    let paid = situation.settled.map {
      PromptWords.fill(words.settled, [filled(program.commitments[$0].payoff)])
    }
    return facts.isEmpty && paid.isEmpty ? "" : ([words.facts] + facts + paid).joined(separator: "\n")
  }

  /// Who is there, and what they are to the character; nothing where one is there of whom nothing is known.
  var present: String {
    let relations = program.telling?.relations ?? []
    let known = situation.company.map { name in
      let relation = relations.first { FoldedName($0.name) == FoldedName(name) }
      return relation.map { "\(name) (\($0.text.droppingFullStop))" } ?? name
    }
    let isPlain = known == situation.company && known.count < 2
    return isPlain ? "" : words.present + known.joined(separator: ", ") + "."
  }

  // MARK: What holds in this turn

  /// With what the direction begins, as an echo of it would.
  var heading: String { PromptWords.fill(words.heading, [program.character]) }

  /// The states, those that are new first.
  var states: [String] {
    let standings = situation.standings
    let order =
      program.machines.indices.filter { standings[$0].isNew }
      + program.machines.indices.filter {
        !standings[$0].isNew
      }
    return order.flatMap { states(of: $0) }
  }

  /// What a machine says: its state, or all that make up a mixed mood; nothing before it has begun to move.
  private func states(of index: Int) -> [String] {
    let machine = program.machines[index]
    let distributions = request.grounding.distributions
    let mixture = machine.mixture(of: distributions.isEmpty ? [] : distributions[index])
    if !mixture.isEmpty {
      return mixture.map { filled(machine.states[$0].description) }.filter { !$0.isEmpty }.map {
        PromptWords.fill(words.mixedState, [machine.name, $0])
      }
    }
    let (standing, state) = (situation.standings[index], request.snapshot.states[index])
    guard state != 0 else { return [] }
    if standing.isNew { return [newState(state, of: machine, standing)].filter { !$0.isEmpty } }
    let description = filled(machine.states[state].description)
    guard !description.isEmpty else { return [] }
    let turns = request.snapshot.turn - standing.since
    let sentence = turns >= Self.longTime && standing.since > 0 ? words.lastingState : words.state
    return [PromptWords.fill(sentence, [machine.name, description, "\(turns)"])]
  }

  /// The turns after which it is worth a word how long a state has lasted.
  private static let longTime = 3

  private func newState(_ state: Int, of machine: Machine, _ standing: Situation.Standing) -> String {
    let entered = filled(machine.states[state].enter ?? machine.states[state].description)
    guard !entered.isEmpty else { return "" }
    let before = standing.before.flatMap { $0 == 0 ? nil : filled(machine.states[$0].description) } ?? ""
    let reasons = standing.reasons.map { program.questions[$0].text }
    return [
      PromptWords.fill(words.newState, [machine.name, entered]),
      before.isEmpty ? "" : PromptWords.fill(words.before, [before]),
      reasons.isEmpty ? "" : PromptWords.fill(words.reason, [filled(reasons.joined(separator: " "))]),
    ].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What the character keeps of what there is no room for, and in answer to its standing questions.
  var memory: [String] {
    let earlier = situation.past.map { PromptWords.fill(words.earlier, [$0.text]) }
    return [earlier].compactMap(\.self) + answers
  }

  private var answers: [String] {
    situation.memory.told.compactMap { answer in
      program.standingQuestions.first { $0.name == answer.question }.map { standing in
        let quotes = answer.quotes.map { quote in
          quote.actor.map { PromptWords.fill(words.quote, [$0, quote.text]) } ?? quote.text
        }
        let known = [answer.summary?.text].compactMap(\.self) + quotes
        return PromptWords.fill(
          words.kept, [filled(standing.question.text), known.joined(separator: " / ")])
      }
    }
  }

  /// How the variables stand that the profile shows.
  var variables: [String] {
    program.shownVariables(at: request.snapshot, user: user).map { "- \($0)" }
  }

  /// The statements that the budget has room for, those first that newly hold.
  var statements: [String] {
    let new = Set(request.selection.newlyHolding.map(\.statement))
    let all = request.selection.statements
    return (all.filter { new.contains($0.statement) } + all.filter { !new.contains($0.statement) }).map {
      "- \(filled(program.statements[$0.statement]))"
    }
  }

  /// What must happen in this line.
  var due: [String] {
    request.grounding.due.map { index in
      let progress = request.snapshot.commitments[index]
      let payoff = filled(program.commitments[index].payoff)
      if program.uncheckedOverdue(index, at: request.snapshot) || progress.misses >= 2 {
        return PromptWords.fill(words.overdue, [payoff])
      }
      return PromptWords.fill(progress.misses == 0 ? words.due : words.dueAgain, [payoff])
    }
  }

  /// How many foreshadows that are not due a prompt tells of, so that it stays short.
  static let plantedLimit = 6

  /// What is in the story and must not be resolved, with what it waits for.
  var notYet: [String] {
    program.uncheckedPlanted(at: request.snapshot).prefix(Self.plantedLimit).map { index in
      let commitment = program.commitments[index]
      let isWritten = request.snapshot.commitments[index].written != nil
      let questions = commitment.trigger.questions.map { program.questions[$0].text }
      let sentence = PromptWords.fill(isWritten ? words.secret : words.hint, [filled(commitment.foreshadow)])
      guard isWritten, !questions.isEmpty else { return sentence }
      return sentence + " " + PromptWords.fill(words.waits, [filled(questions.joined(separator: " "))])
    }
  }

  /// What people and the director wish.
  var directions: [String] {
    situation.directions.map { direction in
      switch direction.origin {
      case .director: PromptWords.fill(words.lead, [filled(direction.text)])
      case .person: PromptWords.fill(direction.lasts ? words.lastingWish : words.wish, [direction.text])
      }
    }
  }

  /// In which form to answer.
  var form: String {
    let language = foreign.map { PromptWords.fill(words.language, [$0]) }
    return ([PromptWords.fill(words.form, [program.character])] + [language].compactMap(\.self))
      .joined(separator: " ")
  }
}

extension String {
  /// Without the full stop at its end.
  fileprivate var droppingFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
