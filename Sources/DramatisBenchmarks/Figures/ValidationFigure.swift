import BenchmarkPeers
import DramatisCompiler
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#else
  import Musl
#endif

/// Checking a thousand profiles, against checkers of YAML in Python and a bare parse in C.
struct ValidationFigure {
  let rounds: Int
  private let tool = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "dramatis").path
  /// What teams put into their pipelines, from the folder of the package.
  private static let staticTool = ".build-static/release/dramatis"

  init(rounds: Int) {
    self.rounds = rounds
  }

  func run() throws {
    let profiles = try ValidationCase()
    Report.title(
      "checking \(ValidationCase.count) profiles of \(profiles.bytes / ValidationCase.count) bytes, from start to exit on "
        + "\(ProcessInfo.processInfo.activeProcessorCount) processors")
    let check = [tool, "validate", profiles.folder.path]
    let paths = profiles.paths
    let medians = try Race(
      rounds: rounds,
      contestants: [
        { try outcome(of: check).seconds }, { try outcome(of: check).processorSeconds },
        { try Self.parse(paths) },
      ]
    ).medians()
    let (elapsed, processor, parse) = (medians[0], medians[1], medians[2])
    Report.line("ours: \(rounded(elapsed, 3)) s (\(rounded(processor, 3)) s of processor time)")
    Report.line("a bare parse by libyaml in C, on one processor: \(rounded(parse, 3)) s")
    Report.figure("ours against the bare parse", elapsed / parse, " times", aim: .atMost(8))
    Report.line("the same in processor time: \(rounded(processor / parse)) times")
    compare(["check-jsonschema", "--schemafile", profiles.schema] + paths, elapsed, processor)
    compare(["yamllint", "-d", "relaxed", profiles.folder.path], elapsed, processor)
    try measureOne(tool, "one file", profiles.paths[0])
    if access(Self.staticTool, X_OK) == 0 {
      try measureOne(Self.staticTool, "one file, with the static binary", profiles.paths[0])
    } else {
      Report.line("SKIPPED: there is no \(Self.staticTool) (.ci/static-binary makes it)")
    }
  }

  /// From start to exit, as whoever waits for it sees it.
  private func measureOne(_ tool: String, _ what: String, _ path: String) throws {
    let times = try (0..<rounds * 5).map { _ in try outcome(of: [tool, "validate", path]).seconds }.sorted()
    Report.figure(what, times[times.count / 2] * 1000, " ms", aim: .atMost(20))
  }

  /// The seconds that libyaml takes for all events of some files.
  private static func parse(_ paths: [String]) throws -> Double {
    try nanoseconds(per: 1) {
      for path in paths where peer_parse_yaml(path) < 0 {
        throw WrongResult(description: "libyaml cannot read \(path)")
      }
    } / 1_000_000_000
  }

  /// A peer is so slow that one run will do.
  private func compare(_ words: [String], _ elapsed: Double, _ processor: Double) {
    guard let theirs = ChildProcess.run(words), theirs.status != 127 else {
      Report.line("SKIPPED: \(words[0]) is not on the path (pip install \(words[0]))")
      return
    }
    Report.line("\(words[0]): \(rounded(theirs.seconds)) s, ended with \(theirs.status)")
    Report.figure("\(words[0]) against ours", theirs.seconds / elapsed, " times", aim: .atLeast(50))
    Report.line("the same in processor time: \(rounded(theirs.processorSeconds / processor)) times")
  }

  private func outcome(of words: [String]) throws -> ChildProcess.Outcome {
    guard let outcome = ChildProcess.run(words), outcome.status != 127 else {
      throw MissingInput(description: "there is no \(tool); build it with swift build -c release")
    }
    guard outcome.status == 0 else {
      throw WrongResult(description: "\(words[0]) \(words[1]) ended with \(outcome.status)")
    }
    return outcome
  }
}
