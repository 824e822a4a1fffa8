import Dramatis
import DramatisCompiler

/// What the scenarios of a profile cover, for people.
struct CoverageSummary {
  let profile: String
  let program: Program
  let coverage: Coverage
  let report: CoverageReport
  /// What a search has come to; nil where nothing was searched.
  let explored: SlicedExploration?

  /// One for each profile, whose scenarios may stand in several files.
  ///
  /// - Parameter isExact: Whether to search for what is impossible where something is not covered.
  static func all(of runs: [ScenarioRun], isExact: Bool) -> [CoverageSummary] {
    var profiles: [(path: String, program: Program, coverage: Coverage)] = []
    for run in runs {
      guard let program = run.source.program, let path = run.source.profilePath, let coverage = run.coverage
      else { continue }
      if let index = profiles.firstIndex(where: { $0.path == path }) {
        profiles[index].coverage.formUnion(coverage)
      } else {
        profiles.append((path, program, coverage))
      }
    }
    return profiles.map { path, program, coverage in
      let report = CoverageReport(coverage, of: program)
      let isSearched = isExact && !report.uncovered.isEmpty
      var progress = ExplorationProgress()
      let explored =
        isSearched
        ? SlicedExploration(
          of: program, wanted: report.uncovered.map(\.target), isStopped: { progress.isInterrupted() })
        : nil
      progress.clear()
      return CoverageSummary(
        profile: path, program: program, coverage: coverage,
        report: explored.map { CoverageReport(coverage, of: program, explored: $0) } ?? report,
        explored: explored)
    }
  }

  /// Scenarios that use what is not covered, as a file beside the profile, and what was not found.
  func suggestions() async throws -> (text: String?, missing: [CoverageReport.Part]) {
    guard let explored else { return (nil, []) }
    let suggester = ScenarioSuggester(for: program, explored: explored)
    let name = profile.split(separator: "/").last.map(String.init) ?? profile
    return try await suggester.suggestions(for: report.uncovered, coverage: coverage, profile: name)
  }

  /// A line of counts, and what is not covered if that is wanted.
  func text(lists: Bool, least: Int?) -> String {
    var text = TextReport()
    let counts = CoverageReport.Kind.allCases.compactMap { kind -> String? in
      let (covered, all) = report.count(of: kind)
      return kind == .commitment && all == 0 ? nil : "\(covered) of \(kind.text(all))"
    }
    text.line("\(profile): \(counts.joined(separator: ", ")) covered, \(report.percent) %")
    if let least, report.percent < least { text.line("  this is less than \(least) %") }
    if explored?.wasBounded ?? false, !report.uncovered.isEmpty {
      text.line("  the search for ways there ended at its bound: some of what is missing may be impossible")
    }
    if lists {
      for part in report.uncovered {
        text.entry(part.name, part.detail.isEmpty ? "never used" : part.detail, column: 24)
      }
    }
    return text.text
  }
}

extension CoverageReport.Kind {
  fileprivate func text(_ count: Int) -> String {
    switch self {
    case .state, .transition: count.of(rawValue)
    case .gate: count.of("branch", "branches")
    case .commitment: count.of("step of a commitment", "steps of commitments")
    }
  }
}
