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

  private static func status(moved: [Int], states: [(String?, String, String)]) -> StatusLine {
    let places = states.indices.map { StatusLine.Place(character: "Ann", machine: $0) }
    return StatusLine(
      turn: 3, voice: "gpt",
      states: zip(places, states).map { .init(place: $0, owner: $1.0, machine: $1.1, state: $1.2) },
      moved: moved.map { places[$0] })
  }

  private static let statuses: [(columns: Int?, text: String)] = [
    (nil, "turn 3 · gpt · 心情: 日本語の状態 · purse: a b · Old Tom: hat: off"),
    (66, "turn 3 · gpt · 心情: 日本語の状態 · purse: a b · Old Tom: hat: off"),
    (65, "turn 3 · 心情: 日本語の状態 · purse: a b · Old Tom: hat: off"),
    (59, "turn 3 · 心情: 日本語の状態 · purse: a b"), (40, "turn 3 · 心情: 日本語の状態 · purse: a b"),
    (39, "turn 3 · purse: a b"), (19, "turn 3 · purse: a b"), (18, "turn 3 · a b"), (11, "turn 3 · a…"),
    (0, ""),
  ]

  @Test(arguments: statuses)
  func `the status keeps the names of machines as long as it can, and what moved last`(
    columns: Int?, text: String
  ) {
    let status = Self.status(
      moved: [1, 0],
      states: [(nil, "心情", "日本語の状態"), (nil, "purse", "a\nb\u{1B}[31m"), ("Old Tom", "hat", "off")])
    #expect(status.text(columns: columns) == text)
  }

  @Test func `the status says first what is not saved, and fits where nothing was ever moved`() {
    var status = Self.status(moved: [], states: [])
    #expect(status.text(columns: 6) == "turn 3")
    status.isUnsaved = true
    #expect(status.text(columns: nil) == "NOT SAVED · turn 3 · gpt")
    #expect(status.text(columns: 20) == "NOT SAVED · turn 3")
  }

  private static let emphases: [(text: String, shown: String)] = [
    ("*nods* Yes.", "<nods> Yes."), ("That is **mine**.", "That is [mine]."),
    ("5 * 3 = 15, 2*3*4", "5 * 3 = 15, 2*3*4"),
    ("***Out!***", "[<Out!]>"), ("*sighs", "<sighs>"), ("*one\n*two* three", "<one>\n<two> three"),
    ("****", "****"),
    ("a * b* c", "a * b* c"), ("“*hm*”", "“<hm>”"), ("**not closed", "[not closed]"), ("*", "*"), ("", ""),
    ("*Mara's* (*quietly*)", "<Mara's> (<quietly>)"), ("\u{10FFF0}x\u{10FFF3}", "x"),
  ]

  @Test(arguments: emphases)
  func `actions and stress become styles, however the text is cut into pieces`(text: String, shown: String) {
    let expected = shown.map { character in
      switch character {
      case "<": "\u{1B}[3m"
      case ">": "\u{1B}[23m"
      case "[": "\u{1B}[1m"
      case "]": "\u{1B}[22m"
      default: String(character)
      }
    }.joined()
    #expect(Emphasis.shown(Emphasis.marked(text)) == expected)
    var emphasis = Emphasis()
    let pieces = text.map { emphasis.push(String($0)) }.joined() + emphasis.finish()
    #expect(Emphasis.shown(pieces) == expected)
  }

  @Test func `a style takes no room in a row`() {
    let wrapped = WordWrap.wrapped(Emphasis.marked("*abcd* **ef** gh"), width: 7, indent: 0)
    #expect(Emphasis.shown(wrapped) == "\u{1B}[3mabcd\u{1B}[23m \u{1B}[1mef\u{1B}[22m\ngh")
  }
}
