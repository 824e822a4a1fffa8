import TestSupport
import Testing

@testable import Dramatis

/// The importer and the traversal against goldens that two independent programs agree on.
///
/// The data has a licence of its own and lies beside the checkout, so these run only where it is there.
@Suite(.enabled(if: PublishedTrees.areThere, "the published trees lie beside the checkout"))
struct PublishedTreeTests {
  private func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

  private func digest(_ texts: [String]) -> String { SHA256.hex(Array(texts.joined(separator: "\n").utf8)) }

  @Test func `all six packages are there`() throws {
    #expect(try PublishedTrees.packages().count == 6)
  }

  @Test(arguments: ["goldens.jsonl", "goldens_synthetic.jsonl"])
  func `every tree says to every scene what the goldens have`(file: String) async throws {
    var seen = 0
    for imported in try PublishedTrees.packages() {
      let session = try Session(cast: [imported.program], discriminator: HashDiscriminator())
      for scene in try PublishedTrees.scenes(file, of: imported.names.character) {
        seen += 1
        let partners = try #require(scene.lastCharacter)
        #expect(scene.text != nil)
        let event = Event(scene: scene.text, partners: partners)
        let record = try await session.record(of: event)
        let text = imported.grounding(record, partners)
        #expect(text.utf8.count == scene.grounding.bytes, "\(scene.id)")
        #expect(SHA256.hex(Array(text.utf8)) == scene.grounding.sha256, "\(scene.id)")
        try await compare(record, scene, imported, session)
      }
    }
    #expect(seen == 120)
  }

  /// Topics by the record, relations by a turn in which all of them are partners.
  private func compare(
    _ record: TurnRecord, _ scene: GoldenScene, _ imported: ImportedPackage, _ session: Session
  ) async throws {
    let expected = try #require(scene.expected)
    let all = try await session.record(of: Event(scene: scene.text, partners: imported.partners))
    for (names, trees, record) in [
      (imported.names.topicOrder, expected.topics, record),
      (imported.names.topicOrder, expected.topics, all),
      (imported.names.relationOrder, expected.relations, all),
    ] {
      #expect(trees.count == names.count)
      for name in names {
        let index = try #require(imported.topic(name))
        let golden = try #require(trees[name])
        #expect(bytes(record.statementsByTopic[index] ?? []) == bytes(golden), "\(scene.id): \(name)")
      }
    }
    let strangers = record.statementsByTopic.keys.map { imported.program.topics[$0] }.filter {
      $0.partner.map { !(scene.lastCharacter ?? []).contains($0) } ?? false
    }
    #expect(strangers.isEmpty, "\(scene.id) reads relations of who is not there")
  }

  @Test func `an answer of unknown opens no gate`() async throws {
    for imported in try PublishedTrees.packages() {
      let session = try Session(cast: [imported.program], discriminator: ThreeValuedHash())
      for scene in try PublishedTrees.scenes("goldens_synthetic.jsonl", of: imported.names.character) {
        let record = try await session.record(of: Event(scene: scene.text, partners: imported.partners))
        for (name, golden) in try #require(scene.tri) {
          let texts = record.statementsByTopic[try #require(imported.topic(name))] ?? []
          #expect(texts.count == golden.n && digest(texts) == golden.sha256, "\(scene.id): \(name)")
        }
      }
    }
  }

  @Test func `hard scenes come to the same bytes`() async throws {
    var seen = 0
    for imported in try PublishedTrees.packages() {
      let session = try Session(cast: [imported.program], discriminator: HashDiscriminator())
      for scene in try PublishedTrees.scenes("goldens_edge.jsonl", of: imported.names.character) {
        seen += 1
        let text = try #require(scene.text, "\(scene.id) has a rule that this test does not know")
        let alone = try await session.record(of: Event(scene: text, partners: []))
        let grounding = imported.grounding(alone, [])
        #expect(grounding.utf8.count == scene.grounding.bytes, "\(scene.id)")
        #expect(SHA256.hex(Array(grounding.utf8)) == scene.grounding.sha256, "\(scene.id)")
        var records = imported.names.topicOrder.map { ($0, alone) }
        for relation in imported.names.relationOrder {
          let partner = imported.names.partner(of: relation)
          let event = Event(scene: text, partners: [partner])
          records.append((relation, try await session.record(of: event, given: alone.answersByText)))
        }
        let digests = try #require(scene.digest)
        #expect(digests.count == records.count)
        for (name, record) in records {
          let texts = record.statementsByTopic[try #require(imported.topic(name))] ?? []
          let golden = try #require(digests[name]).digest
          #expect(texts.count == golden.n && digest(texts) == golden.sha256, "\(scene.id): \(name)")
        }
      }
    }
    #expect(seen == 60)
  }
}

extension TurnRecord {
  /// What was answered, to be given again.
  fileprivate var answersByText: [String: Answer] {
    Dictionary(
      (event?.replies ?? [:]).map { (program.questions[$0.key].text, $0.value.answer) },
      uniquingKeysWith: { first, _ in first })
  }
}
