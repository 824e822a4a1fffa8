import Testing

@testable import Dramatis

@Suite struct NearestNameTests {
  static let cases: [(name: String, candidates: [String], nearest: String?)] = [
    ("tavren", ["market", "tavern"], "tavern"),
    ("Tavern", ["market", "tavern"], "tavern"),
    ("wray", ["wary", "gray"], "wary"),
    ("moo", ["mood", "moon"], "mood"),
    ("größ", ["groß", "größe"], "groß"),
    ("a", ["b"], nil),
    ("a", ["A"], "A"),
    ("ab", ["abc"], "abc"),
    ("tavern", ["cellar", "market"], nil),
    ("", ["a"], nil),
    ("a", [], nil),
    ("transitoins", ["states", "transitions"], "transitions"),
    (String(repeating: "x", count: 65), [String(repeating: "x", count: 65)], nil),
    ("x", [String(repeating: "x", count: 100_000)], nil),
  ]

  @Test(arguments: cases)
  func `the nearest candidate is suggested`(name: String, candidates: [String], expected: String?) {
    #expect(nearest(name, among: candidates) == expected)
  }
}
