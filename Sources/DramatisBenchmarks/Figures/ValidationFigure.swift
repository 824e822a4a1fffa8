import BenchmarkPeers
import DramatisCompiler
import FoundationEssentials

/// Checking a thousand profiles, against checkers of YAML in Python and a bare parse in C.
struct ValidationFigure {
  let rounds: Int
  private let tool = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .appending(path: "dramatis").path

  init(rounds: Int) {
    self.rounds = rounds
  }

  func run() throws {
    let profiles = try ValidationCase()
    Report.title(
      "checking \(ValidationCase.count) profiles of \(profiles.bytes / ValidationCase.count) bytes, in processor time"
    )
    let check = [tool, "validate", profiles.folder.path]
    let elapsed = try outcome(of: check).seconds
    let paths = profiles.paths
    let medians = try Race(
      rounds: rounds,
      contestants: [{ try outcome(of: check).processorSeconds }, { try Self.parse(paths) }]
    ).medians()
    Report.line("ours: \(rounded(medians[0], 3)) s (\(rounded(elapsed, 3)) s from start to exit)")
    Report.line("a bare parse by libyaml in C: \(rounded(medians[1], 3)) s")
    Report.figure("ours against the bare parse", medians[0] / medians[1], " times", aim: .atMost(8))
    compare(["check-jsonschema", "--schemafile", profiles.schema] + paths, medians[0], elapsed)
    compare(["yamllint", "-d", "relaxed", profiles.folder.path], medians[0], elapsed)
    try measureOne(profiles.paths[0])
  }

  /// From start to exit, as whoever waits for it sees it.
  private func measureOne(_ path: String) throws {
    let times = try (0..<rounds).map { _ in try outcome(of: [tool, "validate", path]).seconds }.sorted()
    Report.figure("one file, from start to exit", times[times.count / 2] * 1000, " ms", aim: .atMost(20))
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
  private func compare(_ words: [String], _ ours: Double, _ elapsed: Double) {
    guard let theirs = ChildProcess.run(words), theirs.status != 127 else {
      Report.line("SKIPPED: \(words[0]) is not on the path (pip install \(words[0]))")
      return
    }
    let seconds = theirs.processorSeconds
    Report.line("\(words[0]): \(rounded(seconds)) s, ended with \(theirs.status)")
    Report.figure("\(words[0]) against ours", seconds / ours, " times", aim: .atLeast(50))
    Report.line("the same from start to exit: \(rounded(theirs.seconds / elapsed)) times")
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
