import ArgumentParser
import Dramatis
import DramatisCompiler
import FoundationEssentials

/// Walks random paths through the classic machines and compares every end state with a plain table.
struct Classics: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Walk random paths through three classic machines: how many end right, and how long a step takes.",
    discussion: """
      Exits with 1 if a single end state differs from the table.

      Example: swift run -c release dramatis-benchmarks classics --paths 1000
      """)

  @Option(help: "The folder of the three profiles.")
  var profiles = "Examples/Classics"

  @Option(help: "How many paths of length 1 to 10 to walk in each machine.")
  var paths = 10_000

  @Option(help: "How many steps the one long path has.")
  var steps = 1_000_000

  @Option(help: "Decides the paths.")
  var seed: UInt64 = 1

  func validate() throws {
    guard paths > 0, steps > 0 else { throw ValidationError("--paths and --steps are at least 1") }
  }

  func run() throws {
    var wrong: [String] = []
    for classic in Classic.all {
      guard let test = SyntheticTest(classic, try program(classic.name)) else {
        throw MissingInput(description: "\(classic.name).yaml has no machine '\(classic.machine)'")
      }
      let short = test.run(paths: paths, seed: seed)
      let long = test.run(paths: 1, length: steps, seed: seed &+ 1)
      show(classic.name, "paths of 1 to 10", short)
      show(classic.name, "one long path", long)
      if short.right < short.paths || long.right < long.paths { wrong.append(classic.name) }
    }
    guard wrong.isEmpty else { throw WrongResult(description: "wrong end states: \(wrong)") }
  }

  private func program(_ name: String) throws -> Program {
    let path = "\(profiles)/\(name).yaml"
    guard let data = try? Data(contentsOf: URL(filePath: path)) else {
      throw MissingInput(
        description: "cannot read \(path); run this where the package lies or give --profiles")
    }
    return try Program(profile: Array(data), name: path)
  }

  private func show(_ name: String, _ what: String, _ outcome: SyntheticTest.Outcome) {
    print(
      "\(name), \(what): \(outcome.right) of \(outcome.paths) end states right, "
        + "\(outcome.steps) steps, \(outcome.nanosecondsPerStep) ns per step")
  }
}
