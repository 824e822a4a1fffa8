import ArgumentParser
import BundledProfiles
import Dramatis
import DramatisCompiler
import FoundationEssentials

/// How well the cues of the characters that ship understand what people say.
struct Understanding: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count what the cues of the characters that ship understand of ordinary phrasing.",
    discussion: """
      Utterances were written and labelled without sight of the profiles; half of them, `seen`, by whoever wrote cues, \
      half, `unseen`, kept from them. A pair of an utterance and a question counts; a question that is answered yes \
      is understood. With floors, less than that ends with 1.

      Example: swift run -c release dramatis-benchmarks understanding --mistakes
      """)

  @Argument(help: "The folder of the utterances: NAME.seen.jsonl and NAME.unseen.jsonl.")
  var folder = "Tests/RepositoryTests/Utterances"

  @Flag(help: "List what was missed and what was understood wrongly, of the seen half.")
  var mistakes = false

  @Option(help: "The least recall of a half over all characters, in percent.")
  var recall = 0.0

  @Option(help: "The least precision, in percent.")
  var precision = 0.0

  @Option(help: "The least kappa, in percent.")
  var kappa = 0.0

  @Option(
    help: "The most utterances in which nothing is understood, in percent of those that ask for a reaction.")
  var silence = 100.0

  func run() throws {
    print("character  half    utterances  recall  precision  kappa  nothing understood")
    for half in ["seen", "unseen"] {
      var all = UnderstandingTally()
      var count = 0
      for name in BundledProfiles.names {
        let path = "\(folder)/\(name).\(half).jsonl"
        guard FileManager.default.fileExists(atPath: path) else { continue }
        let utterances = try Utterance.all(of: path)
        let program = try Self.program(name)
        var tally = UnderstandingTally()
        tally.read(utterances, with: program)
        all.read(utterances, with: program)
        count += utterances.count
        Self.row(name, half, utterances.count, tally)
        if mistakes, half == "seen" { for mistake in tally.mistakes { print("  \(mistake)") } }
      }
      guard count > 0 else { continue }
      Self.row("all", half, count, all)
      try check(all, half)
    }
  }

  private func check(_ tally: UnderstandingTally, _ half: String) throws {
    let isFine =
      tally.recall * 100 >= recall && tally.precision * 100 >= precision && tally.kappa * 100 >= kappa
      && tally.silence * 100 <= silence
    guard isFine else {
      throw WrongResult(description: "the \(half) half is understood less well than it has to be")
    }
  }

  private static func row(_ name: String, _ half: String, _ count: Int, _ tally: UnderstandingTally) {
    let figures = [tally.recall, tally.precision, tally.kappa, tally.silence].map { rounded($0 * 100) }
    let cells = zip([name, half, "\(count)"] + figures, [11, 8, 12, 8, 11, 7, 0])
    print(cells.map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }.joined())
  }

  /// The program of a character that ships, as its file in the checkout has it.
  private static func program(_ name: String) throws -> Program {
    let path = "Profiles/\(name).yaml"
    let bytes =
      (try? Data(contentsOf: URL(filePath: path))).map { Array($0) } ?? BundledProfiles.profile(name)
    let compilation = Compilation(of: bytes ?? [], name: path)
    guard let program = compilation.program else {
      throw WrongResult(description: "\(path) does not compile:\n\(compilation.report(compilation.errors))")
    }
    return program
  }
}
