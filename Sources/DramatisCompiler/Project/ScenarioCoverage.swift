import Dramatis

/// What the scenarios of a profile cover.
public struct ProfileCoverage: Sendable {
  /// The file of the profile.
  public let path: String
  /// The same however the path is written.
  private let place: String
  /// The profile.
  public let program: Program
  /// Part by part; see ``searched(isStopped:)`` for what is impossible.
  public private(set) var report: CoverageReport
  /// What a search has come to; nil where nothing was searched.
  public private(set) var explored: SlicedExploration?
  /// Whether there are scenarios of the profile itself, and not only of stories in whose cast it is.
  public let hasOwnScenarios: Bool

  private var coverage: Coverage

  init(of program: Program, at path: String, coverage: Coverage, hasOwnScenarios: Bool) {
    (self.path, self.program, self.coverage) = (path, program, coverage)
    (self.hasOwnScenarios, place) = (hasOwnScenarios, path.place)
    report = CoverageReport(coverage, of: program)
  }

  mutating func add(_ other: ProfileCoverage) {
    coverage.formUnion(other.coverage)
    report = CoverageReport(coverage, of: program)
  }

  func isOfSame(as other: ProfileCoverage) -> Bool {
    place == other.place && program == other.program
  }

  /// The same without what nothing can lead to, where something is not covered.
  ///
  /// - Parameter isStopped: Asked before every position; once it says yes, the search ends.
  public func searched(isStopped: () -> Bool = { false }) -> ProfileCoverage {
    guard !report.uncovered.isEmpty else { return self }
    let explored = SlicedExploration(
      of: program, wanted: report.uncovered.map(\.target), isStopped: isStopped)
    var exact = self
    exact.explored = explored
    exact.report = CoverageReport(coverage, of: program, explored: explored)
    return exact
  }

  /// Scenarios that use what is not covered, as a file beside the profile, and what was not found; nothing before a search.
  public func suggestions() async throws -> (text: String?, missing: [CoverageReport.Part]) {
    guard let explored else { return (nil, []) }
    let suggester = ScenarioSuggester(for: program, explored: explored)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return try await suggester.suggestions(for: report.uncovered, coverage: coverage, profile: name)
  }
}

/// What the scenarios of a story cover of what its cast shares.
public struct StoryCoverage: Sendable {
  /// The file of the story.
  public let path: String
  /// The story.
  public let story: Story
  /// The steps of its commitments, and what is said for them.
  public private(set) var report: CoverageReport

  /// By member.
  private var coverages: [Coverage]

  init(of story: Story, at path: String, coverages: [Coverage]) {
    (self.path, self.story, self.coverages) = (path, story, coverages)
    report = CoverageReport(coverages, of: story)
  }

  mutating func add(_ other: StoryCoverage) {
    for (member, used) in other.coverages.enumerated() { coverages[member].formUnion(used) }
    report = CoverageReport(coverages, of: story)
  }

  func isOfSame(as other: StoryCoverage) -> Bool {
    path.place == other.path.place && story == other.story
  }
}

/// What is covered of something that several files of scenarios may be about.
protocol AddableCoverage {
  /// Whether both are of one thing, which did not change in between.
  func isOfSame(as other: Self) -> Bool
  mutating func add(_ other: Self)
}

extension ProfileCoverage: AddableCoverage {}
extension StoryCoverage: AddableCoverage {}

extension Array where Element: AddableCoverage {
  /// Adds to what is covered of the same thing already.
  mutating func add(_ other: Element) {
    if let index = firstIndex(where: other.isOfSame) {
      self[index].add(other)
    } else {
      append(other)
    }
  }
}
