import ArgumentParser
import Dramatis
import DramatisCompiler

/// Checks profiles.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check profiles and report every mistake.",
    discussion: """
      Folders are searched for profiles, and YAML files of other kinds in them are skipped. Mistakes go to \
      standard output, a summary to standard error.

      Example: dramatis validate Profiles
      """)

  @Argument(help: "Files, folders, or - for standard input.")
  var paths: [String]

  @Flag(help: "Fail on warnings too.")
  var strict = false

  func run() throws {
    var report = ValidationReport()
    for path in paths { check(path, &report) }
    Console.error.write(report.summary + "\n")
    if report.isIncomplete { throw Failure("", .environment) }
    if report.checked == 0 { throw Failure("", .input) }
    if report.errors > 0 || (strict && report.warnings > 0) { throw Failure("", .input) }
  }
}

extension ValidateCommand {
  /// Checks what a path stands for; what cannot be read is reported and passed over.
  private func check(_ path: String, _ report: inout ValidationReport) {
    var finder = ProfileFinder()
    for source in finder.sources(at: path) {
      do {
        report.add(source, try source.read())
      } catch {
        finder.failures.append(error)
      }
    }
    report.skipped += finder.skipped
    for failure in finder.failures {
      report.isIncomplete = true
      Console.error.write("dramatis: \(failure.message)\n")
    }
  }
}

/// What was found in the files so far.
private struct ValidationReport {
  private(set) var checked = 0
  private(set) var errors = 0
  private(set) var warnings = 0
  var skipped = 0
  var isIncomplete = false

  mutating func add(_ source: ProfileSource, _ content: ProfileSource.Content) {
    checked += 1
    switch content {
    case .program: break
    case .damagedProgram(let error):
      errors += 1
      Console.output.write("error: \("\(error)".oneLine)\n  --> \(source.name.oneLine)\n\n")
    case .profile(let compilation):
      errors += compilation.errors.count
      warnings += compilation.warnings.count
      guard !compilation.diagnostics.isEmpty else { return }
      Console.output.write(compilation.report(compilation.diagnostics) + "\n\n")
    }
  }

  var summary: String {
    guard checked > 0 else {
      return "no profiles found; a profile starts with the line 'dramatis: 1'" + skippedNote
    }
    let found =
      errors + warnings == 0 ? "no problems" : "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    return "\(counted(checked, "profile")) checked: \(found)" + skippedNote
  }

  private var skippedNote: String {
    skipped == 0 ? "" : " (\(counted(skipped, "other YAML file")) skipped)"
  }

  private func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
