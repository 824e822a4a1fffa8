import Dramatis
import FoundationEssentials

/// The scenarios in files and folders.
///
/// ```swift
/// let report = try await ScenarioSuite(at: ["Profiles"]).run()
/// for finding in report.findings { print(finding.text) }
/// for profile in report.coverage { print("\(profile.path): \(profile.report.percent) % covered") }
/// ```
public struct ScenarioSuite: Sendable {
  /// What could not be read.
  public private(set) var errors: [ProjectError] = []
  /// The profiles that lie in folders and for which no file of scenarios was found, nor one of a story in whose cast they
  /// are: nothing of them is covered.
  public let untested: [String]

  private let sources: [ScenarioSource]
  /// The profiles whose own scenarios are left out since they have not changed.
  private let leftOut: Set<String>

  /// Finds the files of scenarios that some paths stand for.
  ///
  /// - Parameters:
  ///   - paths: Files of scenarios, profiles, whose scenarios lie beside them, folders, which are searched, or `-`
  ///     for standard input.
  ///   - changed: What has changed: only scenarios that did, or whose profiles did, are run; nil for all.
  public init(at paths: [String], changed: ChangedFiles? = nil) {
    self.init(at: paths, startsEmpty: false, changed: changed, reader: SourceReader())
  }

  /// - Parameter startsEmpty: Whether a profile that has no scenarios yet is taken with none, so that some can be suggested.
  package init(
    at paths: [String], startsEmpty: Bool, changed: ChangedFiles? = nil, reader: SourceReader
  ) {
    var finder = ScenarioFinder(startsEmpty: startsEmpty, reader: reader)
    let all = finder.sources(at: paths)
    errors = finder.errors
    let sources = changed.map { changed in all.filter { $0.isConcerned(by: changed) } } ?? all
    let tested = Set(all.compactMap(\.profilePath).map(\.place))
    let cast = Set(all.flatMap(\.profilesOfCast).map(\.path.place))
    untested = finder.profiles.filter { !tested.contains($0.place) && !cast.contains($0.place) }
    leftOut = tested.subtracting(sources.compactMap(\.profilePath).map(\.place))
    self.sources = sources
  }

  /// Runs the scenarios of all sound files, several at once.
  ///
  /// - Parameter filter: What their names contain, in any case; nil for all.
  /// - Throws: What a session throws, which a sound scenario gives no reason for.
  public func run(filter: String? = nil) async throws -> ScenarioReport {
    let runs = await Parallel.map(sources) { source -> Result<ScenarioRun, any Error> in
      do { return .success(try await ScenarioRun(source, filter: filter)) } catch { return .failure(error) }
    }
    return ScenarioReport(runs: try runs.map { try $0.get() }, leftOut: leftOut)
  }
}

/// What came of running scenarios, file by file.
public struct ScenarioReport: Sendable {
  /// The files, in their order.
  public let runs: [ScenarioRun]

  /// Every file that has mistakes, and every scenario.
  public var items: [CheckedItem] { runs.flatMap(\.items) }
  /// All that is wrong: mistakes in files, and turns that are not as expected.
  public var findings: [FileFinding] { items.flatMap(\.findings) }

  /// Profiles whose own scenarios were not run, so that nobody can tell what is covered of them.
  private let leftOut: Set<String>

  fileprivate init(runs: [ScenarioRun], leftOut: Set<String>) {
    (self.runs, self.leftOut) = (runs, leftOut)
  }

  /// What the scenarios cover of each profile: those in its own files, which may be several, and those of stories.
  ///
  /// Profiles that have scenarios of their own come first, then those that are in casts alone.
  public var coverage: [ProfileCoverage] {
    var profiles: [ProfileCoverage] = []
    for run in runs {
      guard case .program(let program) = run.source.subject, let path = run.source.profilePath,
        let coverage = run.coverage
      else { continue }
      profiles.add(ProfileCoverage(of: program, at: path, coverage: coverage, hasOwnScenarios: true))
    }
    for run in runs {
      for (profile, coverage) in zip(run.source.profilesOfCast, run.coverages)
      where !leftOut.contains(profile.path.place) {
        let (path, program) = (profile.path, profile.program)
        profiles.add(
          ProfileCoverage(
            of: program, at: path, coverage: coverage.narrowed(to: program), hasOwnScenarios: false))
      }
    }
    return profiles
  }

  /// What the scenarios of each story cover of the commitments that its cast shares; nothing of a story without any.
  public var stories: [StoryCoverage] {
    var stories: [StoryCoverage] = []
    for run in runs where !run.coverages.isEmpty {
      guard case .story(let story) = run.source.subject, let path = run.source.profilePath else { continue }
      stories.add(StoryCoverage(of: story, at: path, coverages: run.coverages))
    }
    return stories.filter { !$0.report.parts.isEmpty }
  }
}

/// A file of scenarios, and what came of running them.
public struct ScenarioRun: Sendable {
  let source: ScenarioSource
  /// In the order of the file; nothing where the file has mistakes.
  public let outcomes: [(scenario: Scenario, outcome: ScenarioOutcome)]

  /// The file, or `-` for standard input.
  public var path: String { source.path }

  init(_ source: ScenarioSource, filter: String?) async throws {
    self.source = source
    guard let runner = source.subject?.runner, source.reading.isSound else {
      outcomes = []
      return
    }
    let wanted = source.reading.scenarios.filter { scenario in
      filter.map { scenario.name.lowercased().contains($0.lowercased()) } ?? true
    }
    let results = await Parallel.map(wanted) { scenario -> Result<ScenarioOutcome, any Error> in
      do { return .success(try await runner.run(scenario)) } catch { return .failure(error) }
    }
    outcomes = try zip(wanted, results).map { ($0, try $1.get()) }
  }

  /// The file, if there are mistakes in it, and every scenario.
  public var items: [CheckedItem] { fileItems + scenarioItems { $0.failures } }

  /// The same after ``update()``: what was not as expected is so now.
  public var itemsAfterUpdate: [CheckedItem] {
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
        findings: failures(outcome).map {
          FileFinding($0, in: source.reading.file, below: source.reading.root)
        })
    }
  }

  /// What would make the scenarios expect what happened.
  public var edits: [TextEdit] { outcomes.flatMap(\.outcome.edits) }

  /// Writes what happened into the file, where it is not what the file expects.
  public func update() throws(ProjectError) {
    guard !edits.isEmpty else { return }
    try ProjectError.mapping(
      try OutputFile(path: source.path).write(source.reading.file.applying(edits)))
  }

  /// What all scenarios together have used; nil where the file has mistakes, and for those of a story.
  public var coverage: Coverage? {
    guard case .program = source.subject else { return nil }
    return coverages.first
  }

  /// What all scenarios together have used, member by member; nothing where the file has mistakes.
  var coverages: [Coverage] {
    guard source.reading.isSound else { return [] }
    var coverages = source.subject?.cast.map { Coverage(of: $0) } ?? []
    for (_, outcome) in outcomes {
      for (member, used) in ([outcome.coverage] + outcome.coverageOfOthers).enumerated() {
        coverages[member].formUnion(used)
      }
    }
    return coverages
  }
}

/// Finds the files of scenarios that paths stand for.
private struct ScenarioFinder {
  let startsEmpty: Bool
  let reader: SourceReader
  /// What could not be read.
  private(set) var errors: [ProjectError] = []
  /// The profiles that lie in folders.
  private(set) var profiles: [String] = []

  init(startsEmpty: Bool, reader: SourceReader) {
    (self.startsEmpty, self.reader) = (startsEmpty, reader)
  }

  /// Every file once, in the order of the paths.
  mutating func sources(at paths: [String]) -> [ScenarioSource] {
    var finder = FileFinder()
    var seen: Set<String> = []
    var sources: [ScenarioSource] = []
    for file in paths.flatMap({ finder.files(at: $0) }) {
      do throws(ProjectError) {
        guard let source = try source(of: file), seen.insert(source.path).inserted else { continue }
        sources.append(source)
      } catch {
        errors.append(error)
      }
    }
    errors += finder.errors.map { .file($0) }
    return sources
  }

  /// A file of scenarios, or the one beside a profile that was named.
  private mutating func source(of file: FileFinder.File) throws(ProjectError) -> ScenarioSource? {
    let bytes = try reader.bytes(at: file.path)
    let kind = file.kind(of: bytes)
    if kind == .scenarios { return ScenarioSource(path: file.path, bytes: bytes, reader: reader) }
    if file.isFound {
      if kind == .profile { profiles.append(file.path) }
      return nil
    }
    for (long, short) in ScenarioSource.endings where file.path.hasSuffix(short) {
      let isProfile = !(file.path.hasSuffix(long) && bytes.isBlank)
      let stem = file.path.dropLast(isProfile ? short.count : long.count)
      return try scenarios(at: stem + long, of: stem + short)
    }
    throw .notScenarios(path: file.path)
  }

  private func scenarios(at path: String, of profile: String) throws(ProjectError) -> ScenarioSource {
    let file = OutputFile(path: path)
    guard !file.isSpecial else {
      throw .file(FileError(.refused(operation: "read", reason: "it is no plain file"), path: path))
    }
    let bytes = file.exists ? try reader.bytes(at: path) : nil
    if let bytes, !bytes.isBlank { return ScenarioSource(path: path, bytes: bytes, reader: reader) }
    guard startsEmpty else {
      throw bytes == nil
        ? .noScenarios(path: path, profile: profile) : .emptyScenarios(path: path, profile: profile)
    }
    return ScenarioSource(path: path, bytes: Array("scenarios: 1\ntests: {}\n".utf8), reader: reader)
  }
}

extension [UInt8] {
  fileprivate var isBlank: Bool { allSatisfy { [0x09, 0x0A, 0x0D, 0x20].contains($0) } }
}
