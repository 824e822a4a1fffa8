import ArgumentParser

/// Measures the engine and checks it against peers at the same time.
struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dramatis-benchmarks",
    abstract: "Measure the engine against peers in the same run, and compare what they come to.",
    discussion: """
      Times are processor times; medians of rounds in which the peers take turns. Exits with 1 where results \
      differ from a peer's, whatever the times. An aim that is missed is printed as MISSED.

      Example: swift run -c release dramatis-benchmarks figures
      """,
    subcommands: [Classics.self, Figures.self, Timing.self, Models.self, Mutations.self, Understanding.self],
    defaultSubcommand: Classics.self)
}
