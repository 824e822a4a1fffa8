import Dramatis
import DramatisCompiler
import Foundation
import TestSupport

/// The published trees and their goldens, which lie beside the checkout and never in it.
enum PublishedTrees {
  static let folder = Repository.beside("shared/cdt")

  /// Whether the data is there; says so loudly where it is not, so that nobody takes it for tested.
  static let areThere: Bool = {
    let areThere = FileManager.default.fileExists(atPath: folder.appending(path: "goldens.jsonl").path)
    if !areThere { print("SKIPPED: no published trees at \(folder.path)") }
    return areThere
  }()

  private static let imported = Memo<[Bool], [ImportedPackage]>()
  private static let scenes = Memo<String, [GoldenScene]>()

  /// All packages, imported.
  static func packages(prunes: Bool = true, shares: Bool = true) throws -> [ImportedPackage] {
    try imported.value(for: [prunes, shares]) {
      try FileManager.default.contentsOfDirectory(
        at: folder.appending(path: "packages"), includingPropertiesForKeys: nil
      ).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
        .map { try ImportedPackage($0, prunes: prunes, shares: shares) }
    }
  }

  /// The scenes of one character; lines end at byte 0x0A and nowhere else.
  static func scenes(_ file: String, of character: String) throws -> [GoldenScene] {
    let all = try scenes.value(for: file) {
      try Data(contentsOf: folder.appending(path: file)).split(separator: 0x0A)
        .map { try JSONDecoder().decode(GoldenScene.self, from: $0) }
    }
    return all.filter { $0.character.isSameBytes(as: character) }
  }
}

/// Yes, no or unknown by a hash: `[False, None, True][first byte mod 3]`.
struct ThreeValuedHash: Discriminator {
  func replies(to questions: [Question], about scene: Scene) -> [Reply] {
    questions.map { question in
      var hash = SHA256()
      hash.update(scene.text.utf8)
      hash.update(CollectionOfOne(UInt8(0)))
      hash.update(question.text.utf8)
      let answers = [Answer.no, .unknown, .yes]
      return Reply(answers[Int(hash.finalize().first ?? 0) % 3], source: "hash")
    }
  }
}

extension TurnRecord {
  /// The statements of each topic that was read, by its index.
  var statementsByTopic: [Int: [String]] {
    Dictionary(grouping: event?.step.grounding.statements ?? [], by: \.topic)
      .mapValues { $0.map { program.statements[$0.statement] } }
  }
}
