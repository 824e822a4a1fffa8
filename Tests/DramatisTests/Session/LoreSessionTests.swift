import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Lore in a running session: what is told, why, and what undo takes back.
@Suite struct LoreSessionTests {
  private static let profile = """
    dramatis: 1
    character: Edda
    summary: A ferrywoman.
    variables:
      trust: { initial: 0, min: 0, max: 5 }
    questions:
      thanked: { ask: Does the speaker thank Edda?, cues: [thank you] }
      asks_toll: { ask: Is the toll asked about?, cues: [how much] }
    machines:
      mood:
        states: { warm: She smiles. }
        transitions:
          - { from: unactivated, to: warm, when: thanked, set: { trust: trust + 1 } }
    lines:
      - say: "Mind the rope, {user}."
    lore:
    """

  private func session(_ entries: String, performer: any Performer = AuthoredPerformer()) throws -> Session {
    let text = Self.profile + "\n" + entries.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    return try Session(
      cast: [try Program(profile: Array(text.utf8), name: "edda.yaml")], performer: performer)
  }

  private func lore(_ session: Session, _ text: String) async throws -> LoreReport {
    let turn = try await session.respond(to: Event(actor: "Jon", text: text))
    return try #require(turn.records.first?.event?.lore)
  }

  @Test(arguments: [
    ("keys: rope", "A rope!", "key"), ("keys: /r.pe/", "a ripe plum", "key"),
    ("keys: rope", "Europe", "no-key"),
    ("constant: true", "x", "constant"), ("when: turn == 1", "x", "condition"),
    ("when: turn == 2", "x", "condition"), ("{ keys: rope, enabled: false }", "rope", "disabled"),
    ("{ keys: rope, secondary-keys: wet, secondary: none }", "wet rope", "secondary-keys"),
    ("{ keys: rope, delay: 4 }", "rope", "delay"), ("{ keys: rope, probability: 0 }", "rope", "chance"),
    ("{ keys: rope, for: Bram }", "rope", "nobody"), ("{ keys: rope, for: edda }", "rope", "key"),
  ])
  func `every entry says why it is told or not`(keys: String, text: String, code: String) async throws {
    let inner = keys.hasPrefix("{") ? String(keys.dropFirst().dropLast()) : keys
    let report = try await lore(try session("- { content: a, \(inner) }"), text)
    let found = (report.told.map(\.reason.code) + report.silent.map(\.silence.code)).first ?? "nobody"
    #expect(found == code)
    #expect(report.told.isEmpty == !["key", "constant"].contains(code) || keys == "when: turn == 1")
  }

  @Test func `a question of a condition is asked where a key is found, and only there`() async throws {
    let discriminator = RecordingDiscriminator(["asks_toll": .yes])
    let text = Self.profile + "\n  - { keys: toll, when: asks_toll, content: A penny. }\n"
    let session = try Session(
      cast: [try Program(profile: Array(text.utf8), name: "edda.yaml")], discriminator: discriminator)
    let first = try await session.respond(to: Event(actor: "Jon", text: "Hm."))
    #expect(first.records[0].event?.lore?.told.isEmpty == true)
    #expect(await discriminator.rounds == [["thanked"]])
    let second = try await session.respond(to: Event(actor: "Jon", text: "The toll?"))
    #expect(second.records[0].event?.lore?.told.map(\.entry.content) == ["A penny."])
    #expect(await discriminator.rounds.last == ["thanked", "asks_toll"])
  }

  @Test func `what stays is taken back with its turn, and a replay comes to the same`() async throws {
    let session = try session("- { keys: storm, content: Rain., sticky: 6, cooldown: 4 }")
    _ = try await lore(session, "A storm!")
    #expect(try await lore(session, "And now?").told.count == 1)
    #expect(try await lore(session, "Still?").told.map(\.reason) == [.sticky])
    let transcript = await session.transcript
    let (differences, same) = try transcript.differences()
    #expect(differences.isEmpty && same == 3)
    _ = try await session.undo(3)
    #expect(try await session.snapshot(of: "Edda").lore == LoreMemory())
    #expect(try await lore(session, "Still?").told.isEmpty)
  }

  @Test func `a snapshot that is stored by names carries what stays`() async throws {
    let session = try session("- { keys: storm, content: Rain., sticky: 9 }")
    _ = try await lore(session, "A storm!")
    let program = await session.cast[0]
    let named = program.uncheckedNamed(try await session.snapshot(of: "Edda"))
    #expect(named.states["mood"] == "unactivated")
    let other = try Session(cast: [program])
    try await other.resume(try program.snapshot(from: named).snapshot, of: "Edda")
    #expect(try await lore(other, "Hm.").told.map(\.reason) == [.sticky])
  }

  @Test func `a budget says by how much an entry is left out, and tells what is smaller`() async throws {
    let entries = """
      budget: 10
      entries:
        - { keys: rope, order: 3, content: "\(String(repeating: "x", count: 24))" }
        - { keys: rope, order: 2, content: "\(String(repeating: "y", count: 40))", name: long }
        - { keys: rope, order: 1, content: zzzz }
      """
    let report = try await lore(try session(entries), "rope")
    #expect(report.told.map(\.entry.content.first) == ["x", "z"])
    #expect(report.silent.map(\.silence) == [.budget(tokens: 10, left: 4)])
    #expect(report.silent.first?.silence.words.contains("short of 6 tokens") == true)
  }

  @Test func `macros are filled, and a text can set a variable`() async throws {
    let entries =
      #"- { keys: toll, content: "{{USER}} pays {{getvar::trust}}, {{char}} takes{{setvar::trust::4}} {{unknown}}" }"#
    let session = try session(entries)
    let report = try await lore(session, "toll")
    #expect(report.told.map(\.entry.content) == ["Jon pays 0, Edda takes {{unknown}}"])
    #expect(report.unknownMacros == ["unknown"])
    #expect(try await session.snapshot(of: "Edda").variables == [4])
  }

  @Test func `a retry draws anew, and a performer is handed what is told`() async throws {
    let performer = FixedPerformer("Aye.")
    let session = try session("- { keys: rope, probability: 50, content: Hemp. }", performer: performer)
    _ = try await session.respond(to: Event(actor: "Jon", text: "rope"))
    for _ in 0..<12 { _ = try await session.retry() }
    let told = await performer.requests.map { !($0.lore.fixed[.beforeCharacter] ?? []).isEmpty }
    #expect(Set(told) == [true, false])
  }

  @Test func `a story shares its lore among those whom it is for`() throws {
    let story = """
      story: 1
      title: Low Water
      cast: [edda.yaml, bram.yaml]
      lore:
        - { keys: rope, content: All know. }
        - { keys: rope, content: One knows., for: Bram }
      lorebooks: [town.lore.yaml]
      """
    let files = [
      "edda.yaml": "dramatis: 1\ncharacter: Edda\n", "bram.yaml": "dramatis: 1\ncharacter: Bram\n",
      "town.lore.yaml": "lore: 1\nentries: [{ keys: quay, content: It rots., when: turn > 1 }]\n",
    ]
    let compilation = StoryCompilation(of: Array(story.utf8), name: "story.yaml") { path in
      files[path].map { .bytes(Array($0.utf8), name: path) } ?? .unreadable("it is not there")
    }
    #expect(compilation.isClean, "\(compilation.report())")
    let cast = try #require(compilation.story?.cast)
    #expect(
      cast.map { $0.lore.flatMap(\.entries).map(\.content) } == [
        ["All know.", "It rots."], ["All know.", "One knows.", "It rots."],
      ])
  }

  @Test func `a compiled program keeps its lore`() throws {
    let text = Self.profile + "\n  - { keys: toll, when: trust > 1, content: A penny., position: depth }\n"
    let program = try Program(profile: Array(text.utf8), name: "edda.yaml")
    #expect(try Program(file: program.fileBytes()) == program)
    #expect(program.loreConditions.count == 1)
  }
}
