import Dramatis

/// Checks profiles, stories and scenarios in files and folders, each as its project asks.
///
/// ```swift
/// let report = await Validation(of: ["Profiles"]).run()
/// for finding in report.findings { print(finding.text) }
/// ```
public struct Validation: Sendable {
  private struct Entry: Sendable {
    let file: FileFinder.File
    let settings: LintSettings
    /// What is left to say where the safe changes were made.
    var fixed: FileCheck?
  }

  private var entries: [Entry] = []
  private var settings = ProjectSettings()
  private let selection: CodeSelection
  private let reader: SourceReader
  /// What has changed, where nothing else is to be looked at.
  private let changed: ChangedFiles?
  private let unreadableFolders: [ProjectError]
  /// What could not be read or changed.
  private var errors: [ProjectError] = []

  /// Finds the files that some paths stand for, and the settings of their projects.
  ///
  /// - Parameters:
  ///   - paths: Files, folders, which are searched, or `-` for standard input.
  ///   - selection: What is told of and put right; everything unless given.
  ///   - changed: What has changed: only that is checked, and what depends on it; nil for everything.
  public init(
    of paths: [String], selecting selection: CodeSelection = CodeSelection(), changed: ChangedFiles? = nil
  ) {
    self.init(of: paths, selecting: selection, changed: changed, reader: SourceReader())
  }

  package init(
    of paths: [String], selecting selection: CodeSelection = CodeSelection(), changed: ChangedFiles? = nil,
    reader: SourceReader
  ) {
    self.selection = selection
    (self.reader, self.changed) = (reader, changed)
    var finder = FileFinder()
    let files = paths.flatMap { finder.files(at: $0) }
    unreadableFolders = finder.errors.map { .file($0) }
    for file in files {
      do throws(ProjectError) {
        let own = selection.applied(to: try settings.settings(for: file.path))
        entries.append(Entry(file: file, settings: own))
      } catch {
        errors.append(error)
      }
    }
  }

  /// Makes the safe changes in all profiles and stories; what cannot be read or changed is not looked at again.
  ///
  /// - Parameter writes: Whether files are changed, rather than only told what would be changed in them.
  /// - Returns: What was looked at, in order; see ``FixedFile``.
  public mutating func fix(writes: Bool = true) -> [FixedFile] {
    var kept: [Entry] = []
    var all: [FixedFile] = []
    for var entry in entries {
      do throws(ProjectError) {
        let fixed = try FixedFile(
          fixing: entry.file, settings: entry.settings, selection: selection, writes: writes)
        if let fixed {
          if writes { entry.fixed = fixed.check }
          all.append(fixed)
        }
        kept.append(entry)
      } catch {
        errors.append(error)
      }
    }
    entries = kept
    return all
  }

  /// Checks all files, as many at once as there are processors.
  public func run() async -> ValidationReport {
    let (reader, changed) = (reader, changed)
    let checks = await Parallel.map(entries) { entry in
      entry.fixed ?? FileCheck(of: entry.file, settings: entry.settings, changed: changed, reader: reader)
    }
    let ofSettings = settings.reports.map { FileCheck.checked(CheckedItem($0, kind: nil)) }
    return ValidationReport(checks + ofSettings, errors: unreadableFolders + errors, selection)
  }
}

/// What came of checking files, in their order.
public struct ValidationReport: Sendable {
  /// The files that were checked; a profile that stories share stands there once.
  public var items: [CheckedItem]
  /// What could not be read or changed.
  public private(set) var errors: [ProjectError]
  /// The YAML files of other kinds that lie in the folders.
  public private(set) var skipped: [String] = []
  /// How many errors were found that are not told of, since they are not among the codes that were selected.
  public private(set) var unselectedErrors = 0

  /// All that was found, in the order of the files.
  public var findings: [FileFinding] { items.flatMap(\.findings) }

  fileprivate init(_ checks: [FileCheck], errors: [ProjectError], _ selection: CodeSelection) {
    items = FileCheck.eachFileOnce(checks)
    self.errors = errors
    for index in items.indices {
      let isTold = { (finding: FileFinding) in
        DiagnosticCode(rawValue: finding.code).map(selection.holds) ?? true
      }
      unselectedErrors += items[index].findings.count { $0.severity == .error && !isTold($0) }
      items[index].findings.removeAll { !isTold($0) }
    }
    for check in checks {
      switch check {
      case .checked, .story, .unchanged: break
      case .skipped(let path): skipped.append(path)
      case .unreadable(let error): self.errors.append(error)
      }
    }
  }
}

/// What came of looking at one file.
enum FileCheck: Sendable {
  case checked(CheckedItem)
  /// A story, with the profiles of its cast.
  case story(CheckedItem, cast: [CheckedItem])
  /// A YAML file of another kind, found in a folder.
  case skipped(String)
  /// One that is not asked for, since neither it has changed nor what it depends on.
  case unchanged
  case unreadable(ProjectError)

  /// Reads and checks a file.
  init(of file: FileFinder.File, settings: LintSettings, changed: ChangedFiles?, reader: SourceReader) {
    do throws(ProjectError) {
      let bytes = try reader.bytes(at: file.path)
      if let changed, !changed.concern(file.path, holding: bytes) {
        self = .unchanged
        return
      }
      switch file.kind(of: bytes) {
      case nil: self = .skipped(file.path)
      case .scenarios:
        let scenarios = ScenarioSource(path: file.path, bytes: bytes, reader: reader)
        self = .checked(CheckedItem(path: scenarios.name, kind: .scenarios, findings: scenarios.findings))
      default: self = try FileCheck(CompiledFile(of: bytes, at: file.path), at: file.path, settings: settings)
      }
      self = adding(file.oddity(of: bytes))
    } catch {
      self = .unreadable(error)
    }
  }

  private init(
    _ compiled: CompiledFile, at path: String, settings: LintSettings
  ) throws(ProjectError) {
    let name = path.nameInMessages
    switch compiled {
    case .program: self = .checked(CheckedItem(path: name, kind: .profile, findings: []))
    case .damagedProgram(let error):
      self = .checked(CheckedItem(path: name, kind: .profile, findings: [FileFinding(error, in: name)]))
    case .profile(let compilation):
      self = .checked(CheckedItem(compilation.linted(settings), kind: .profile))
    case .story(let story): try self.init(story)
    case .lore(let lore): self = .checked(CheckedItem(lore.document, kind: .lore))
    }
  }

  /// Checks a story and its cast.
  init(_ story: StoryCompilation) throws(ProjectError) {
    let linted = try story.lintedForProjects()
    self = .story(
      CheckedItem(linted.document, kind: .story),
      cast: linted.profiles.map { CheckedItem($0, kind: .profile) })
  }

  /// What was checked, file by file, though a profile may have been seen as itself and in the casts of stories.
  ///
  /// A profile that stories share stands where it stands by itself, or else behind the first of them. A rule complains
  /// about it where it does so in all of them: what one story does not use, another may.
  static func eachFileOnce(_ checks: [FileCheck]) -> [CheckedItem] {
    let casts = checks.flatMap(\.cast)
    guard !casts.isEmpty else { return checks.compactMap(\.item) }
    let versions = Dictionary(grouping: casts, by: \.place)
    var seen = Set(checks.compactMap(\.item).map(\.place))
    return checks.flatMap { check -> [CheckedItem] in
      let own = check.item.map { $0.agreeing(with: versions[$0.place] ?? []) }
      let cast = check.cast.filter { seen.insert($0.place).inserted }
      return [own].compactMap(\.self) + cast.map { $0.agreeing(with: versions[$0.place] ?? []) }
    }
  }

  /// The same with what is odd about a file that can be read.
  func adding(_ oddity: FileFinding?) -> FileCheck {
    guard let oddity else { return self }
    switch self {
    case .checked(let item): return .checked(item.adding(oddity))
    case .story(let item, let cast): return .story(item.adding(oddity), cast: cast)
    case .skipped, .unchanged, .unreadable: return self
    }
  }

  /// What was found in the file itself.
  private var item: CheckedItem? {
    switch self {
    case .checked(let item), .story(let item, _): item
    case .skipped, .unchanged, .unreadable: nil
    }
  }

  private var cast: [CheckedItem] {
    if case .story(_, let cast) = self { cast } else { [] }
  }
}

extension CheckedItem {
  /// The same for all paths that lead to one file.
  fileprivate var place: String { path.realPath ?? path }

  fileprivate func adding(_ finding: FileFinding) -> CheckedItem {
    CheckedItem(path: path, scenario: scenario, kind: kind, findings: [finding] + findings)
  }

  /// What all stories say of a member of their casts; itself where there are none.
  fileprivate func agreeing(with versions: [CheckedItem]) -> CheckedItem {
    guard var agreed = versions.first else { return self }
    for other in versions.dropFirst() {
      agreed.findings.removeAll { finding in !other.findings.contains { $0.isSame(as: finding) } }
    }
    return agreed
  }
}
