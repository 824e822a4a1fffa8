import ArgumentParser

/// How well payoffs are timed on stories of which the truth is known: an ablation of the gate.
struct Timing: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time payoffs in generated stories, with an oracle that makes mistakes.",
    discussion: """
      Exits with 1 unless an oracle without mistakes and a gate without anything make every debt due in its very turn.

      Example: swift run -c release dramatis-benchmarks timing
      """)

  @Option(help: "How many stories, of six debts each.")
  var stories = 500

  @Option(help: "Decides all stories and mistakes.")
  var seed: UInt64 = 1

  /// The probabilities of a wrong yes in a turn, and of a wrong no.
  static let noise: [(falsePositive: Double, falseNegative: Double)] = [
    (0, 0), (0.002, 0.05), (0.01, 0.1), (0.02, 0.2), (0.05, 0.2), (0.1, 0.3),
  ]

  func validate() throws {
    guard (1...100_000).contains(stories) else { throw ValidationError("--stories is 1 to 100000") }
  }

  func run() throws {
    let test = TimingTest(stories: stories, seed: seed)
    for noise in Self.noise {
      let oracle = TimingOracle(falsePositive: noise.falsePositive, falseNegative: noise.falseNegative)
      print("\nwrong yes \(percent(noise.falsePositive)), wrong no \(percent(noise.falseNegative))")
      print("| gate | right | early | late | missed | delay |\n| --- | --- | --- | --- | --- | --- |")
      for gate in TimingGate.all {
        let tally = try test.tally(gate, oracle)
        print(row(gate.name, tally))
        guard gate.name != "naive" || noise.falsePositive > 0 || tally.isPerfect else {
          throw WrongResult(description: "with a perfect oracle not every debt became due in its turn")
        }
      }
    }
  }

  private func row(_ name: String, _ tally: TimingTally) -> String {
    let counts = [tally.right, tally.early, tally.late, tally.missed]
      .map { "\(rounded(tally.percent($0))) %" }
    return "| \(([name] + counts + [rounded(tally.meanDelay)]).joined(separator: " | ")) |"
  }

  private func percent(_ probability: Double) -> String { "\(rounded(probability * 100)) %" }
}
