import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// Lorebooks of other front ends, and cases of what they tell.
@Suite struct LoreBookTests {
  static let file = Repository.beside("shared/lore/sillytavern.jsonl")

  static let isThere: Bool = {
    let isThere = FileManager.default.fileExists(atPath: file.path)
    if !isThere { print("SKIPPED: the shared cases of lorebooks are not beside the checkout") }
    return isThere
  }()

  @Test(.enabled(if: isThere)) func `every case comes to what is expected`() throws {
    let lines = try Data(contentsOf: Self.file).split(separator: 0x0A)
    #expect(lines.count >= 600)
    for line in lines {
      let one = try #require(LoreCase(Array(line)))
      #expect(one.difference() == nil, "\(one.name)")
    }
  }

  /// A case with one book of entries 0, 1, 2 …, and turns.
  private func difference(_ entries: [String], _ turns: [String], settings: String = "") throws -> String? {
    let book = entries.enumerated().map { "\"\($0)\":{\"uid\":\($0),\($1)}" }.joined(separator: ",")
    let text = """
      {"name":"x-1","family":"x","settings":{\(settings)},"book":{"entries":{\(book)}},"character":{"name":"Edda"},\
      "user":{"name":"Jon"},"turns":[\(turns.joined(separator: ","))]}
      """
    return try #require(LoreCase(Array(text.utf8))).difference()
  }

  private func turn(_ message: String, _ activated: [Int], more: String = "") -> String {
    """
    {"add":[{"name":"Jon","text":"\(message)"}],"expected":{"activated":\(activated),"overflowed":false\(more)}}
    """
  }

  @Test func `keys, secondary keys and names decide`() throws {
    let entries = [
      #""key":["net"],"content":"a""#, #""key":["{{user}}"],"content":"b""#,
      #""key":["rope"],"keysecondary":["wet"],"selectiveLogic":2,"content":"c""#,
    ]
    let before = #","before":"#
    #expect(
      try difference(
        entries,
        [turn("Nets!", [0, 1], more: before + "[1,0]"), turn("wet rope", [0, 1], more: before + "[1,0]")])
        == nil)
    #expect(
      try difference(entries, [turn("a rope", [1, 2], more: before + "[2,1]")]) == nil)
  }

  @Test func `a difference is named with its turn`() throws {
    let entries = [#""key":["net"],"content":"a""#]
    #expect(try difference(entries, [turn("no", [0])]) == "turn 1: activated: expected [0], got []")
  }

  @Test func `an entry of a card's book is read as SillyTavern reads it`() throws {
    let entry = """
      {"keys":["net"],"secondary_keys":["wet"],"selective":true,"content":"Mind it.","enabled":true,"insertion_order":7,\
      "position":"before_char","case_sensitive":true,"extensions":{"sticky":3,"depth":2,"case_sensitive":false}}
      """
    let json = CardFiles.json(data: #","character_book":{"extensions":{},"entries":[\#(entry)]}"#)
    let read = try #require(try Lorebook(Array(json.utf8)).entries.first)
    #expect(read.keys == ["net"] && read.secondaryKeys == ["wet"] && read.isSelective)
    #expect(read.order == 7 && read.sticky == 3 && read.depth == 2)
    #expect(read.position == .beforeCharacter)
    // The specification's own field is not read there.
    #expect(read.isCaseSensitive == false)
  }

  @Test func `the command says what is told and why`() async throws {
    let folder = try TemporaryFolder()
    let book = try folder.file(
      "book.json", #"{"entries":{"0":{"uid":4,"key":["net"],"content":"Nets dry.","position":0}}}"#)
    let chat = try folder.file(
      "chat.jsonl",
      """
      {"user_name":"Jon","character_name":"Edda","chat_metadata":{}}
      {"name":"Jon","mes":"Nice net."}
      {"name":"Edda","mes":"Is it?"}
      {"name":"Jon","mes":"So."}
      {"name":"Jon","mes":"Well."}
      """)
    let told = try await Tool.dramatis("lore", book, "--chat", chat)
    #expect(told.status == 0)
    #expect(
      told.output == """
        turn 1, Jon: Nice net.
          4 because of 'net', beforeCharacter: Nets dry.
        turn 2, Edda: Is it?
          4 because of 'net', beforeCharacter: Nets dry.
        turn 3, Jon: So.
        turn 4, Jon: Well.

        """)
    let cases = try folder.file(
      "cases.jsonl", #"{"name":"a-1","book":{"entries":{}},"turns":[{"expected":{"activated":[1]}}]}"#)
    let failed = try await Tool.dramatis("lore", "--cases", cases)
    #expect(failed.status == 1)
    #expect(failed.output == "FAIL a-1: turn 1: activated: expected [1], got []\n0 passed, 1 failed\n")
    #expect(try await Tool.dramatis("lore", book).status == 2)
  }
}
