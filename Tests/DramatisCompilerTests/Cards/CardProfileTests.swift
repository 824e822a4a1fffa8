import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// A card becomes a profile and a card again.
@Suite struct CardProfileTests {
  private func card(_ json: String) throws -> CharacterCard { try CharacterCard(Array(json.utf8)) }

  private func profile(_ json: String) throws -> CardProfile { try #require(CardProfile(try card(json))) }

  @Test func `the fields of a card become keys of a profile`() throws {
    let profile = try profile(
      CardFiles.json(data: #","nickname":"Ed","alternate_greetings":["{{CHAR}} nods."],"creator_notes":"x""#))
    let program = try compile(profile.text)
    #expect(program.character == "Edda")
    #expect(program.aliases == ["Ed"])
    #expect(program.summary == "Ed mends nets for {user}.\n\nPersonality: Patient.")
    #expect(program.setting == "A pier.")
    #expect(
      program.greetings.map(\.pieces) == [
        [.words("Mind the rope, "), .user, .words(".")], [.character, .words(" nods.")],
      ])
    #expect(program.examples.map(\.event) == ["Is it deep?"])
    #expect(program.examples.map(\.line) == ["Deep enough."])
    #expect(profile.kept == ["creator_notes"])
    #expect(profile.fileName == "edda.yaml")
  }

  /// Texts of cards, and what a greeting's slots make of them.
  static let macros: [(text: String, greeting: String)] = [
    ("{{// a note}}Hi", "Hi"), ("a{{newline}}b", "a\\nb"), ("<USER> and <bot>", "{user} and {character}"),
    ("{{random:a,b}}", "{{{{random:a,b}}}}"), ("a { b }} c", "a {{ b }}}} c"), ("{{user", "{{{{user"),
    ("{{ Char }}", "{character}"), ("{{{user}}}", "{{{user}}}"),
  ]

  @Test(arguments: macros)
  func `macros become slots, and other braces stay braces`(macro: (text: String, greeting: String)) throws {
    let profile = try profile(CardFiles.json().replacing("Mind the rope, {{user}}.", with: macro.text))
    #expect(profile.text.contains("greeting:\n  - \"\(macro.greeting)\"\n"))
    _ = try compile(profile.text)
  }

  @Test func `a greeting without a word is left out`() throws {
    let program = try compile(
      try profile(CardFiles.json(data: #","alternate_greetings":["", " \n", "Yes?"]"#)).text)
    #expect(program.greetings.count == 2)
  }

  @Test func `a name that could steer a terminal or a path does neither`() throws {
    let profile = try profile(CardFiles.json(name: #"..\/\u001b]0;x\u0007etc"#))
    #expect(profile.fileName == "etc.yaml")
    #expect(!profile.text.contains("\u{1B}") && !profile.text.contains("\\U0000001b"))
  }

  @Test func `an unchanged profile gives the same JSON, byte for byte`() throws {
    let json = CardFiles.json(version: 3, data: #","x":{"big":12345678901234567890,"e":1.0,"s":"A\/"}"#)
      .replacing("\",\"", with: "\" ,\n\"")
    for file in [Array(json.utf8), CardFiles.png(CardFiles.card(json, keyword: "ccv3"))] {
      let card = try CharacterCard(file)
      let program = try compile(try #require(CardProfile(card)).text)
      let export = CardExport(program, kept: card)
      #expect(!export.isChanged)
      #expect(String(decoding: try export.bytes(as: .json), as: UTF8.self) == json)
    }
  }

  @Test func `what a profile says otherwise is set, and nothing else`() throws {
    let json = CardFiles.json(data: #","z_own":[1.50]"#)
    let card = try card(json)
    let text = try #require(CardProfile(card)).text
      .replacing("A pier.", with: "A \\\"quay\\\".").replacing("Mind the rope", with: "Mind the {character}")
    let export = CardExport(try compile(text), kept: card)
    let written = String(decoding: try export.bytes(as: .json), as: UTF8.self)
    #expect(export.isChanged)
    let expected = json.replacing("A pier.", with: #"A \"quay\"."#).replacing(
      "Mind the rope", with: "Mind the {{char}}")
    #expect(written == expected.dropLast(2) + #","alternate_greetings":[]}}"#)
  }

  @Test func `pictures and members of archives are taken over whole`() throws {
    let json = CardFiles.json(version: 3)
    let own = CardFiles.chunk("tEXt", Array("Comment\u{0}mine".utf8))
    let png = CardFiles.png(CardFiles.card(json) + CardFiles.card(json, keyword: "ccv3") + own)
    let kept = try CharacterCard(png)
    let program = try compile(try #require(CardProfile(kept)).text)
    let written = try CardExport(program, kept: kept).bytes(as: .png)
    #expect(written == CardFiles.png(own + CardFiles.card(json, keyword: "ccv3")))

    let archive = try CharacterCard(
      CardFiles.zip([
        .init(name: "card.json", contents: Array(json.utf8)), .init(name: "../evil", contents: [1]),
        .init(name: "assets/a.bin", contents: [7, 8, 9]),
      ]))
    let again = try CharacterCard(try CardExport(program, kept: archive).bytes(as: .charx))
    #expect(again.unsafe == [])
    #expect(again.name == "Edda")
    let bytes = try CardExport(program, kept: archive).bytes(as: .charx)
    #expect(bytes.firstRange(of: [7, 8, 9]) != nil)
  }

  @Test func `a profile that never was a card becomes one`() throws {
    let program = try compile(
      """
      dramatis: 1
      character: Jon
      summary: A "smith" who knows {user}.
      greeting: ["{user}! I am {character}.", "Again?"]
      examples: [{ event: Hot?, line: Hot. }]
      """)
    for format in [CardExport.Format.json, .png, .charx] {
      let card = try CharacterCard(try CardExport(program).bytes(as: format))
      #expect(card.specification == .v3)
      #expect(card.description == "A \"smith\" who knows {{user}}.")
      #expect(card.greetings == ["{{user}}! I am {{char}}.", "Again?"])
      #expect(card.repairs == [])
      #expect(try compile(try #require(CardProfile(card)).text).examples.map(\.line) == ["Hot."])
    }
    #expect(throws: CardExport.Refusal.self) { try CardExport(program).bytes(as: .jpeg) }
  }
}
