import TestSupport
import Testing

@testable import Dramatis

@Suite struct PhraseMatcherRandomTests {
  @Test(
    arguments: [
      ["a", "b"], ["a", "a", "b", " "], ["a", "t", "s", "'", " "], ["t", "'"], ["a", "の", "鍵", "ก", " "],
      ["e", "é", "e\u{301}", "\u{301}", " "], ["ß", "s", "S", "ẞ", "\u{2019}"],
      ["i", "İ", "ı", "\u{307}", "_"],
      ["o", "🔥", "!", "-", "\n"], ["\u{1100}", "\u{1161}", "\u{11A8}", "가", "각", " "],
    ], [0, 40, 1 << 20])
  func `the automaton agrees with a search at every position`(letters: [String], cellBudget: Int) throws {
    var generator = SeededGenerator(seed: UInt64(cellBudget + letters.count))
    for _ in 0..<60 {
      let phrases = (0..<8).compactMap { _ in try? Phrase(parsing: Self.cue(of: letters, using: &generator)) }
      let matcher = PhraseMatcher(phrases: phrases, cellBudget: cellBudget)
      for _ in 0..<5 {
        let text = Self.text(of: letters, count: 0...24, using: &generator)
        let naive = NaiveMatcher(text)
        #expect(
          matcher.matches(in: text) == phrases.map(naive.contains), "\(phrases) in \(text.debugDescription)")
      }
    }
  }

  @Test func `ten thousand long phrases build and match within their bounds`() throws {
    var generator = SeededGenerator(seed: 3)
    let letters = "abcdefghijklmnopqrstuvwxyz".map(String.init)
    let cues = (0..<10_000).map { _ in Self.text(of: letters, count: 60...60, using: &generator) }
    let matcher = PhraseMatcher(phrases: try cues.map { try Phrase(parsing: $0) })
    let found = matcher.matches(in: cues[17] + " " + cues[4711] + "x")
    #expect(found.indices.filter { found[$0] } == [17])
  }

  @Test(arguments: ["a", "啊"], ["", "*"])
  func `nested phrases in a long run take linear time`(letter: String, end: String) throws {
    let phrases = try (1...300).map { try Phrase(parsing: String(repeating: letter, count: $0) + end) }
    let found = PhraseMatcher(phrases: phrases).matches(in: String(repeating: letter, count: 100_000))
    #expect(found.allSatisfy { $0 == (letter == "啊" || end == "*") })
  }

  @Test func `a tower of marks takes linear time`() throws {
    let tower = "e" + String(repeating: "\u{301}\u{323}", count: 100_000)
    #expect(PhraseMatcher(phrases: [try Phrase(parsing: "é")]).matches(in: tower) == [false])
  }

  @Test(arguments: [
    ["a", "b", "*", " "], ["a", "*", "…", " "], ["a", "b", ".", " … ", " ", "\n"],
    ["a", "'", "t", "*", "… "],
  ])
  func `stars and gaps agree with a search at every position`(letters: [String]) throws {
    var generator = SeededGenerator(seed: UInt64(letters.count + letters[1].utf8.count))
    var found = 0
    for _ in 0..<300 {
      let cues = (0..<8).map { _ in Self.text(of: letters, count: 2...9, using: &generator) }
      let phrases = cues.compactMap { try? Phrase(parsing: $0) }
      let matcher = PhraseMatcher(phrases: phrases)
      for _ in 0..<5 {
        let text = Self.text(
          of: ["a", "b", "'", "t", " ", " ", ".", "\n", "aa"], count: 0...24, using: &generator)
        let naive = NaiveMatcher(text)
        let expected = phrases.map(naive.contains)
        found += expected.count { $0 }
        #expect(matcher.matches(in: text) == expected, "\(phrases.map(\.text)) in \(text.debugDescription)")
      }
    }
    #expect(found > 300)
  }

  /// A random cue, sometimes a prefix.
  static func cue(of letters: [String], using generator: inout SeededGenerator) -> String {
    text(of: letters, count: 1...5, using: &generator) + (Bool.random(using: &generator) ? "*" : "")
  }

  /// A random text.
  static func text(
    of letters: [String], count: ClosedRange<Int>, using generator: inout SeededGenerator
  ) -> String {
    (0..<Int.random(in: count, using: &generator)).map { _ in
      letters[Int.random(in: letters.indices, using: &generator)]
    }
    .joined()
  }
}
