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

  @Flag(help: "List the states, transitions, branches and steps of commitments that no scenario has used.")
  var coverage = false

  @Flag(
    help:
      "Write to standard output scenarios that use what none has used, and everything else to standard error."
  )
  var suggest = false

  @Option(help: ArgumentHelp("Fail if less of a profile is covered.", valueName: "percent"))
  var minCoverage: Int?

  @Option(help: "What to write: text, json (one object a line), sarif, github or junit.")
  var format = FindingFormat.text

  func validate() throws {
    guard minCoverage.map({ (0...100).contains($0) }) ?? true else {
      throw ValidationError("--min-coverage takes a percentage from 0 to 100")
    }
    guard !suggest || paths.count == 1 else {
      throw ValidationError("--suggest takes one profile or one file of scenarios at a time")
    }
    guard !suggest || format == .text else {
      throw ValidationError("--suggest writes scenarios to standard output, so that it takes no --format")
    }
    guard !update || !paths.contains(InputStream.standardInput) else {
      throw ValidationError("--update cannot write to standard input")
    }
  }

  func run() async throws {
    var finder = ScenarioFinder(startsEmpty: suggest)
    let sources = finder.sources(at: paths)
    let wanted = filter
    let runs = try await Parallel.map(sources) { source in
      await Result { try await ScenarioRun(source, filter: wanted) }
    }.map { try $0.get() }
    if update { for run in runs { try run.write() } }
    let report = CheckReport(
      command: "dramatis test", items: runs.flatMap { update ? $0.itemsAfterUpdate : $0.items },
      isStrict: false)
    (suggest ? Console.error : .output).write(try format.output(of: report))
    let covered = CoverageSummary.all(of: runs, isExact: coverage || suggest || minCoverage != nil)
    let untested = UntestedProfiles(among: finder.profiles, besides: sources)
    write(covered, untested)
    if suggest { try await writeSuggestions(covered) }
    for failure in finder.failures { Console.error.write("dramatis: \(failure.message)\n") }
    Console.error.write(summary(runs, report))
    if finder.failures.contains(where: { $0.status == .environment }) { throw Failure("", .environment) }
    let least = minCoverage ?? 0
    let isUncovered =
      covered.contains { $0.report.percent < least } || (least > 0 && !untested.paths.isEmpty)
    let isNothing = runs.allSatisfy(\.outcomes.isEmpty) && !startsEmpty
    if !finder.failures.isEmpty || isNothing || isUncovered
      || report.findings.contains(where: report.isFailure)
    {
      throw Failure("", .input)
    }
  }

  /// Whether there need be no scenarios yet.
  private var startsEmpty: Bool { suggest && filter == nil }

  /// Beside what is for machines there is no place for what is for people.
  private func write(_ covered: [CoverageSummary], _ untested: UntestedProfiles) {
    let console = format == .text && !suggest ? Console.output : Console.error
    for summary in covered { console.write(summary.text(lists: coverage, least: minCoverage)) }
    if coverage || minCoverage != nil { console.write(untested.text(least: minCoverage)) }
  }

  private func writeSuggestions(_ covered: [CoverageSummary]) async throws {
    for summary in covered {
      let (text, missing) = try await summary.suggestions()
      if let text { Console.output.write(text.shown) }
      for part in missing { Console.error.write("no scenario was found for \(part.name.oneLine)\n") }
    }
  }

  private func summary(_ runs: [ScenarioRun], _ report: CheckReport) -> String {
    let count = runs.reduce(0) { $0 + $1.outcomes.count }
    guard count > 0 || !report.findings.isEmpty else {
      if !runs.isEmpty, filter != nil { return "no scenario has a name like this\n" }
      return startsEmpty
        ? "no scenarios so far\n"
        : "no scenarios found; a file of scenarios starts with the line 'scenarios: 1'\n"
    }
    let failed = report.items.count { $0.scenario != nil && !$0.findings.isEmpty }
    let mistakes = report.items.filter { $0.scenario == nil }.reduce(0) { $0 + $1.findings.count }
    let notes = [
      failed > 0 ? "\(failed) failed" : nil, mistakes > 0 ? mistakes.of("mistake") + " in the files" : nil,
    ].compactMap(\.self)
    let edits = update ? runs.reduce(0) { $0 + $1.edits.count } : 0
    let updated = edits > 0 ? " (\(edits.of("expectation")) updated)" : ""
    return
      "\(count.of("scenario")) run: \(notes.isEmpty ? "all as expected" : notes.joined(separator: ", "))\(updated)\n"
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do { self = .success(try await body()) } catch { self = .failure(error) }
  }
}
