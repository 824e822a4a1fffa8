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

  @OptionGroup var changes: ChangeOptions

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
    let found = Baseline(of: items, at: path)
    // One of another version, or what is none, is replaced or refused as a whole.
    let all = (try? Baseline(at: path)).map { found.keeping($0, besides: items) } ?? found
    try all.write(to: path)
    _ = all.apply(to: &items)
    let kept = all.ignored.count - found.ignored.count
    let note = kept > 0 ? ", \(kept) of other files kept" : ""
    return " (\(found.ignored.count.of("finding")) written to \(path.oneLine)\(note))"
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

/// What has changed, for commands that then look at nothing else.
struct ChangeOptions: ParsableArguments {
  @Option(
    name: .customLong("changed"),
    help: ArgumentHelp(
      "Look only at the files that this list names, and at what depends on them; - for standard input. A path a line, or as 'git diff --name-only -z' writes it.",
      valueName: "list"))
  var list: String?

  func validate() throws {
    guard list != "" else { throw ValidationError("the name that --changed gives is empty") }
  }

  func files() throws(Failure) -> ChangedFiles? {
    do throws(ProjectError) {
      guard let list else { return nil }
      return try ChangedFiles(listedAt: list)
    } catch {
      throw Failure(error)
    }
  }
}
