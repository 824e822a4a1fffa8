import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Commitments that a cast shares.
@Suite struct StoryTests {
  private static let files = [
    "mara.yaml": """
    dramatis: 1
    character: Mara
    variables: { trust: { initial: 0, min: 0, max: 5 } }
    questions: { rain: { ask: Does it rain?, cues: [rain] } }
    commitments:
      own: { foreshadow: a, trigger: rain, payoff: A }

    """,
    "rowan.yaml": "dramatis: 1\ncharacter: Rowan\naliases: [the guest]\n",
  ]

  private static let body = """
    story: 1
    title: Low Water
    cast: [mara.yaml, rowan.yaml]
    questions: { key: { ask: Does anyone mention a key?, cues: [key] } }
    commitments:
      watch: { owner: the guest, foreshadow: b, trigger: key, payoff: { text: B, cues: [opens] } }
      door: { foreshadow: c, trigger: key and trust == 0, payoff: { text: C, cues: [opens] }, after: [watch] }

    """

  private static func compilation(_ body: String) -> StoryCompilation {
    StoryCompilation(body, profiles: files)
  }

  private static func session(_ line: String = "She opens it.") throws -> Session {
    let story = try #require(compilation(body).story)
    return try Session(cast: story.cast, performer: FixedPerformer(line))
  }

  private func statuses(_ session: Session, _ name: String) async throws -> [String: CommitmentStatus] {
    let program = try #require(await session.cast.first { $0.character == name })
    return program.uncheckedNamed(try await session.snapshot(of: name)).commitments.mapValues(\.status)
  }

  @Test func `each member moves its own commitments and learns of the others at the end of the turn`()
    async throws
  {
    let session = try Self.session()
    let first = try await session.respond(to: Event(text: "A key!"), speaker: .member("Rowan"))
    #expect(first.records.map { $0.event?.step.grounding.due } == [[], [0]])
    for name in ["Mara", "Rowan"] {
      let found = try await statuses(session, name)
      #expect(found["watch"] == .paid)
      #expect(found["door"] == .planted)
    }
    let second = try await session.respond(to: Event(text: "A key!"), speaker: .member("Mara"))
    #expect(second.line?.character == "Mara")
    #expect(try await statuses(session, "Rowan") == ["watch": .paid, "door": .paid])
    #expect(try await statuses(session, "Mara") == ["watch": .paid, "door": .paid, "own": .planted])
  }

  @Test func `undo and a replay take what is shared along`() async throws {
    let session = try Self.session("Hm.")
    _ = try await session.respond(to: Event(text: "A key!"))
    _ = try await session.respond(to: Event(text: "A key!"))
    _ = try await session.undo()
    let transcript = try Transcript(bytes: await session.transcript.bytes)
    #expect(try transcript.differences().differences.isEmpty)
    let resumed = try Session(resuming: transcript)
    #expect(try await statuses(resumed, "Mara")["watch"] == .triggered)
  }

  @Test func `a member's own commitments and names stay beside those of the story`() throws {
    let story = try #require(Self.compilation(Self.body).story)
    #expect(story.title == "Low Water")
    #expect(story.cast.map { $0.commitments.map(\.name) } == [["own", "watch", "door"], ["watch", "door"]])
    for program in story.cast { #expect(try Program(file: program.fileBytes()) == program) }
  }

  @Test(arguments: [
    ("owner: the guest", "owner: Nobody", "P040"), ("key: {", "rain: {", "P023"),
    ("story: 1", "story: 2", "P020"),
    ("watch: {", "own: {", "P023"), ("rowan.yaml", "mara.yaml", "P041"),
    ("rowan.yaml", "a/../rowan.yaml", "P041"),
    ("rowan.yaml", "/rowan.yaml", "P041"), ("[mara.yaml, rowan.yaml]", "[]", "P026"),
    ("trust == 0", "trst == 0", "P027"),
    ("after: [watch]", "after: [door]", "P037"), ("title: Low Water", "titel: Low Water", "P018"),
    ("opens] } }\n  door", "opens] }, after: [door] }\n  door", "P037"),
  ])
  func `a mistake in a story is reported once, in the story`(part: String, mistake: String, code: String)
    throws
  {
    try #require(Self.body.contains(part))
    let compilation = Self.compilation(Self.body.replacing(part, with: mistake))
    #expect(compilation.story == nil)
    let codes = compilation.document.diagnostics.map(\.code.rawValue)
    #expect(codes.contains(code), "\(compilation.report())")
    #expect(codes.filter { $0 == code }.count == 1, "\(compilation.report())")
  }

  @Test func `a mistake in a profile of the cast is reported in the profile`() throws {
    let compilation = StoryCompilation(of: Array(Self.body.utf8), name: "story.yaml") { path in
      .bytes(Array("dramatis: 1\ncharacter: \(path.prefix(4))\nvoise: low\n".utf8), name: path)
    }
    #expect(compilation.story == nil)
    #expect(compilation.profiles.map(\.errors.count) == [1, 1])
    #expect(compilation.report().contains("mara.yaml:3:1"))
  }

  @Test(arguments: [
    ("story: 1", true), ("# A story\n\nstory: 1", true), ("\u{FEFF}\"story\" : 1", true),
    ("dramatis: 1", false),
    ("storyline: 1", false), ("", false), ("---\nstory: 1", true),
  ])
  func `a story is known by its first key`(text: String, isStory: Bool) {
    #expect((FileKind.recognize(Array(text.utf8)) == .certain(.story)) == isStory)
  }
}
