import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

/// Books of other front ends in, and out again.
@Suite struct LoreFileTests {
  private func told(_ book: Lorebook, _ text: String) -> [String] {
    var scan = LoreScan(
      book.entries, messages: [LoreScan.Message(name: "Jon", text: text)], character: LoreScan.Character(),
      settings: book.settings
    ) { _ in 0.5 }
    return scan.run().activated.map(\.content)
  }

  @Test(arguments: [
    (#"{"kind":"memory","entries":[{"name":"r","entry":"Hemp.","keywords":["rope"],"priority":1,"weight":2,"enabled":true}]}"#),
    (#"{"lorebookVersion":5,"entries":[{"text":"Hemp.","displayName":"r","keys":["rope"],"enabled":true}]}"#),
    (#"{"type":"risu","ver":1,"data":[{"key":"rope, cord","secondkey":"","content":"Hemp.","insertorder":100,"alwaysActive":false}]}"#),
    (#"{"entries":{"0":{"uid":0,"key":["rope"],"content":"Hemp."}}}"#),
    (#"{"spec":"lorebook_v3","data":{"entries":[{"keys":["rope"],"content":"Hemp.","enabled":true,"insertion_order":1,"use_regex":false,"extensions":{}}]}}"#),
    "lore: 1\nentries:\n  - { keys: rope, content: Hemp. }\n",
  ])
  func `a book of any front end is told, goes out in every form and comes back`(text: String) throws {
    let compilation = LoreCompilation(of: Array(text.utf8), name: "rope.json", for: [])
    let book = try #require(compilation.book, "\(compilation.document.report(compilation.document.errors))")
    #expect(told(book, "A rope!") == ["Hemp."])
    #expect(told(book, "A plank.").isEmpty)
    for format in LoreExport.Format.allCases {
      let written = LoreExport(book).text(as: format)
      let again = LoreCompilation(of: Array(written.utf8), name: "again", for: [])
      let back = try #require(again.book, "\(format): \(written)")
      #expect(told(back, "A rope!") == ["Hemp."], "\(format)")
      #expect(told(back, "A plank.").isEmpty, "\(format)")
    }
  }

  @Test(arguments: [
    ("@@depth 2\\n@@role user\\nHemp.", LoreEntry.Place.atDepth),
    ("@@position after_desc\\nHemp.", .afterCharacter),
    ("@@unknown x\\n@@@depth 3\\nHemp.", .atDepth), ("@@depth 1\\n@@@position after_desc\\nHemp.", .atDepth),
    ("Hemp.", .beforeCharacter),
  ])
  func `decorators of version 3 are obeyed in its dialect and never told`(
    content: String, place: LoreEntry.Place
  ) throws {
    let text = """
      {"spec":"lorebook_v3","data":{"scan_depth":3,"token_budget":99,"entries":[{"keys":["rope"],"content":"\(content)",
      "enabled":true,"insertion_order":1,"use_regex":false,"extensions":{}}]}}
      """
    let book = try Lorebook(Array(text.utf8))
    #expect(book.settings.dialect == .v3 && book.settings.depth == 3)
    #expect(book.entries.map(\.position) == [place])
    #expect(told(book, "rope") == ["Hemp."])
  }

  @Test func `where dialects differ is said of each entry`() throws {
    let text = """
      {"spec":"chara_card_v3","spec_version":"3.0","data":{"name":"Edda","first_mes":"","group_only_greetings":[],"extensions":{},
      "character_book":{"scan_depth":4,"extensions":{},"entries":[
      {"keys":["r.pe"],"use_regex":true,"content":"@@depth 4\\nHemp.","enabled":true,"insertion_order":1,"priority":3,"extensions":{}},
      {"keys":["/rope/"],"use_regex":false,"content":"Hemp.","enabled":true,"insertion_order":1,"case_sensitive":true,"extensions":{}},
      {"keys":["plain"],"use_regex":false,"content":"Hemp.","enabled":true,"insertion_order":1,"extensions":{}}]}}}
      """
    let card = try CharacterCard(Array(text.utf8), ending: "json")
    #expect(card.dialect == .v3)
    let told = card.dialectDifferences.map(\.text)
    #expect(told.count == 6)
    for part in [
      "scan_depth", "r.pe: its keys are patterns", "depth", "priority", "/rope/: a key between slashes",
      "case_sensitive",
    ] {
      #expect(told.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test func `only SillyTavern's dialect takes the last entry out with one that loses twice`() {
    func told(_ dialect: LoreDialect) -> Int {
      var settings = LoreSettings()
      settings.dialect = dialect
      let groups = ["a", "b", "a, b", ""]
      let entries = groups.enumerated().map { number, group in
        var entry = LoreEntry(id: number)
        (entry.keys, entry.content, entry.group) = (["rope"], "Hemp.", group)
        entry.overridesGroup = number < 2
        entry.position = .beforeCharacter
        return entry
      }
      var scan = LoreScan(
        entries, messages: [LoreScan.Message(name: "", text: "rope")], character: LoreScan.Character(),
        settings: settings
      ) { _ in 0.5 }
      return scan.run().activated.count
    }
    #expect(told(.sillytavern) == 2)
    #expect(told(.dramatis) == 3)
  }

  @Test func `a card's book becomes lore and goes back as it was, with a condition of ours besides`() throws {
    let json = """
      {"spec":"chara_card_v2","spec_version":"2.0","data":{"name":"Edda","first_mes":"Hi","extensions":{},"character_book":
      {"extensions":{"x":1},"entries":[{"keys":["rope"],"content":"Hemp {{char}}.","enabled":true,"insertion_order":7,
      "extensions":{"position":4,"depth":2,"role":1,"sticky":3,"unknown":"y"}}]}}}
      """
    let card = try CharacterCard(Array(json.utf8), ending: "json")
    let text = try #require(CardProfile(card)).text
    let program = try Program(profile: Array(text.utf8), name: "edda.yaml")
    let entry = try #require(program.lore.first?.entries.first)
    #expect(entry.position == .atDepth && entry.depth == 2 && entry.role == 1 && entry.sticky == 3)
    let conditional = text.replacing("keys: [\"rope\"]", with: "keys: [\"rope\"]\n      when: turn > 2")
    #expect(conditional != text)
    let changed = try Program(profile: Array(conditional.utf8), name: "edda.yaml")
    #expect(changed.loreConditions.count == 1)
    #expect(try CardExport(changed, kept: card).bytes(as: .json) == Array(json.utf8))
    let other = try Program(profile: Array(text.replacing("Hemp", with: "Flax").utf8), name: "edda.yaml")
    let written = try CharacterCard(try CardExport(other, kept: card).bytes(as: .json), ending: "json")
    #expect(Lorebook(of: written, name: "").entries.map(\.content) == ["Flax {{char}}."])
  }
}
