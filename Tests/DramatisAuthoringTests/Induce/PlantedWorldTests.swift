import Foundation
import TestSupport
import Testing

@testable import DramatisAuthoring

/// Trees from pairs whose tree is known.
@Suite struct PlantedWorldTests {
  /// More seeds than a run of all tests has time for.
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["DRAMATIS_PLANTED_SEEDS"].flatMap { UInt64($0) }.map { Array(1...$0) }
    ?? [1, 2]

  @Test(arguments: seeds)
  func `a right judge finds everything that has pairs enough, and nothing false`(seed: UInt64) async throws {
    let world = PlantedWorld(seed: seed)
    let (tree, record) = try await world.tree(.standard)
    let score = world.score(tree)
    #expect(score.found == score.planted, "\(tree.rules.map { ($0.path, $0.statement.text) })")
    #expect(score.wrong.isEmpty)
    #expect(!record.refused.isEmpty && record.open.isEmpty)
  }

  @Test(.enabled(if: seeds.count > 2, "DRAMATIS_PLANTED_SEEDS says how many seeds are measured"))
  func `precision and recall are told for judges that are wrong`() async throws {
    for errors in [0, 0.1, 0.2] {
      for (name, settings) in [("ours", InductionSettings.standard), ("paper", .paper(.code))] {
        var (found, planted, wrong, kept) = (0, 0, 0, 0)
        for seed in Self.seeds {
          let world = PlantedWorld(seed: seed)
          let tree = try await world.tree(settings, errors: errors).tree
          let score = world.score(tree)
          found += score.found
          planted += score.planted
          wrong += score.wrong.count
          kept += tree.statementCount
        }
        #expect(kept >= wrong)
        print(
          "planted world, \(name), judge wrong in \(errors): recall \(found) of \(planted), false \(wrong) of \(kept) statements"
        )
      }
    }
  }
}
