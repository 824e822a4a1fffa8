import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Names of statements that outlive changes of the profile around them.
@Suite struct StatementIdentifierTests {
  private static let head = "machines: { mood: { states: { wary: '' } } }\n"

  private func identifiers(_ behavior: String) throws -> [String: String] {
    let program = try compileMara(Self.head + "behavior:\n" + behavior)
    return Dictionary(
      zip(program.statements, program.statementIdentifiers()), uniquingKeysWith: { first, _ in first })
  }

  private static let plain = """
      t:
        - one
        - when: mood == wary
          then: [two, { when: ask("A?"), then: [three], else: [four], unknown: [five] }]
    """

  @Test(arguments: [
    // Other statements, gates and topics.
    """
      s: [zero, { when: ask("B?"), then: [nought] }]
      t:
        - zero
        - { when: ask("B?"), then: [nought, { when: ask("A?"), then: [none] }] }
        - one
        - when: mood == wary
          then: [none, { when: turn > 3, then: [zero] }, two, { when: ask("A?"), then: [three], else: [four], unknown: [five] }]
    """,
    // Another order, another spelling of conditions, and a partner.
    """
      t:
        with: Rowan
        statements:
          - when: (mood   == "wary")
            then: [{ when: ask('A?'), unknown: [five], else: [four], then: [three] }, two]
          - one
    """,
  ])
  func `an identifier stays while other things come, go and change places`(behavior: String) throws {
    let (before, after) = (try identifiers(Self.plain), try identifiers(behavior))
    #expect(before.count == 5)
    for (statement, identifier) in before { #expect(after[statement] == identifier, "\(statement)") }
  }

  @Test(arguments: [
    ("one", "  u: [one]"), ("one", "  t: [{ when: mood == wary, then: [one] }]"),
    ("two", "  t: [{ when: mood == other, then: [two] }]"), ("two", "  t: [two]"),
    ("three", "  t: [{ when: mood == wary, then: [{ when: ask('A?'), then: [], else: [three] }] }]"),
    ("three", "  t: [{ when: mood == wary, then: [], else: [{ when: ask('A?'), then: [three] }] }]"),
  ])
  func `a statement that says the same somewhere else has another identifier`(
    statement: String, behavior: String
  ) throws {
    let identifier = try #require(try identifiers(Self.plain)[statement])
    let other = try #require(try identifiers(behavior)[statement])
    #expect(other != identifier)
  }

  @Test func `one that is written twice in a place is numbered`() throws {
    let program = try compileMara("behavior: { t: [a, b, a, { when: true, then: [a] }, a] }\n")
    let identifiers = program.statementIdentifiers()
    let texts = program.statements
    let twins = texts.indices.filter { texts[$0] == "a" }.map { identifiers[$0] }
    let first = try #require(twins.first)
    #expect(first.count == 12 && twins.count == 4)
    #expect([twins[1], twins[3]] == ["\(first)-2", "\(first)-3"])
    #expect(Set(identifiers).count == identifiers.count)
  }

  @Test func `statements that stand in no tree have identifiers too`() throws {
    let body = String(decoding: try compileMara("behavior: { t: [only] }\n").body, as: UTF8.self)
    let forged = body.replacing(
      #""statements":["only"]"#, with: #""statements":["only","only","stray","stray"]"#)
    let identifiers = try Program(file: Program.file(Array(forged.utf8))).statementIdentifiers()
    #expect(Set(identifiers).count == 4 && !identifiers.contains(""))
  }

  /// Known values, so that no version of the library changes identifiers unnoticed.
  @Test func `identifiers are these`() throws {
    let identifiers = try identifiers(Self.plain)
    #expect(
      ["one", "two", "three", "four", "five"].map { identifiers[$0] } == [
        "d69fdc8296d5", "d532c69d972e", "6b95fedf8291", "c52fa0d98cfd", "3ab07f46e98f",
      ])
  }

  @Test(arguments: 0..<10)
  func `no two statements of a program share one, and a file keeps them`(seed: Int) throws {
    var generator = NaiveGenerator(seed: UInt64(seed), questionCount: 4, isReadOnce: false)
    let program = try compile(generator.program().yaml)
    let identifiers = program.statementIdentifiers()
    #expect(identifiers.count == program.statements.count)
    #expect(Set(identifiers).count == identifiers.count)
    #expect(identifiers.allSatisfy { !$0.isEmpty })
    #expect(try Program(file: program.fileBytes()).statementIdentifiers() == identifiers)
  }

  @Test(.enabled(if: PublishedTrees.areThere, "the published trees lie beside the checkout"))
  func `pruning and sharing change no identifier, and the published trees have no two alike`() throws {
    let whole = try PublishedTrees.packages(prunes: false, shares: false)
    for (imported, whole) in zip(try PublishedTrees.packages(), whole) {
      let identifiers = imported.program.statementIdentifiers()
      #expect(Set(identifiers).count == imported.program.statements.count)
      #expect(whole.program.statementIdentifiers() == identifiers)
    }
  }
}
