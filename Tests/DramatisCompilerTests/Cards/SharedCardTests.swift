import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// Cards with what a reader should make of them, where they lie beside the checkout.
@Suite struct SharedCardTests {
  static let folder = Repository.beside("shared/cards")

  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: folder.appending(path: "expected.jsonl").path)
    if !isThere { print("SKIPPED: the shared character cards are not beside the checkout") }
    return isThere
  }()

  struct Expected: Decodable {
    let file: String
    let outcome: String
    let why: String?
    let alsoFine: [String]?
    let spec: String?
    let name: String?
    let greetings: Int?
    let bookEntries: Int?
    let source: String?
    let repairs: [String]?
    let inert: [String]?
    let unsafe: [String]?
    let description: String?
    let personality: String?
    let tags: [String]?
  }

  @Test(.enabled(if: isThere)) func `every file comes to what is expected of it`() throws {
    let lines = try String(contentsOf: Self.folder.appending(path: "expected.jsonl"), encoding: .utf8)
    let expected = try lines.split(separator: "\n").map {
      try JSONDecoder().decode(Expected.self, from: Data($0.utf8))
    }
    #expect(expected.count >= 75)
    for one in expected {
      let url = Self.folder.appending(path: one.file)
      do throws(CardRefusal) {
        let bytes = (try? Data(contentsOf: url)).map { Array($0) } ?? []
        check(try CharacterCard(bytes, ending: url.pathExtension), against: one)
      } catch {
        #expect(one.outcome != "reads", "\(one.file) was refused: \(error.reason)")
        #expect(([one.why] + (one.alsoFine ?? [])).contains(error.reason.rawValue), "\(one.file)")
      }
    }
  }

  private func check(_ card: CharacterCard, against expected: Expected) {
    let file = Comment(rawValue: expected.file)
    #expect(expected.outcome != "refused", file)
    #expect(card.specification.rawValue == expected.spec, file)
    #expect(card.name == expected.name, file)
    #expect(card.greetings.count == expected.greetings, file)
    #expect(card.bookEntries == expected.bookEntries, file)
    if let source = expected.source { #expect(card.source == source, file) }
    #expect(card.repairs.map(\.rawValue).sorted() == expected.repairs?.sorted(), file)
    #expect(card.inert.sorted() == (expected.inert ?? []).sorted(), file)
    #expect(card.unsafe.sorted() == (expected.unsafe ?? []).sorted(), file)
    if let description = expected.description { #expect(card.description == description, file) }
    if let personality = expected.personality { #expect(card.personality == personality, file) }
    if let tags = expected.tags { #expect(card.tags == tags, file) }
  }
}
