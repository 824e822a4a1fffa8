import ArgumentParser
import BundledProfiles

/// How many mistakes in a profile its scenarios and the validator notice.
struct Mutations: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make profiles wrong in every way, and count what the validator and their scenarios notice.",
    discussion: """
      Each mutation is one change of a profile. It is noticed if the compiler refuses it, if a rule complains \
      about it, or if one of the scenarios beside the profile fails; those that compile to the same program do not count. \
      With --floor, a lower score ends with 1.

      Example: swift run -c release dramatis-benchmarks mutations --survivors
      """)

  @Argument(help: "Profiles, those that ship unless given; scenarios lie beside them.")
  var profiles = BundledProfiles.names.map { "Profiles/\($0).yaml" }

  @Option(help: "Decides where a change could be made in several ways.")
  var seed: UInt64 = 1

  @Option(help: "How many mutations of one kind are looked at in one profile.")
  var limit = 100_000

  @Flag(help: "List the mutations that nobody noticed.")
  var survivors = false

  @Option(help: "The least score, in percent.")
  var floor = 0.0

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is at least 1") }
    guard (0...100).contains(floor) else { throw ValidationError("--floor is 0 to 100") }
  }

  func run() async throws {
    var tests: [(test: MutationTest, verdicts: [MutationTest.Verdict])] = []
    for path in profiles {
      let test = try MutationTest(path: path, seed: seed, limit: limit)
      tests.append((test, try await test.verdicts()))
    }
    let table = MutationTable(tests)
    for line in table.lines + (survivors ? table.survivors : []) { print(line) }
    guard table.score >= floor else {
      throw WrongResult(description: "the score is \(rounded(table.score)) %, less than \(rounded(floor)) %")
    }
  }
}
