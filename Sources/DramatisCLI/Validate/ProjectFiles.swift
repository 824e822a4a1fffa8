import DramatisCompiler

/// The files to check, each with the settings of its project.
struct ProjectFiles {
  struct Entry: Sendable {
    let file: ProfileFinder.File
    let settings: LintSettings
    /// What is left to say where the safe changes were made.
    var fixed: FileCheck?
  }

  private(set) var entries: [Entry] = []
  private var finder = ProfileFinder()
  private var settings = ProjectSettings()
  private var unreadable: [Failure] = []

  /// What could not be read or changed.
  var failures: [Failure] { finder.failures + unreadable }

  /// The settings files that have mistakes.
  var settingsReports: [FileCheck] { settings.reports.map { FileCheck($0, .other) } }

  /// Adds the files that a path stands for.
  mutating func add(_ path: String) {
    for file in finder.files(at: path) {
      do throws(Failure) {
        entries.append(Entry(file: file, settings: try settings.settings(for: file.path)))
      } catch {
        unreadable.append(error)
      }
    }
  }

  /// Makes the safe changes in all profiles and stories.
  mutating func fix() {
    for index in entries.indices {
      do throws(Failure) {
        entries[index].fixed = try FixedFile(entries[index].file, entries[index].settings)?.check
      } catch {
        unreadable.append(error)
      }
    }
  }
}
