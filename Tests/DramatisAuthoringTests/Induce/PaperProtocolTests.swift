import Foundation
import TestSupport
import Testing

@testable import DramatisAuthoring

/// The published procedure against a restatement of it that is as plain as can be.
@Suite struct PaperProtocolTests {
  /// A node as the published packages have it.
  private final class Node {
    var statements: [String] = []
    var gates: [(question: String, child: Node)] = []

    var text: String {
      "[" + statements.joined(separator: "|") + "]"
        + gates.map { "{\($0.question)\($0.child.text)}" }.joined()
    }
  }

  /// Builds a node one step after the other.
  private static func build(
    _ pairs: [ScenePair], _ vectors: [SceneVector], depth: Int, settings: InductionSettings,
    judge: PlantedWorld.Judge, proposer: PlantedWorld.Proposer, node: InductionNode
  ) async throws -> Node {
    let built = Node()
    let n = pairs.count
    if n <= 8 || depth > settings.depth { return built }
    let k = min(Int((Double(n) / 16).rounded(.up)), 8)
    let centres = Clustering(vectors, into: k, seed: 42).centres
    var hypotheses: [Candidate] = []
    for centre in centres {
      let distances = vectors.map { vector in
        var dense = [Double](repeating: 0, count: centre.count)
        for (place, value) in zip(vector.places, vector.values) { dense[place] = value }
        return (zip(dense, centre).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) * 0x1p30).rounded()
      }
      let nearest = (0..<n).sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(8)
      hypotheses += try await proposer.candidates(for: nearest.map { pairs[$0] }, at: node)
    }
    if hypotheses.count > 8 { hypotheses = try await proposer.merged(hypotheses, to: 8, at: node) }
    func correctness(_ statement: String, _ some: [ScenePair]) async throws -> Double {
      var (yes, no) = (0.0, 0.0)
      for row in try await judge.verdicts(on: [statement], of: some) {
        yes += row[0].yes
        no += row[0].no
      }
      return yes + no == 0 ? 0 : yes / (yes + no)
    }
    var rest: [Candidate] = []
    for hypothesis in hypotheses {
      if try await correctness(hypothesis.statement, pairs) >= settings.accept {
        built.statements.append(hypothesis.statement)
      } else {
        rest.append(hypothesis)
      }
    }
    for hypothesis in rest {
      let answers = try await judge.answers(to: [hypothesis.question], of: pairs)
      let opened = (0..<n).filter { answers[$0][0].yes > 0.5 }
      if Double(opened.count) / Double(n) > settings.filter { continue }
      let precision = try await correctness(hypothesis.statement, opened.map { pairs[$0] })
      if precision <= settings.reject { continue }
      let child = Node()
      if precision >= settings.accept {
        child.statements = [hypothesis.statement]
        built.gates.append((hypothesis.question, child))
      } else {
        let below = InductionNode(
          character: node.character, topic: node.topic, path: node.path + [hypothesis.question],
          established: node.established + built.statements, siblings: [], refused: [])
        built.gates.append(
          (
            hypothesis.question,
            try await build(
              opened.map { pairs[$0] }, opened.map { vectors[$0] }, depth: depth + 1, settings: settings,
              judge: judge, proposer: proposer, node: below)
          ))
      }
    }
    return built
  }

  private static func text(of tree: InducedTree) -> String {
    "[" + tree.statements.map(\.text).joined(separator: "|") + "]"
      + tree.gates.map { "{\($0.question)\(text(of: $0.child))}" }.joined()
  }

  private static func expectSame(_ pairs: [ScenePair], _ settings: InductionSettings, errors: Double)
    async throws
  {
    let vectors = TextVectors.vectors(of: pairs)
    let topic = InductionTopic("ability")
    let inducer = Inducer(
      settings: settings, proposer: PlantedWorld.Proposer(), judge: PlantedWorld.Judge(errors: errors))
    let tree = try await inducer.tree(of: "Ann", topic, from: pairs, vectors: vectors).tree
    let node = InductionNode(
      character: "Ann", topic: topic, path: [], established: [], siblings: [], refused: [])
    let built = try await build(
      pairs, vectors, depth: 1, settings: settings, judge: PlantedWorld.Judge(errors: errors),
      proposer: PlantedWorld.Proposer(), node: node)
    #expect(text(of: tree) == built.text)
  }

  @Test(
    arguments: [(1, 0.0), (2, 0.1), (3, 0.2), (4, 0.3)], [InductionSettings.Paper.code, .article])
  func `--paper builds the tree of the published procedure`(
    world: (seed: UInt64, errors: Double), paper: InductionSettings.Paper
  ) async throws {
    let pairs = PlantedWorld(seed: world.seed, count: 120).pairs
    try await Self.expectSame(pairs, .paper(paper), errors: world.errors)
  }

  @Test(arguments: [8, 9, 16, 17, 32, 33])
  func `--paper builds it from few pairs too, empty nodes included`(count: Int) async throws {
    try await Self.expectSame(PlantedWorld(seed: 9, count: count).pairs, .paper(.code), errors: 0.2)
  }

  @Test(arguments: [(1, 1), (16, 1), (17, 2), (127, 8), (128, 8), (129, 8), (100_000, 8)])
  func `a cluster stands for sixteen pairs, and there are eight at the most`(pairs: Int, clusters: Int) {
    #expect(InductionSettings.clusters(of: pairs) == clusters)
  }

  /// The scenes of the published storylines stand beside the checkout; the rest is not here.
  private static let published = Repository.beside("shared/cdt/goldens.jsonl")
  private static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: published.path)
    if !isThere { print("SKIPPED: pairs of the published characters; \(published.path) is not there") }
    return isThere
  }()

  @Test(.enabled(if: isThere, "the published scenes lie beside the checkout"))
  func `--paper builds the published procedure's tree from scenes of the published characters`() async throws
  {
    let lines = try String(contentsOf: Self.published, encoding: .utf8).split(separator: "\n")
    var pairs: [ScenePair] = []
    for line in lines {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let scene = try #require(object["scene"] as? String)
      let last = try #require(scene.split(separator: "\n").last.map(String.init))
      pairs.append(
        ScenePair(
          id: try #require(object["id"] as? String), index: pairs.count,
          character: try #require(object["character"] as? String), scene: scene + " A storm comes.",
          action: last + (pairs.count.isMultiple(of: 3) ? " the storm-deed" : ""),
          previous: object["lastCharacter"] as? [String] ?? []))
    }
    for (name, own) in Dictionary(grouping: pairs, by: \.character).sorted(by: { $0.key < $1.key }) {
      #expect(own.count == 20, "\(name)")
      try await Self.expectSame(own, .paper(.code), errors: 0.3)
    }
  }
}
