import TestSupport
import Testing

@testable import Dramatis

/// Which questions are asked of the published trees, in which order and how many.
@Suite(.enabled(if: PublishedTrees.areThere, "the published trees lie beside the checkout"))
struct PublishedTraceTests {
  @Test(arguments: [("goldens.jsonl", 120), ("goldens_synthetic.jsonl", 120), ("goldens_edge.jsonl", 60)])
  func `asked separately, every tree asks what the published traversal asks, in its order`(
    file: String, count: Int
  ) async throws {
    var seen = 0
    for imported in try PublishedTrees.packages(prunes: false, shares: false) {
      let session = try Session(
        cast: [imported.program], discriminator: HashDiscriminator(), asking: .separately)
      for scene in try PublishedTrees.scenes(file, of: imported.names.character) {
        seen += 1
        let record = try await session.record(of: Event(scene: scene.text, partners: imported.partners))
        let rounds = try #require(record.event?.rounds)
        #expect(rounds.allSatisfy { $0.count == 1 })
        var trace = rounds.joined().map { (imported.program.questions[$0].text, record.isYes($0)) }[...]
        for name in imported.names.topicOrder + imported.names.relationOrder {
          let golden = try #require(scene.traversals[name])
          #expect(digest(trace.prefix(golden.evals)) == golden.trace, "\(scene.id): \(name)")
          trace = trace.dropFirst(golden.evals)
        }
        #expect(trace.isEmpty, "\(scene.id) asks more")
      }
    }
    #expect(seen == count)
  }

  private func digest(_ trace: ArraySlice<(String, Bool)>) -> String {
    SHA256.hex(trace.flatMap { Array($0.utf8) + [0, UInt8(ascii: $1 ? "1" : "0"), 0x0A] })
  }

  @Test func `leaving out dead gates asks a third fewer questions and says the same`() async throws {
    let (all, allStatements) = try await asked(prunes: false)
    let (pruned, statements) = try await asked(prunes: true)
    print("questions asked over the 240 scenes: \(all), and \(pruned) without dead gates")
    #expect(statements == allStatements)
    #expect(statements.count == 240)
    #expect(pruned * 3 <= all * 2)
  }

  /// How many questions all scenes ask for, and what the trees say to each.
  private func asked(prunes: Bool) async throws -> (count: Int, statements: [[[UInt8]]]) {
    var count = 0
    var statements: [[[UInt8]]] = []
    for imported in try PublishedTrees.packages(prunes: prunes) {
      let session = try Session(cast: [imported.program], discriminator: HashDiscriminator())
      for file in ["goldens.jsonl", "goldens_synthetic.jsonl"] {
        for scene in try PublishedTrees.scenes(file, of: imported.names.character) {
          let partners = try #require(scene.lastCharacter)
          let record = try await session.record(of: Event(scene: scene.text, partners: partners))
          count += record.event?.rounds.joined().count ?? 0
          statements.append(record.statements.map { Array($0.utf8) })
        }
      }
    }
    return (count, statements)
  }
}

extension TurnRecord {
  fileprivate func isYes(_ question: Int) -> Bool { event?.replies[question]?.answer.truth == .yes }
}
