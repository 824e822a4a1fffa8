import Dramatis
import DramatisCompiler

/// A file of scenarios, and what came of running them.
struct ScenarioRun: Sendable {
  let source: ScenarioSource
  /// In the order of the file; nothing where the file has mistakes.
  let outcomes: [(scenario: Scenario, outcome: ScenarioOutcome)]

  /// Runs the scenarios of a sound file, several at once.
  ///
  /// - Parameter filter: What their names contain, in any case; nil for all.
  init(_ source: ScenarioSource, filter: String?) async throws {
    self.source = source
    guard let program = source.program, source.reading.isSound else {
      outcomes = []
      return
    }
    let runner = ScenarioRunner(program)
    let wanted = source.reading.scenarios.filter { scenario in
      filter.map { scenario.name.lowercased().contains($0.lowercased()) } ?? true
    }
    outcomes = try await Parallel.map(wanted) { scenario -> Result<ScenarioOutcome, any Error> in
      do { return .success(try await runner.run(scenario)) } catch { return .failure(error) }
    }.enumerated().map { (wanted[$0.offset], try $0.element.get()) }
  }

  /// The file, if there are mistakes in it, and every scenario.
  var items: [CheckedItem] { fileItems + scenarioItems { $0.failures } }

  /// The same after ``write()``: what was not as expected is so now.
  var itemsAfterUpdate: [CheckedItem] {
    fileItems + scenarioItems { $0.edits.isEmpty ? $0.failures : [] }
  }

  private var fileItems: [CheckedItem] {
    source.findings.isEmpty
      ? [] : [CheckedItem(path: source.name, kind: .scenarios, findings: source.findings)]
  }

  private func scenarioItems(_ failures: (ScenarioOutcome) -> [Diagnostic]) -> [CheckedItem] {
    outcomes.map { scenario, outcome in
      CheckedItem(
        path: source.name, scenario: scenario.name, kind: .scenarios,
        findings: failures(outcome).map { FileFinding($0, in: source.reading.file) })
    }
  }

  /// What would make the scenarios expect what happened.
  var edits: [TextEdit] { outcomes.flatMap(\.outcome.edits) }

  /// Writes what happened into the file, where it is not what the file expects.
  func write() throws(Failure) {
    guard !edits.isEmpty else { return }
    try Failure.mapping(try OutputFile(path: source.path).write(source.reading.file.applying(edits)))
  }

  /// What all scenarios together have used.
  var coverage: Coverage? {
    guard let program = source.program, source.reading.isSound else { return nil }
    var coverage = Coverage(of: program)
    for (_, outcome) in outcomes { coverage.formUnion(outcome.coverage) }
    return coverage
  }
}
