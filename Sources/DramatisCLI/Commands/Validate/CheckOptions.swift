import ArgumentParser
import DramatisCompiler

/// What every command that checks files can be told about its report.
struct CheckOptions: ParsableArguments {
  @Option(help: "What to write: text, json (one object a line), sarif, github or junit.")
  var format = FindingFormat.text

  @Option(help: ArgumentHelp("Ignore what this file lists.", valueName: "file"))
  var baseline: String?

  @Flag(help: "Write all that is found to the baseline instead of failing.")
  var updateBaseline = false

  func validate() throws {
    guard baseline != "" else { throw ValidationError("the name that --baseline gives is empty") }
    guard baseline != nil || !updateBaseline else {
      throw ValidationError("--update-baseline needs --baseline FILE")
    }
  }

  /// Takes out what the baseline lists, or writes it anew.
  ///
  /// - Returns: What to add to the summary.
  func applyBaseline(to items: inout [CheckedItem]) throws(Failure) -> String {
    guard let baseline else { return "" }
    do throws(ProjectError) {
      return updateBaseline ? try write(items: &items, to: baseline) : try read(baseline, for: &items)
    } catch {
      if case .file(let error) = error { throw Failure(error, otherKind: .input) }
      throw Failure(error)
    }
  }

  private func write(items: inout [CheckedItem], to path: String) throws(ProjectError) -> String {
    let all = Baseline(of: items)
    try all.write(to: path)
    _ = all.apply(to: &items)
    return " (\(all.ignored.count.of("finding")) written to \(path.oneLine))"
  }

  private func read(_ path: String, for items: inout [CheckedItem]) throws(ProjectError) -> String {
    let (ignored, outdated) = try Baseline(at: path).apply(to: &items)
    let notes = [
      ignored == 0 ? nil : "\(ignored) ignored by the baseline",
      outdated == 0 ? nil : "\(outdated) of the baseline no longer found",
    ].compactMap(\.self)
    return notes.isEmpty ? "" : " (\(notes.joined(separator: ", ")))"
  }
}
