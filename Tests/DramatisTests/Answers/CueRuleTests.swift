import TestSupport
import Testing

@testable import Dramatis

/// What matches of a question's cues count for together.
@Suite struct CueRuleTests {
  @Test(arguments: [
    ("He did not apologise.", Answer.no), ("I apologise.", .yes),
    ("I apologise. I do not apologise for him.", .unknown),
    ("I apologised and apologised", .yes), ("Joking apart", .no), ("I'm not joking", .unknown),
    ("I'm not joking, I apologise", .yes),
    ("Joking. I apologise.", .unknown), ("a mock apology", .no), ("a mock apology! Apologies.", .unknown),
    ("a mock apology accepted by all", .yes), ("I do not make a mock apology", .unknown),
  ])
  func `the longest of those that overlap counts, and each of those apart`(text: String, answer: Answer) {
    let question = Question(
      name: "q", text: "Q?", cues: ["apolog*", "apology accepted by all"],
      counterCues: ["not apolog*", "joking", "mock apology"])
    #expect(question.answer(about: Scene(text)) == answer)
  }

  @Test(arguments: parts)
  func `a question may look at speech or at actions alone`(part: Question.Part?, text: String, answer: Answer)
  {
    #expect(Question(name: "q", text: "Q?", cues: ["burns"], part: part).answer(about: Scene(text)) == answer)
  }

  @Test(arguments: ["Bram said: 'I'm sorry'", "\"I'm sorry,\" he said", "I'm sorry"])
  func `a question may count what is reported`(text: String) {
    let question = Question(name: "q", text: "Q?", cues: ["sorry"], countsReported: true)
    #expect(question.answer(about: Scene(text)) == .yes)
  }

  @Test(arguments: ["Rowan": Answer.yes, "Bram": .unknown])
  func `who writes of himself by name says it himself`(actor: String, answer: Answer) {
    let event = Event(actor: actor, text: "Rowan said: 'Thank you.'")
    let question = Question(name: "q", text: "Q?", cues: ["thank you"])
    #expect(question.answer(about: Scene(of: event, after: [], window: 1)) == answer)
  }

  private static let parts: [(part: Question.Part?, text: String, answer: Answer)] = [
    (nil, "*burns it* Hello", Answer.yes), (Question.Part.speech, "*burns it* Hello", .unknown),
    (.action, "*burns it* Hello", .yes),
    (.action, "He burns it. *nods*", .unknown), (.speech, "He burns it. *nods*", .yes),
    (.action, "*He burns", .unknown),
    (.speech, "2 * 3 burns * 4", .yes), (.action, "a *lot* burns a *lot*", .unknown),
    (.action, "**burns**", .yes),
    (.action, "*nods\nburns*", .unknown),
  ]

  @Test(arguments: [
    "Bram said: \"thanks\" ", "Bram said thanks, ", "I heard 'no' and he said 'thanks' ", "he said, ",
  ])
  func `a long log of what others said is read in one go`(words: String) {
    // Where time grew with the square, this would take minutes.
    let text = String(repeating: words, count: (60 << 10) / words.utf8.count)
    let question = Question(name: "q", text: "Q?", cues: ["thanks"])
    #expect(question.answer(about: Scene(text)) == .unknown)
  }

  @Test func `every word of the languages is a phrase`() {
    for language in Language.all {
      for (role, texts) in language.phrases {
        for text in texts { #expect((try? Phrase(parsing: text)) != nil, "\(role): \(text)") }
      }
    }
  }

  /// Words of which sentences are made, with commas and full stops as words of their own.
  private static let words = [
    "ale", "wine", "stew", "not", "without", "not only", "but", "because", ",", ".", "and i", "bread",
  ]

  @Test func `random sentences are read as the page says`() {
    var generator = SeededGenerator(seed: 11)
    let question = Question(
      name: "q", text: "Q?", cues: ["ale", "wine bread", "not stew"],
      counterCues: ["stew", "bread", "ale wine"])
    var seen: [Answer: Int] = [:]
    for _ in 0..<3000 {
      let words = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
        Self.words[Int.random(in: Self.words.indices, using: &generator)]
      }
      let answer = NaiveCues(words).answer
      seen[answer, default: 0] += 1
      #expect(
        question.answer(about: Scene(words.joined(separator: " "))) == answer,
        "\(words.joined(separator: " "))")
    }
    #expect(seen.count == 3 && seen.values.allSatisfy { $0 > 200 })
  }

  @Test func `an endless text is read in time`() {
    let question = Question(
      name: "q", text: "Q?", cues: ["*a*", "sorry", "a … b"], counterCues: ["not sorry"])
    for piece in ["a", "sorry ", "\"", "don't you ", "said i ", "a b ", "not ", ", or ", "* "] {
      let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
      #expect(
        ContinuousClock().measure { _ = question.answer(about: Scene(text)) } < .seconds(20), "\(piece)")
    }
  }
}

/// The rules of cues on sentences of a few words, by counting them off.
private struct NaiveCues {
  /// The words one by one; those of two are two.
  private let words: [String]

  init(_ words: [String]) {
    self.words = words.flatMap { $0.split(separator: " ").map(String.init) }
  }

  private static let cues = [["ale"], ["wine", "bread"], ["not", "stew"]]
  private static let counterCues = [["stew"], ["bread"], ["ale", "wine"]]

  var answer: Answer {
    let all =
      Self.cues.flatMap { places(of: $0, isCue: true) }
      + Self.counterCues.flatMap { places(of: $0, isCue: false) }
    let counting = all.filter { one in
      !all.contains { $0.range.overlaps(one.range) && $0.letters > one.letters }
    }
    let meanings = counting.compactMap { place -> Answer? in
      if place.isCue { return place.isDenied ? .no : .yes }
      return place.isDenied ? nil : .no
    }
    return Set(meanings).count == 1 ? meanings[0] : .unknown
  }

  private struct Place {
    let range: Range<Int>
    let letters: Int
    let isCue: Bool
    let isDenied: Bool
  }

  private func places(of cue: [String], isCue: Bool) -> [Place] {
    words.indices.compactMap { start in
      guard words[start...].starts(with: cue) else { return nil }
      return Place(
        range: start..<start + cue.count, letters: cue.joined(separator: " ").count, isCue: isCue,
        isDenied: !cue.contains("not") && negations(before: start) % 2 == 1)
    }
  }

  /// How many negations stand before a word in its clause.
  private func negations(before place: Int) -> Int {
    var count = 0
    var index = place - 1
    while index >= 0, !endsClause(index) {
      let isNegation = words[index] == "without" || words[index] == "not" && words[index + 1] != "only"
      count += isNegation ? 1 : 0
      index -= 1
    }
    return count
  }

  private func endsClause(_ index: Int) -> Bool {
    [",", ".", "but", "because"].contains(words[index]) || words[index] == "and" && words[index + 1] == "i"
  }
}
