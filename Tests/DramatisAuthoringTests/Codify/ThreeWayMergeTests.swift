import DramatisAuthoring
import Testing

/// What was generated, edited by hand and generated again.
@Suite struct ThreeWayMergeTests {
  @Test(arguments: [
    ("a b c", "a b c", "a x c", "a x c", 0), ("a b c", "a y c", "a b c", "a y c", 0),
    ("a b c d e", "a y c d e", "a b c d x", "a y c d x", 0), ("a b c", "a y c", "a x c", "a y c", 1),
    ("a b c", "a c", "a b c d", "a c d", 0), ("a b", "a b c", "a b c", "a b c", 0),
    ("", "a", "b", "a", 1), ("a b c", "", "a b c", "", 0), ("a b", "a m b", "a n b", "a m b", 1),
  ])
  func `changes go together, and where they do not the hand wins`(
    base: String, edited: String, generated: String, expected: String, conflicts: Int
  ) {
    func lines(_ words: String) -> String { words.split(separator: " ").map { $0 + "\n" }.joined() }
    let merge = ThreeWayMerge(base: lines(base), edited: lines(edited), generated: lines(generated))
    #expect(merge.text == lines(expected))
    #expect(merge.conflicts.count == conflicts)
  }

  @Test func `a conflict says what stands on both sides and where`() {
    let merge = ThreeWayMerge(base: "a\nb\nc\n", edited: "a\ny\nc\n", generated: "a\nx\nc\n")
    #expect(merge.conflicts.first?.line == 2)
    #expect(merge.conflicts.first?.kept == ["y"] && merge.conflicts.first?.generated == ["x"])
  }
}
