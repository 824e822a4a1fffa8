import Foundation
import TestSupport
import Testing

/// Cards through the command: in, out, talked to and refused.
@Suite struct CardCommandTests {
  private static let card = """
    {"spec":"chara_card_v2","spec_version":"2.0","data":{"name":"Edda","description":"Mends nets.","first_mes":\
    "Mind the rope, {{user}}.","extensions":{"x":1.50}}}
    """

  @Test func `a card goes in, is changed and comes out with what was not known`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("edda.json", Self.card)
    let imported = try await Tool.dramatis("import", "card", path, "-o", "in/here", folder: folder.url)
    #expect(imported.status == 0)
    #expect(imported.output.contains("first_mes → greeting"))
    #expect(try folder.text("in/here/edda.card.json") == Self.card)
    let profile = try folder.text("in/here/edda.yaml").replacing("nets", with: "sails")
    let changed = try folder.file("in/here/edda.yaml", profile)
    let exported = try await Tool.dramatis("export", "card", changed, "-o", folder.path("out.json"))
    #expect(exported.status == 0)
    #expect(try folder.text("out.json") == Self.card.replacing("nets", with: "sails"))
    for ending in ["png", "charx"] {
      let file = folder.path("out.\(ending)")
      #expect(try await Tool.dramatis("export", "card", changed, "-o", file).status == 0)
      let chat = try await Tool.dramatis("chat", file, "--no-save", input: "/quit\n")
      #expect(chat.output.contains("Edda: Mind the rope, stranger."))
    }
  }

  @Test func `a chat comes in, is gone on with, and a book goes out`() async throws {
    let folder = try TemporaryFolder()
    let card = try folder.file("edda.json", Self.card)
    let chat = try folder.file(
      "chat.jsonl",
      """
      {"user_name":"Jon","character_name":"Edda","chat_metadata":{"world_info":"Merle"}}
      {"name":"Jon","is_user":true,"mes":"A rope?"}
      {"name":"Edda","is_user":false,"mes":"Hemp.","swipes":["Flax.","Hemp."]}
      """)
    let kept = folder.path("kept.jsonl")
    let imported = try await Tool.dramatis("import", "chat", chat, card, "-o", kept)
    #expect(imported.status == 0 && imported.output.contains("1 turns, 1 further attempts"))
    #expect(imported.errors.contains("'Merle'"))
    let book = try folder.file("merle.lore.yaml", "lore: 1\nentries: [{ keys: rope, content: It rots. }]\n")
    let resumed = try await Tool.dramatis(
      "chat", card, "--resume", kept, "--lore", book, "--no-model", input: "The rope!\n/why\n/quit\n")
    #expect(resumed.output.contains("Hemp."))
    #expect((resumed.output + resumed.errors).contains("lore: rope because of 'rope', before the character"))
    let exported = try await Tool.dramatis("export", "lore", book, "-o", "-")
    #expect(exported.status == 0 && exported.output.contains(#""key":["rope"]"#))
    let checked = try await Tool.dramatis("validate", book, card)
    #expect(checked.status == 0 && checked.output.contains("first_mes → greeting"))
  }

  @Test func `nothing that is there is written over, and then nothing is written`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("edda.json", Self.card)
    _ = try folder.file("to/edda.card.json", "mine")
    let result = try await Tool.dramatis("import", "card", path, "-o", folder.path("to"))
    #expect(result.status == 3)
    #expect(result.errors.contains("exists already"))
    #expect(try folder.text("to/edda.card.json") == "mine")
    #expect(!FileManager.default.fileExists(atPath: folder.path("to/edda.yaml")))
  }

  @Test func `a report is one object a card, and a refused one makes the exit code 1`() async throws {
    let folder = try TemporaryFolder()
    let (fine, broken) = (try folder.file("a.json", Self.card), try folder.file("b.png", "GIF89a"))
    let result = try await Tool.dramatis("import", "card", fine, broken, "--report", "json")
    #expect(result.status == 1)
    #expect(result.lines.count == 2)
    #expect(result.lines.first?.contains(#""name":"Edda","outcome":"reads""#) == true)
    #expect(result.lines.last?.contains(#""outcome":"refused","why":"not-png""#) == true)
  }

  @Test func `a card that cannot be read is named wherever a profile is read`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.json", Self.card.replacing("Edda", with: ""))
    for command in ["chat", "validate", "inspect"] {
      let result = try await Tool.dramatis(command, path)
      #expect(result.status == 1, "\(command)")
      #expect(result.errors.contains("the card has no name"), "\(command)")
    }
  }

  @Test func `the ending of the file says what to write`() async throws {
    let folder = try TemporaryFolder()
    let result = try await Tool.dramatis(
      "export", "card", "Profiles/mara.yaml", "-o", folder.path("mara.webp"))
    #expect(result.status == 2)
    #expect(result.errors.contains(".charx"))
  }
}
