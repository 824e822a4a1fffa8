import Testing

@testable import DramatisCLI

@Suite struct LineEditorTests {
  /// Keys, and the text that they leave with a bar where the cursor stands.
  private static let edits: [([Key], String)] = [
    ([.text("abc")], "abc|"), ([.text("abc"), .move(.left), .text("X")], "abX|c"),
    ([.text("abc"), .move(.lineStart), .erase(.right)], "|bc"), ([.text("abc"), .erase(.left)], "ab|"),
    ([.text("a👩‍👩‍👧b"), .move(.left), .erase(.left)], "a|b"),
    ([.text("e"), .text("\u{301}"), .erase(.left)], "|"),
    ([.text("日本語"), .move(.left), .move(.left), .erase(.right)], "日|語"),
    ([.text("👩"), .text("\u{200D}"), .text("🚀"), .move(.left)], "|👩‍🚀"),
    ([.text("🇩🇪🇫🇷"), .erase(.left)], "🇩🇪|"), ([.text("\u{301}x"), .move(.lineStart), .text("e")], "e\u{301}|x"),
    ([.text("one two  three"), .move(.wordLeft)], "one two  |three"),
    ([.text("one two.  "), .move(.wordLeft)], "one |two.  "),
    ([.text("one two"), .move(.lineStart), .move(.wordRight)], "one| two"),
    ([.text("one two.x"), .kill(.blankLeft)], "one |"),
    ([.text("one two.x"), .kill(.wordLeft)], "one two.|"),
    ([.text("one two"), .kill(.wordLeft), .kill(.wordLeft), .yank], "one two|"),
    (
      [.text("one two"), .move(.lineStart), .kill(.wordRight), .kill(.wordRight), .yank, .yank],
      "one twoone two|"
    ),
    ([.text("ab"), .kill(.lineStart), .text("x"), .yank], "xab|"),
    ([.text("ab"), .move(.left), .kill(.lineEnd)], "a|"),
    ([.text("ab"), .kill(.lineStart), .kill(.lineStart), .yank], "ab|"),
    ([.text("ab"), .transpose], "ba|"), ([.text("abc"), .move(.left), .transpose], "acb|"),
    ([.text("a"), .transpose], "a|"), ([.text("ab"), .move(.lineStart), .transpose], "|ab"),
    ([.text("ab"), .endOrDelete], "ab|"), ([.text("ab"), .move(.left), .endOrDelete], "a|"),
    ([.text("ab\\"), .enter, .text("c")], "ab\nc|"), ([.text("ab"), .newline, .text("c")], "ab\nc|"),
    ([.paste("a\r\nb\rc\td\u{2028}e")], "a\nb\nc d\ne|"),
    ([.paste("a\u{1B}[31mb\u{1B}]0;x\u{7}c\u{202E}d\u{9B}1me")], "abcde|"),
    ([.text("abc\ndefg\nh"), .up], "abc\nd|efg\nh"),
    ([.paste("abc\nde"), .up, .move(.lineEnd), .down], "abc\nde|"),
    ([.paste("ab\ncd"), .kill(.lineStart)], "ab\n|"),
    ([.paste("ab\ncd"), .move(.lineStart), .erase(.left)], "ab|cd"),
    ([.text("abc"), .interrupt], "|"), ([.text("abc"), .cancel], "abc|"),
    ([.up], "newest|"), ([.up, .up], "older line|"), ([.up, .up, .up, .up], "oldest|"),
    ([.text("draft"), .up, .up, .down, .down], "draft|"), ([.up, .down], "|"), ([.down], "|"),
    ([.search, .text("old")], "older line|"), ([.search, .text("old"), .search], "oldest|"),
    ([.search, .text("old"), .search, .erase(.left)], "older line|"),
    ([.text("draft"), .move(.left), .search, .text("old"), .cancel], "draf|t"),
    ([.search, .text("old"), .move(.lineStart), .text("X")], "X|older line"),
    ([.search, .text("old"), .move(.left), .up], "oldest|"), ([.search, .text("nothing such")], "|"),
  ]

  @Test(arguments: edits)
  func `keys do what other line editors do`(keys: [Key], expected: String) {
    var editor = LineEditor(history: ["oldest", "older line", "newest"])
    for key in keys { _ = editor.apply(key) }
    #expect(marked(editor) == expected)
  }

  private func marked(_ editor: LineEditor) -> String {
    String(editor.text[..<editor.cursor]) + "|" + String(editor.text[editor.cursor...])
  }

  @Test func `a line is accepted, left or given up`() {
    var editor = LineEditor(history: ["found"])
    #expect(editor.apply(.endOrDelete) == .ended)
    #expect(editor.apply(.interrupt) == .interrupted)
    #expect(editor.apply(.enter) == .accepted(""))
    #expect(editor.apply(.text("a")) == .edited)
    #expect(editor.apply(.clearScreen) == .cleared)
    #expect(editor.apply(.interrupt) == .edited)
    #expect(editor.apply(.search) == .edited)
    #expect(editor.apply(.text("fou")) == .edited)
    #expect(editor.apply(.enter) == .accepted("found"))
    editor.start()
    #expect(editor.apply(.down) == .refused)
    #expect(editor.line.isEmpty && editor.search == nil)
  }

  @Test func `what would make a line too long is refused as a whole`() {
    var editor = LineEditor(limit: 8)
    #expect(editor.apply(.text("日本")) == .edited)
    #expect(editor.apply(.paste("語")) == .refused)
    #expect(editor.apply(.text("ab")) == .edited)
    #expect(editor.apply(.yank) == .edited)
    #expect(editor.apply(.text("c")) == .refused)
    #expect(editor.line == "日本ab")
  }

  @Test func `a text of many thousand words is one paste, and words of it move and go like any other`() {
    var editor = LineEditor()
    #expect(editor.apply(.paste(String(repeating: "word ", count: 20_000))) == .edited)
    for key in [Key.move(.wordLeft), .kill(.wordRight), .yank, .move(.lineStart)] { _ = editor.apply(key) }
    #expect(editor.text.count == 100_000 && editor.cursor == 0)
  }
}
