import Dramatis
import TestSupport
import Testing

@testable import DramatisCompiler

@Suite struct ControlCharactersTests {
  static let sequences: [(text: String, stripped: String)] = [
    ("plain\ttext\n", "plain\ttext\n"),
    ("a\u{1B}[31mb\u{1B}[0m", "ab"),
    ("a\u{1B}[?25;1 qb", "ab"),
    ("a\u{9B}1;2Hb", "ab"),
    ("a\u{1B}[1", "a"),
    ("a\u{1B}[1\u{1B}[2Jb", "ab"),
    ("a\u{1B}]0;title\u{7}b", "ab"),
    ("a\u{1B}]8;;http://x\u{1B}\\b", "ab"),
    ("a\u{9D}0;title\u{9C}b", "ab"),
    ("a\u{1B}]0;title", "a"),
    ("a\u{1B}]0;title\u{1B}[1mb", "ab"),
    ("a\u{1B}Pq payload\u{1B}\\b", "ab"),
    ("a\u{90}q pay\u{7}load\u{9C}b", "ab"),
    ("a\u{1B}_G payload\u{1B}\\b", "ab"),
    ("a\u{9F}G payload\u{1A}b", "ab"),
    ("a\u{1B}^private\u{1B}\\b", "ab"),
    ("a\u{1B}Xstring\u{1B}\\b\u{98}string\u{9C}c\u{9E}pm\u{18}d", "abcd"),
    ("a\u{1B}cb\u{1B}(Bc\u{1B}7d", "abcd"),
    ("a\u{1B}", "a"),
    ("a\u{1B}é", "aé"),
    ("a\r\nb\rc\u{0}\u{8}\u{7F}\u{85}\u{84}d", "a\nbcd"),
    ("\u{202E}evil\u{202C} \u{2066}x\u{2069}\u{200E}\u{200F}\u{61C}\u{FEFF}", "evil x"),
    ("e\u{301} 日本 🦊 \u{200D}", "e\u{301} 日本 🦊 \u{200D}"),
  ]

  @Test(arguments: sequences)
  func `sequences are stripped`(text: String, stripped: String) {
    #expect(Array(text.strippedOfControls().utf8) == Array(stripped.utf8))
  }

  @Test(arguments: sequences)
  func `chunks make no difference`(text: String, stripped: String) {
    for length in 1...3 {
      var (stripper, left, kept) = (ControlStripper(), Array(text.unicodeScalars)[...], "")
      while !left.isEmpty {
        kept += stripper.strip(String(String.UnicodeScalarView(left.prefix(length))))
        left = left.dropFirst(length)
      }
      #expect(Array(kept.utf8) == Array(stripped.utf8))
    }
  }

  @Test func `what is left of random text holds no controls`() {
    var random = SeededGenerator(seed: 7)
    let alphabet = Array("\u{1B}\u{9B}\u{9D}\u{90}\u{9C}\u{7}[]P\\;1mx\u{202E}\n".unicodeScalars)
    for _ in 0..<2_000 {
      let scalars = (0..<12).map { _ in random.pick(alphabet) }
      let stripped = String(String.UnicodeScalarView(scalars)).strippedOfControls()
      #expect(stripped.unicodeScalars.allSatisfy { $0 == "\n" || (0x20..<0x7F).contains($0.value) })
    }
  }

  @Test func `text of one line has no breaks`() {
    #expect("a\r\nb\tc\u{2028}d".oneLine == "a b c d")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한글", 4), ("🦊", 2), ("👩‍🚀", 2), ("👍🏽", 2),
    ("🇩🇪", 2), ("ｆｕｌｌ", 8), ("\u{200B}", 0), ("✓", 1), ("⚡", 2), ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("🧑‍⚕️", 2),
    ("👩‍❤️‍👨", 2), ("🏳️‍🌈", 2), ("👁️‍🗨️", 2), ("🏴\u{E0067}\u{E0062}\u{E007F}", 2), ("🇩", 1), ("👩‍👩‍👧‍👦👍🏿", 4), ("क्‍ष", 2),
    ("한", 2),
  ])
  func `widths are those of a terminal`(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }
}
