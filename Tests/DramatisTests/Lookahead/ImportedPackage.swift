import Dramatis
import DramatisCompiler
import Foundation
import Testing

/// A published package with the program that the importer makes of it.
struct ImportedPackage: Sendable {
  let names: PublishedPackage
  let program: Program

  init(_ url: URL, prunes: Bool, shares: Bool) throws {
    let bytes = Array(try Data(contentsOf: url))
    names = try JSONDecoder().decode(PublishedPackage.self, from: Data(bytes))
    let profile = try TreePackage(json: bytes).profile
    let compilation = Compilation(
      of: Array(profile.utf8), name: "\(names.character).yaml", prunes: prunes, shares: shares)
    #expect(compilation.diagnostics.isEmpty, "\(compilation.report(compilation.diagnostics))")
    program = try #require(compilation.program)
  }

  var partners: [String] { names.relationOrder.map(names.partner) }

  func topic(_ name: String) -> Int? { program.topics.firstIndex { $0.name.isSameBytes(as: name) } }

  /// The text that a model is given: every topic, then those of the partners.
  func grounding(_ record: TurnRecord, _ partners: [String]) -> String {
    let relations = partners.map { "\(names.character)'s interaction with \($0)" }
      .filter(names.relationOrder.contains)
    return (names.topicOrder + relations).flatMap { name in
      ["# \(name)"] + (topic(name).flatMap { record.statementsByTopic[$0] } ?? [])
    }.joined(separator: "\n")
  }
}

/// Names in order as the file has them; read without the importer.
struct PublishedPackage: Decodable, Sendable {
  let character: String
  let topicOrder, relationOrder: [String]

  /// What is behind `interaction with` in a relation's name.
  func partner(of relation: String) -> String {
    String(relation.dropFirst("\(character)'s interaction with ".count))
  }
}
