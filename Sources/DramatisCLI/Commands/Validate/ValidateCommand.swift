import ArgumentParser
import Dramatis
import DramatisCompiler

/// Checks profiles.
struct ValidateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check profiles and report every mistake.",
    discussion: """
      Folders are searched for profiles, and YAML files of other kinds in them are skipped: --verbose lists them, and \
      --no-skip fails on them. A file that is nearly a profile, a story or a file of scenarios is an error. Mistakes go to \
      standard output, a summary to standard error. With --format json every line is an object with path, line, \
      column, endLine, endColumn, code, severity, message and help; lines and columns count from 1, columns in \
      Unicode code points, and the end is no longer part of the mistake.

      A baseline lists mistakes of an old project that are not reported again, wherever in their file they \
      stand: --baseline FILE --update-baseline writes it, --baseline FILE reads it.

      Example: dramatis validate Profiles
      """)

  @Argument(help: "Files, folders, or - for standard input.")
  var paths: [String]

  @Flag(help: "Fail on warnings too.")
  var strict = false

  @OptionGroup var options: CheckOptions

  @Option(
    help: ArgumentHelp(
      "Tell of these only: codes, names or beginnings of codes, with commas.", valueName: "codes"))
  var select: [String] = []

  @Option(help: ArgumentHelp("Do not tell of these.", valueName: "codes"))
  var ignore: [String] = []

  @Flag(help: "List the YAML files of other kinds that were skipped.")
  var verbose = false

  @Flag(name: .customLong("no-skip"), help: "Fail if there is a YAML file of another kind.")
  var failsOnSkipped = false

  @Flag(help: "Go on and check again what changes, and what depends on it, until Ctrl-C.")
  var watch = false

  @Flag(
    help:
      "Make the changes that are safe; from standard input, write the profile or story to standard output if it has no errors."
  )
  var fix = false

  @Flag(help: "Show what --fix would change, and change nothing.")
  var diff = false

  func validate() throws {
    _ = try selection
    guard !fix || !paths.contains(InputStream.standardInput) || paths.count == 1 else {
      throw ValidationError("--fix changes files, or what comes from standard input, but not both at once")
    }
    guard options.changes.list == nil || !fix else {
      throw ValidationError("--fix takes the files that it is to change, and no --changed")
    }
    guard !watch || !fix && options.changes.list == nil && !options.updateBaseline else {
      throw ValidationError("--watch goes with none of --fix, --changed and --update-baseline")
    }
    guard !watch || !paths.contains(InputStream.standardInput) else {
      throw ValidationError("--watch takes files and folders, not standard input")
    }
    guard options.changes.list != InputStream.standardInput || !paths.contains(InputStream.standardInput)
    else {
      throw ValidationError("standard input is either a profile or the list of what has changed")
    }
  }

  private var selection: CodeSelection {
    get throws(ValidationError) {
      do throws(UnknownCode) {
        return try CodeSelection(selecting: Self.codes(in: select), ignoring: Self.codes(in: ignore))
      } catch {
        throw ValidationError(error.description)
      }
    }
  }

  /// Those that commas separate.
  private static func codes(in options: [String]) -> [String] {
    options.flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }.map {
      $0.filter { $0 != " " }
    }
  }

  func run() async throws {
    if diff {
      var validation = Validation(of: paths, selecting: try selection, reader: .withBundledProfiles)
      return try await show(validation.fix(writes: false), of: validation)
    }
    guard watch else {
      if let failure = try await check(try options.changes.files()).failure { throw failure }
      return
    }
    var files = FileWatch(of: paths)
    files.add(try await check(nil).paths)
    Interruption.begin()
    while !Interruption.wasRequested {
      if let changed = files.changes() {
        files.add(try await check(changed).paths)
      } else {
        _ = Device.wait(for: [], milliseconds: Self.pause)
      }
    }
    Interruption.finish()
  }

  /// How long is waited before files are looked at again, in milliseconds.
  private static let pause: Int32 = 250

  /// Checks all or what has changed, and says what was found.
  ///
  /// - Returns: The files that were looked at, and as what the command fails.
  private func check(_ changed: ChangedFiles?) async throws -> (paths: [String], failure: Failure?) {
    var validation = Validation(
      of: paths, selecting: try selection, changed: changed, reader: .withBundledProfiles)
    if options.format == .text, changed == nil { tellCards() }
    if fix { write(validation.fix()) }
    var result = await validation.run()
    let note = try options.applyBaseline(to: &result.items)
    let errors = result.errors.map { Failure($0).message }
    let report = CheckReport(
      command: "dramatis validate", items: result.items, unread: errors, isStrict: strict)
    let isProfileOnOutput = fix && paths == [InputStream.standardInput]
    (isProfileOnOutput ? Console.error : Console.output).write(try options.format.output(of: report))
    for error in errors { Console.error.write("dramatis: \(error)\n") }
    if verbose || failsOnSkipped {
      for path in result.skipped { Console.error.write("skipped: \(path.oneLine)\n") }
    }
    let isNothing = result.items.isEmpty
    let summary = isNothing && changed != nil ? "nothing that has changed is to be checked" : result.summary
    Console.error.write(summary + note + "\n")
    let paths = result.items.map(\.path)
    if !result.errors.isEmpty {
      // A card that is refused was read; whatever else is told of here was not.
      let isRead = result.errors.allSatisfy { $0.code == "refused-card" }
      return (paths, Failure("", isRead ? .input : .environment))
    }
    if result.unselectedErrors > 0 {
      Console.error.write("\(result.unselectedErrors.of("error")) of other codes not shown\n")
    }
    let isFailing =
      result.unselectedErrors > 0 || failsOnSkipped && !result.skipped.isEmpty
      || isNothing && changed == nil || report.findings.contains(where: report.isFailure)
    return (paths, isFailing ? Failure("", .input) : nil)
  }

  /// Says of each card what was mended, mapped and kept, and where front ends would differ.
  private func tellCards() {
    for path in paths where path != InputStream.standardInput {
      let limit = CharacterCard.maximumBytes
      guard let bytes = try? InputStream(path: path).readAll(limit: limit), CharacterCard.isLikely(bytes),
        let card = try? CharacterCard(bytes, ending: path.fileEnding)
      else { continue }
      Console.output.write(CardReport(card, profile: CardProfile(card), file: path).text)
    }
  }

  /// Writes what would be changed; it fails where something would be, or is wrong besides.
  private func show(_ files: [FixedFile], of validation: Validation) async throws {
    for file in files { Console.output.write(file.difference) }
    let result = await validation.run()
    for error in result.errors { Console.error.write("dramatis: \(Failure(error).message)\n") }
    let changes = files.reduce(0) { $0 + $1.changes }
    Console.error.write("\(changes.of("change")) would be made; " + result.summary + "\n")
    if !result.errors.isEmpty {
      throw Failure("", result.errors.allSatisfy { $0.fault == .input } ? .input : .environment)
    }
    let isWrong = result.findings.contains { $0.severity == .error || strict }
    if changes > 0 || isWrong || result.unselectedErrors > 0 { throw Failure("", .input) }
  }

  private func write(_ files: [FixedFile]) {
    for file in files {
      if let text = file.text { Console.output.write(text) }
      guard file.path != InputStream.standardInput, file.changes > 0 else { continue }
      Console.error.write("\(file.path.oneLine): \(file.changes.of("change")) made\n")
    }
  }
}

extension ValidationReport {
  fileprivate var summary: String {
    let skippedNote = skipped.isEmpty ? "" : " (\(skipped.count.of("other YAML file")) skipped)"
    guard !items.isEmpty else {
      return "no profiles found; a profile starts with the line 'dramatis: 1'" + skippedNote
    }
    let errors = items.reduce(0) { $0 + $1.count(.error) }
    let warnings = items.reduce(0) { $0 + $1.count(.warning) }
    let found = errors + warnings == 0 ? "no problems" : "\(errors.of("error")), \(warnings.of("warning"))"
    let (profiles, stories) = (items.count { $0.kind == .profile }, items.count { $0.kind == .story })
    let scenarios = items.count { $0.kind == .scenarios }
    let files = [
      profiles > 0 ? profiles.of("profile") : nil,
      stories > 0 ? stories.of("story", "stories") : nil,
      scenarios > 0 ? scenarios.of("file of scenarios", "files of scenarios") : nil,
    ].compactMap(\.self)
    return "\(files.joined(separator: " and ")) checked: \(found)" + skippedNote
  }
}
