import BenchmarkPeers
import DramatisCompiler
import FoundationEssentials

/// Checking a thousand profiles, against checkers of YAML in Python and a bare parse in C.
struct ValidationFigure {
  let rounds: Int

  func run() throws {
    let profiles = try ValidationCase()
    Report.title(
      "checking \(ValidationCase.count) profiles of \(profiles.bytes / ValidationCase.count) bytes, in seconds from start to exit"
    )
    let tool = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "dramatis").path
    let folder = profiles.folder.path
    guard let ours = try median(of: [tool, "validate", folder]) else {
      throw MissingInput(description: "there is no \(tool); build it with swift build -c release")
    }
    Report.line("ours: \(rounded(ours.seconds, 3)) s (\(rounded(ours.processor, 3)) s of processor time)")
    try compareParsing(profiles, ours.seconds)
    try compare(["check-jsonschema", "--schemafile", profiles.schema] + profiles.paths, ours.seconds)
    try compare(["yamllint", "-d", "relaxed", folder], ours.seconds)
    if let one = try median(of: [tool, "validate", profiles.paths[0]]) {
      Report.figure("one file", one.seconds * 1000, " ms", aim: .atMost(20))
    }
  }

  private func compareParsing(_ profiles: borrowing ValidationCase, _ ours: Double) throws {
    var times: [Double] = []
    for _ in 0..<rounds {
      let start = ChildProcess.now
      for path in profiles.paths where peer_parse_yaml(path) < 0 {
        throw WrongResult(description: "libyaml cannot read \(path)")
      }
      times.append(ChildProcess.now - start)
    }
    let parse = times.sorted()[times.count / 2]
    Report.line("a bare parse by libyaml in C, one thread: \(rounded(parse, 3)) s")
    Report.figure("ours against the bare parse", ours / parse, " times", aim: .atMost(8))
  }

  /// A peer is so slow that one run will do.
  private func compare(_ words: [String], _ ours: Double) throws {
    guard let theirs = ChildProcess.run(words), theirs.status != 127 else {
      Report.line("SKIPPED: \(words[0]) is not on the path (pip install \(words[0]))")
      return
    }
    Report.line("\(words[0]): \(rounded(theirs.seconds, 1)) s, ended with \(theirs.status)")
    Report.figure("\(words[0]) against ours", theirs.seconds / ours, " times", aim: .atLeast(50))
  }

  private func median(of words: [String]) throws -> (seconds: Double, processor: Double)? {
    var outcomes: [ChildProcess.Outcome] = []
    for _ in 0..<rounds {
      guard let outcome = ChildProcess.run(words), outcome.status != 127 else { return nil }
      guard outcome.status == 0 else {
        throw WrongResult(description: "\(words[0]) \(words[1]) ended with \(outcome.status)")
      }
      outcomes.append(outcome)
    }
    let middle = outcomes.sorted { $0.seconds < $1.seconds }[outcomes.count / 2]
    return (middle.seconds, middle.processorSeconds)
  }
}
