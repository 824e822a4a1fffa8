import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// Cards that were made up here; those of other front ends are in ``SharedCardTests``.
@Suite struct CharacterCardTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private func refusal(_ bytes: [UInt8], ending: String = "") -> CardRefusal.Reason? {
    do {
      _ = try CharacterCard(bytes, ending: ending)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func `a card is the same in JSON, in a picture and in an archive`() throws {
    let json = CardFiles.json(version: 3)
    let files: [(bytes: [UInt8], source: String)] = [
      (Self.bytes(json), "json"), (CardFiles.png(CardFiles.card(json, keyword: "ccv3")), "tEXt ccv3"),
      (CardFiles.zip([.init(name: "card.json", contents: Self.bytes(json))]), "charx"),
      (
        CardFiles.zip(
          [.init(name: "card.json", contents: Self.bytes(json))], before: [0xFF, 0xD8, 0xFF, 0xD9]),
        "charx-jpeg"
      ),
    ]
    for file in files {
      let card = try CharacterCard(file.bytes)
      #expect(card.source == file.source)
      #expect(card.specification == .v3)
      #expect(card.name == "Edda")
      #expect(card.greetings == ["Mind the rope, {{user}}."])
      #expect(card.repairs == [])
    }
  }

  /// What is written otherwise than it should be, and how that is called.
  static let deviations: [(data: String, repair: CardRepair)] = [
    (#","alternate_greetings":"Ahoy.""#, .greetingsString), (#","tags":"sea, rope""#, .tagsString),
    (#","character_version":3"#, .versionNumber), (#","character_book":null"#, .bookNull),
    (#","character_book":{"entries":[]}"#, .bookExtensions),
    (#","character_book":{"extensions":{},"entries":{"4":{"keys":[],"content":""}}}"#, .entriesObject),
    (#","character_book":{"extensions":{},"entries":[{"keys":"a, b"}]}"#, .keysString),
    (
      #","character_book":{"extensions":{},"entries":[{"keys":[],"secondary_keys":"a"}]}"#,
      .secondaryKeysString
    ),
    (#","character_book":{"extensions":{},"entries":[{"keys":[],"position":1}]}"#, .positionNumber),
    (#","modification_date":1700000000001"#, .datesMilliseconds),
    (#","assets":[{"uri":"embedded://x.png"}]"#, .embeddedSpelling),
    (#","creator_notes":"half \udc00 a pair""#, .loneSurrogate),
  ]

  @Test(arguments: deviations)
  func `a deviation is mended and told`(deviation: (data: String, repair: CardRepair)) throws {
    let card = try CharacterCard(Self.bytes(CardFiles.json(data: deviation.data)))
    #expect(card.repairs == [deviation.repair])
  }

  @Test func `texts in other encodings are read`() throws {
    let json = CardFiles.json(name: "Zoë Ångström")
    let wide = json.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    let latin = json.unicodeScalars.map { UInt8($0.value) }
    let mangled = String(String.UnicodeScalarView(json.utf8.map { Unicode.Scalar($0) }))
    let files: [([UInt8], CardRepair)] = [
      ([0xEF, 0xBB, 0xBF] + Self.bytes(json), .bom), ([0xFF, 0xFE] + wide, .utf16), (latin, .notUTF8),
      (Self.bytes(mangled), .mojibake),
    ]
    for (bytes, repair) in files {
      let card = try CharacterCard(bytes)
      #expect(card.name == "Zoë Ångström")
      #expect(card.repairs == [repair])
    }
  }

  @Test func `a text in which one string is sound was not mangled`() throws {
    let card = try CharacterCard(Self.bytes(CardFiles.json(name: "Ã©mile", data: #","creator":"日本""#)))
    #expect(card.name == "Ã©mile")
    #expect(card.repairs == [])
  }

  @Test func `the newer keyword wins, and the first of one keyword`() throws {
    let old = CardFiles.card(CardFiles.json(name: "Old"))
    let new = CardFiles.card(CardFiles.json(version: 3, name: "New"), keyword: "CCV3")
    #expect(try CharacterCard(CardFiles.png(old + new)).name == "New")
    #expect(try CharacterCard(CardFiles.png(old + new)).repairs == [.keywordCase])
    let broken = CardFiles.chunk("tEXt", Array("ccv3".utf8) + [0] + Array("!".utf8))
    #expect(try CharacterCard(CardFiles.png(broken + old)).repairs == [.ccv3Unreadable])
    #expect(try CharacterCard(CardFiles.png(old + old)).repairs == [.duplicateChunk])
  }

  @Test func `scripts and names that lead away are listed`() throws {
    let json = CardFiles.json(version: 3, data: #","tags":["x"]"#)
      .replacing(
        #""extensions":{}"#, with: #""extensions":{"regex_scripts":[1],"risuai":{"triggerscript":[]}}"#)
    let card = try CharacterCard(
      CardFiles.zip([
        .init(name: "card.json", contents: Self.bytes(json)), .init(name: "module.risum", contents: [1]),
        .init(name: "a/../../b", contents: [1]), .init(name: "C:\\x", contents: [1]),
        .init(name: "link", contents: [1], attributes: 0xA1FF_0000),
        .init(name: "fine/..dots", contents: [1]),
      ]))
    #expect(
      card.inert == [
        "/data/extensions/regex_scripts", "/data/extensions/risuai/triggerscript", "module.risum",
      ])
    #expect(card.unsafe == ["a/../../b", "C:\\x", "link"])
    #expect(card.repairs == [.unsafePath])
  }

  @Test func `what is no card is refused with its reason`() {
    let json = CardFiles.json()
    let card = Self.bytes(json)
    let png = CardFiles.png(CardFiles.card(json), end: false)
    let member = CardFiles.Member(name: "card.json", contents: card)
    var locked = member
    locked.flags = 1
    var odd = member
    odd.method = 12
    var boastful = member
    boastful.declared = .max - 1
    var shared = CardFiles.zip([member, .init(name: "twin", contents: card)])
    // The directory's second entry points at the first member.
    if let place = shared.lastRange(of: Array("twin".utf8)) {
      shared.replaceSubrange((place.lowerBound - 4)..<place.lowerBound, with: [0, 0, 0, 0])
    }
    let refused: [([UInt8], String, CardRefusal.Reason)] = [
      (card, "png", .notPNG), (Self.bytes("Rar!"), "charx", .notZip), (Self.bytes("<html>"), "json", .json),
      (Self.bytes("[]"), "", .noCard), (Self.bytes("{}"), "", .noCard), ([], "", .json),
      (Self.bytes(CardFiles.json(name: " ")), "", .noName), (CardFiles.png([]), "png", .noCard),
      (CardFiles.png(CardFiles.chunk("tEXt", Self.bytes("chara\u{0}e30!"))), "png", .base64),
      (CardFiles.png(CardFiles.chunk("zTXt", Self.bytes("chara\u{0}\u{0}x"))), "png", .corrupt),
      (Array(CardFiles.png(CardFiles.card(json)).prefix(100)), "png", .truncated),
      (CardFiles.png([0x7F, 0xFF, 0xFF, 0xFF] + Self.bytes("tEXtchara\u{0}e30=")), "png", .length),
      (CardFiles.zip([locked]), "charx", .encrypted), (CardFiles.zip([odd]), "charx", .compression),
      (CardFiles.zip([boastful]), "charx", .tooLarge), (shared, "charx", .corrupt),
      (Array(CardFiles.zip([member]).prefix(60)), "charx", .truncated),
      (CardFiles.zip([.init(name: "sub/card.json", contents: card)]), "charx", .noCard),
      (Self.bytes(String(repeating: "[", count: 100_000)), "json", .json),
    ]
    for (bytes, ending, reason) in refused { #expect(refusal(bytes, ending: ending) == reason) }
    #expect(refusal(png) == nil)
  }

  @Test func `every cut and every changed byte is a card or a refusal`() {
    let files = [
      CardFiles.png(CardFiles.card(CardFiles.json())),
      CardFiles.zip([.init(name: "card.json", contents: Self.bytes(CardFiles.json()))]),
    ]
    for file in files {
      for place in file.indices {
        _ = refusal(Array(file[..<place]))
        for value: UInt8 in [0, 0x7F, 0xFF] {
          var changed = file
          changed[place] = value
          _ = refusal(changed)
        }
      }
      #expect(refusal(file) == nil)
    }
  }
}
