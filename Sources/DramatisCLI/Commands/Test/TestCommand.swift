import ArgumentParser
import Dramatis
import DramatisCompiler

/// Runs scenarios.
struct TestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run scenarios and compare what happens with what they expect.",
    discussion: """
      A file such as mara.scenarios.yaml beside mara.yaml holds scenarios: events, answers to questions, and what is \
      expected after each. They run without a language model, on cues and the answers given. Folders are searched \
      for such files; for a profile the scenarios beside it are run. A scenario fails at the first turn that is \
      not as expected.

      Example: dramatis test Profiles --coverage
      """)

  @Argument(help: "Files of scenarios, profiles, folders, or - for standard input.")
  var paths: [String]

  @Option(
    help: ArgumentHelp("Run only scenarios whose name contains this text, in any case.", valueName: "text"))
  var filter: String?

  @Flag(help: "Write into the files what happens where it is not what they expect.")
  var update = false

  @Flag(
    help:
      "List the states, transitions, branches and steps of commitments that no scenario has used, and the lines never spoken."
  )
  var coverage = false

  @Flag(
    help:
      "Write to standard output scenarios that use what none has used, and everything else to standard error."
  )
  var suggest = false

  @Option(
    help: ArgumentHelp(
      "Fail if fewer of the states, transitions, branches and steps of commitments of a profile or story are covered.",
      valueName: "percent"))
  var minCoverage: Int?

  @Option(
    help: ArgumentHelp("Fail if fewer of the lines of a profile or story are spoken.", valueName: "percent"))
  var minLineCoverage: Int?

  @OptionGroup var changes: ChangeOptions

  @Option(help: "What to write: text, json (one object a line), sarif, github or junit.")
  var format = FindingFormat.text

  func validate() throws {
    for (name, percent) in [("--min-coverage", minCoverage), ("--min-line-coverage", minLineCoverage)] {
      guard percent.map({ (0...100).contains($0) }) ?? true else {
        throw ValidationError("\(name) takes a percentage from 0 to 100")
      }
    }
    guard !suggest || paths.count == 1 else {
      throw ValidationError("--suggest takes one profile or one file of scenarios at a time")
    }
    guard !suggest || format == .text else {
      throw ValidationError("--suggest writes scenarios to standard output, so that it takes no --format")
    }
    guard !suggest || changes.list == nil else {
      throw ValidationError("--suggest takes one profile, and no --changed")
    }
    guard !update || !paths.contains(InputStream.standardInput) else {
      throw ValidationError("--update cannot write to standard input")
    }
  }

  func run() async throws {
    let suite = ScenarioSuite(
      at: paths, startsEmpty: startsEmpty, changed: try changes.files(), reader: .withBundledProfiles)
    let result = try await suite.run(filter: filter)
    if update { try write(result.runs) }
    var items = result.runs.flatMap { update ? $0.itemsAfterUpdate : $0.items }
    // Whoever asks for the first scenarios knows that there are none.
    let known = DiagnosticCode.nothingExpected.rawValue
    if startsEmpty { items.removeAll { $0.scenario == nil && $0.findings.allSatisfy { $0.code == known } } }
    let failures = suite.errors.map { Failure($0) }
    let report = CheckReport(
      command: "dramatis test", items: items, unread: failures.map(\.message), isStrict: false)
    (suggest ? Console.error : .output).write(try format.output(of: report))
    let coverage = coverage(in: result)
    let covered =
      coverage.map { CoverageText($0, least: leasts) }
      + result.stories.map { CoverageText($0, least: leasts) }
    write(covered, untested: suite.untested)
    if suggest { try await writeSuggestions(for: coverage) }
    for failure in failures { Console.error.write("dramatis: \(failure.message)\n") }
    Console.error.write(summary(of: result, report))
    if failures.contains(where: { $0.status == .environment }) { throw Failure("", .environment) }
    let isUncovered =
      covered.contains(where: \.isTooLittle) || (leasts.ofAnything > 0 && !suite.untested.isEmpty)
    let isNothing = result.runs.allSatisfy(\.outcomes.isEmpty) && !startsEmpty && changes.list == nil
    if !failures.isEmpty || isNothing || isUncovered || report.findings.contains(where: report.isFailure) {
      throw Failure("", .input)
    }
  }

  private func write(_ runs: [ScenarioRun]) throws(Failure) {
    do throws(ProjectError) {
      for run in runs { try run.update() }
    } catch {
      throw Failure(error)
    }
  }

  /// Whether there need be no scenarios yet.
  private var startsEmpty: Bool { suggest && filter == nil }

  /// What is impossible is searched for where somebody wants to know exactly.
  private func coverage(in result: ScenarioReport) -> [ProfileCoverage] {
    result.coverage.map { profile in
      guard coverage || suggest || minCoverage != nil else { return profile }
      var progress = ExplorationProgress()
      defer { progress.clear() }
      return profile.searched(isStopped: { progress.isInterrupted() })
    }
  }

  /// How much has to be covered.
  private var leasts: CoverageText.Least { CoverageText.Least(parts: minCoverage, lines: minLineCoverage) }

  /// Beside what is for machines there is no place for what is for people.
  private func write(_ covered: [CoverageText], untested: [String]) {
    let console = format == .text && !suggest ? Console.output : Console.error
    for text in covered { console.write(text.text(lists: coverage)) }
    guard coverage || minCoverage != nil || minLineCoverage != nil else { return }
    let note = leasts.ofAnything > 0 ? "  this is less than \(leasts.ofAnything) %\n" : ""
    console.write(untested.map { "\($0.oneLine): no scenarios, 0 % covered\n\(note)" }.joined())
  }

  private func writeSuggestions(for covered: [ProfileCoverage]) async throws {
    for profile in covered where profile.hasOwnScenarios {
      let (text, missing) = try await profile.suggestions()
      if let text { Console.output.write(text.shown) }
      for part in missing { Console.error.write("no scenario was found for \(part.name.oneLine)\n") }
    }
  }

  private func summary(of result: ScenarioReport, _ report: CheckReport) -> String {
    let count = result.runs.reduce(0) { $0 + $1.outcomes.count }
    guard count > 0 || !report.findings.isEmpty else {
      if changes.list != nil { return "no scenarios of what has changed\n" }
      if !result.runs.isEmpty, filter != nil { return "no scenario has a name like this\n" }
      return startsEmpty
        ? "no scenarios so far\n"
        : "no scenarios found; a file of scenarios starts with the line 'scenarios: 1'\n"
    }
    let failed = report.items.count { $0.scenario != nil && !$0.findings.isEmpty }
    let ofFiles = report.items.filter { $0.scenario == nil }
    let mistakes = ofFiles.reduce(0) { $0 + $1.count(.error) }
    let warnings = ofFiles.reduce(0) { $0 + $1.count(.warning) }
    let notes = [
      failed > 0 ? "\(failed) failed" : nil, mistakes > 0 ? mistakes.of("mistake") + " in the files" : nil,
    ].compactMap(\.self)
    let warned = warnings > 0 ? ", \(warnings.of("warning")) about the files" : ""
    let edits = update ? result.runs.reduce(0) { $0 + $1.edits.count } : 0
    let updated = edits > 0 ? " (\(edits.of("expectation")) updated)" : ""
    return
      "\(count.of("scenario")) run: \(notes.isEmpty ? "all as expected" : notes.joined(separator: ", "))\(warned)\(updated)\n"
  }
}
