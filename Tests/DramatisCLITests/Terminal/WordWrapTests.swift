import DramatisCompiler
import TestSupport
import Testing

@testable import DramatisCLI

@Suite struct WordWrapTests {
  private static let texts: [(String, Int?, Int, Int, String)] = [
    ("one two three", 8, 0, 0, "one two\nthree"), ("one two three", 7, 2, 0, "one two\n  three"),
    ("one two three", nil, 2, 0, "one two three"), ("a\nb", nil, 2, 0, "a\n  b"),
    ("a\n\nb", 10, 2, 0, "a\n\n  b"),
    ("one two", 10, 2, 6, "one\n  two"), ("seven", 10, 2, 6, "\n  seven"),
    ("abcdefghijkl", 5, 0, 0, "abcde\nfghij\nkl"),
    ("a abcdefghijkl", 6, 2, 0, "a abcd\n  efgh\n  ijkl"), ("a b\r\nc", 6, 0, 0, "a b\nc"),
    ("日本語日本語", 5, 0, 0, "日本\n語日\n本語"),
    ("日本。語", 5, 0, 0, "日\n本。\n語"), ("「日本」語", 6, 0, 0, "「日\n本」語"), ("ab 日本", 5, 0, 0, "ab 日\n本"),
    ("👩‍🚀👩‍🚀👩‍🚀", 5, 0, 0, "👩‍🚀👩‍🚀\n👩‍🚀"), ("one  two", 20, 0, 0, "one  two"), ("one    two", 6, 0, 0, "one\ntwo"),
    ("  indented", 20, 0, 0, "  indented"), ("10\u{A0}km off", 5, 0, 0, "10\u{A0}km\noff"), ("", 5, 0, 0, ""),
    ("end\n", 5, 2, 0, "end\n"), ("end ", 5, 0, 0, "end"),
  ]

  @Test(arguments: texts)
  func `text is broken between words and below its indent`(
    text: String, width: Int?, indent: Int, column: Int, expected: String
  ) {
    #expect(WordWrap.wrapped(text, width: width, indent: indent, column: column) == expected)
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `chunks make no difference, no row is too wide and no word is lost`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "a", "word", " ", "  ", "日本", "。", "👩‍🚀", "e\u{301}", "\n", "verylongwordwithoutend", "\u{301}", "「",
    ]
    let text = (0..<40).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    let (width, indent) = (Int.random(in: 6...30, using: &random), Int.random(in: 0...3, using: &random))
    var wrap = WordWrap(width: width, indent: indent)
    let chunked = text.unicodeScalars.map { wrap.push(String($0)) }.joined() + wrap.finish()
    #expect(chunked == WordWrap.wrapped(text, width: width, indent: indent))
    #expect(chunked.split(separator: "\n").allSatisfy { $0.displayWidth <= width })
    #expect(withoutBlanks(chunked) == withoutBlanks(text))
  }

  private func withoutBlanks(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0 != " " && $0 != "\n" }
  }

  @Test func `a note goes on below its text where it is a list, and at the margin where it is a sentence`() {
    #expect(ChatScreen.rows(of: "one two three", columns: 8) == ["one two", "three"])
    #expect(ChatScreen.rows(of: "· one two three", columns: 10) == ["· one two", "  three"])
    #expect(
      ChatScreen.rows(of: "a: one two\n  b: one two", columns: 8) == [
        "a: one", "  two", "  b: one", "    two",
      ])
    #expect(ChatScreen.rows(of: "a\n  b c", columns: nil) == ["a", "  b c"])
  }

  @Test func `a word is shown as soon as it is complete`() {
    var wrap = WordWrap(width: 20)
    #expect(["Hel", "lo the", "re. ", "You"].map { wrap.push($0) } == ["", "Hello", "", " there."])
    #expect(wrap.finish() == " You")
  }

  @Test func `the status is one row in the longest words that fit, cut where none do`() {
    let status = StatusLine(parts: [
      .init("turn 3"), .init(""), .init("gpt", "gpt", ""), .init("心情: 日本語の状態", "日本語の状態"),
      .init("a\nb\u{1B}[31m"),
    ])
    #expect(status.text(columns: nil) == "turn 3 · gpt · 心情: 日本語の状態 · a b")
    #expect(status.text(columns: 39) == "turn 3 · gpt · 心情: 日本語の状態 · a b")
    #expect(status.text(columns: 38) == "turn 3 · gpt · 日本語の状態 · a b")
    #expect(status.text(columns: 30) == "turn 3 · 日本語の状態 · a b")
    #expect(status.text(columns: 14) == "turn 3 · 日本…")
    #expect(status.text(columns: 13) == "turn 3 · 日…")
    #expect(status.text(columns: 0).isEmpty)
    #expect(StatusLine(parts: []).text(columns: 5).isEmpty)
  }
}
