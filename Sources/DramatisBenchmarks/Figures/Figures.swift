import ArgumentParser

/// Every figure of the page of figures, with its peers.
struct Figures: ParsableCommand {
  /// What can be measured.
  enum Suite: String, CaseIterable, ExpressibleByArgument {
    case step, belief, tree, allocations, snapshot, characters, crowd, validation, lore
  }

  static let configuration = CommandConfiguration(
    abstract:
      "Measure steps, beliefs, trees, allocations, snapshots, many characters, crowds, validation and lore.",
    discussion: """
      The Python peers need python3, one of them the package 'transitions', and validation the commands \
      check-jsonschema and yamllint; a peer that is missing is \
      reported as skipped.

      Example: swift run -c release dramatis-benchmarks figures step belief
      """)

  @Argument(help: "What to measure, everything unless given: \(Suite.allCases.map(\.rawValue)).")
  var suites: [Suite] = []

  @Option(help: "How many rounds the medians are taken of.")
  var rounds = 9

  func validate() throws {
    guard (1...1000).contains(rounds) else { throw ValidationError("--rounds is 1 to 1000") }
  }

  func run() throws {
    for suite in suites.isEmpty ? Suite.allCases : suites {
      switch suite {
      case .step: try StepFigure(rounds: rounds).run()
      case .belief: try BeliefFigure(rounds: rounds).run()
      case .tree: try TreeFigure(rounds: rounds).run()
      case .allocations: try AllocationFigure().run()
      case .snapshot: try SnapshotFigure().run()
      case .characters: try CharactersFigure().run()
      case .crowd: try CrowdFigure(rounds: rounds).run()
      case .validation: try ValidationFigure(rounds: rounds).run()
      case .lore: try LoreFigure(rounds: rounds).run()
      }
    }
  }
}
