import Dramatis
import DramatisCompiler

/// The files to check, each with the settings of its project.
struct ProjectFiles {
  struct Entry: Sendable {
    let file: FileFinder.File
    let settings: LintSettings
    /// What is left to say where the safe changes were made.
    var fixed: FileCheck?
  }

  private(set) var entries: [Entry] = []
  private var finder = FileFinder()
  private var settings = ProjectSettings()
  private var unreadable: [Failure] = []

  /// What could not be read or changed.
  var failures: [Failure] { finder.errors.map { Failure($0) } + unreadable }

  /// The settings files that have mistakes.
  var settingsReports: [FileCheck] { settings.reports.map { FileCheck($0, nil) } }

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

  /// Makes the safe changes in all profiles and stories; what cannot be read or changed is not looked at again.
  mutating func fix() {
    var kept: [Entry] = []
    for var entry in entries {
      do throws(Failure) {
        entry.fixed = try FixedFile(entry.file, entry.settings)?.check
        kept.append(entry)
      } catch {
        unreadable.append(error)
      }
    }
    entries = kept
  }
}
