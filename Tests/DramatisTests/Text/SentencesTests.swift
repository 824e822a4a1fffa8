import TestSupport
import Testing

@testable import Dramatis

/// Where sentences end, for quotes of what was said.
@Suite struct SentencesTests {
  @Test(arguments: [
    ("", []),
    ("  ", []),
    ("My name is Ivo. And yours?", ["My name is Ivo.", "And yours?"]),
    ("Call me Bo. I row.", ["Call me Bo.", "I row."]),
    ("I am called Dr. Hale. Sit.", ["I am called Dr. Hale.", "Sit."]),
    ("J. R. Finch, at your service!  Ale?", ["J. R. Finch, at your service!", "Ale?"]),
    ("It costs 3.50 today… really? yes.", ["It costs 3.50 today… really? yes."]),
    (
      "\"I come from Ulm.\" He sits. *nods.* Good.", ["\"I come from Ulm.\"", "He sits.", "*nods.*", "Good."]
    ),
    ("One line\nanother line.\r\n\nThird", ["One line", "another line.", "Third"]),
    ("私は健です。犬が好き！はい", ["私は健です。", "犬が好き！", "はい"]),
    ("«Je suis Luc !» Bon.", ["«Je suis Luc !»", "Bon."]),
    ("Wait...", ["Wait..."]),
  ])
  func `a text falls into its sentences, verbatim`(text: String, sentences: [String]) {
    #expect(text.sentences() == sentences)
  }

  @Test func `nothing but blanks is lost, whatever the text`() {
    let pieces = [".", "!", "?", " ", "\n", "A", "b", "…", "”", "*", "。", "Mr", "é", "1"]
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
      #expect(
        text.sentences().joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace }, "\(text)")
    }
  }
}
