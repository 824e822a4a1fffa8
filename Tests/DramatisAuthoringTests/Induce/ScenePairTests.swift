import Testing

@testable import DramatisAuthoring

/// Pairs from stories of several forms, and their files.
@Suite struct ScenePairTests {
  private static func pairs(_ text: String, crossesChapters: Bool = false) throws -> [ScenePair] {
    try StoryActions(Array(text.utf8), work: "w").pairs(crossesChapters: crossesChapters)
  }

  private static let series = """
    {"One": [{"action": "Ann waits.", "character": "Ann"}, {"action": "It rains.", "character": "Environment"},
      {"action": "They go.", "characters": ["Bob", "Ann"]}],
     "Two": [{"action": "Bob sings.", "characters": ["Bob"]}]}
    """

  @Test func `a series gives a pair for each who acts, and no scene leaves its chapter`() throws {
    let pairs = try Self.pairs(Self.series)
    #expect(pairs.map(\.character) == ["Ann", "Bob", "Ann", "Bob"])
    #expect(pairs.map(\.scene) == ["", "Ann waits.\nIt rains.", "Ann waits.\nIt rains.", ""])
    #expect(pairs.map(\.previous) == [[], ["Environment"], ["Environment"], []])
    #expect(pairs.map(\.index) == [0, 2, 2, 3])
    #expect(pairs[1].present == ["Ann", "Bob"])
    #expect(Set(pairs.map(\.id)).count == 4)
  }

  @Test func `as published, scenes go on across chapters and hold ten actions`() throws {
    let pairs = try Self.pairs(Self.series, crossesChapters: true)
    #expect(pairs[3].scene == "Ann waits.\nIt rains.\nThey go.")
    #expect(pairs[3].previous == ["Bob", "Ann"])
    let long = (0..<15).map { #"{"action":"a\#($0)","character":"Ann"}"# }.joined(separator: "\n")
    let last = try #require(try Self.pairs(long).last)
    #expect(last.scene == (4..<14).map { "a\($0)" }.joined(separator: "\n"))
  }

  @Test func `a chat of another front end becomes lines with their speakers`() throws {
    let chat = """
      {"user_name":"You","character_name":"Mara","create_date":"2024","chat_metadata":{}}
      {"name":"Mara","is_user":false,"mes":"Door's open."}
      {"name":"You","is_user":true,"mes":"Thanks."}
      {"name":"System","is_system":true,"mes":"hidden"}
      {"name":"Mara","is_user":false,"mes":"Sit."}
      """
    let pairs = try Self.pairs(chat).of("mara")
    #expect(pairs.map(\.action) == ["Door's open.", "Sit."])
    #expect(pairs[1].scene == "Mara: Door's open.\nYou: Thanks.")
    #expect(pairs[1].previous == ["You"])
  }

  @Test func `lines of pairs come back as they were written`() throws {
    let pair = ScenePair(
      id: "x \"1\"", work: "w", chapter: "é\n2", index: 7, character: "CHU²", scene: "a\u{2028}b\nc",
      action: "Sie geht 🎸.", previous: ["Bo"], present: ["Bo", "CHU²"])
    #expect(try [ScenePair](lines: Array((pair.line + "\n \r\n").utf8)) == [pair])
    let brief = try [ScenePair](lines: Array(#"{"character":"A","scene":"","action":"b"}"#.utf8))
    #expect(brief.map(\.id) == ["pair-1"] && brief[0].previous.isEmpty)
  }

  @Test(arguments: [
    (#"{"character":"A","scene":"","action":"b"}"# + "\n{", "line 2"),
    (#"{"character":"A","action":"b"}"#, "line 1: a pair has the texts"),
    (#"{"character":" ","scene":"","action":"b"}"#, "line 1"), ("", "there is no pair"), ("[]", "line 1"),
    (
      #"{"id":"a","character":"A","scene":"","action":"b"}"# + "\n"
        + #"{"id":"a","character":"A","scene":"","action":"c"}"#, "line 2: the id 'a' was given before"
    ),
  ])
  func `a line that is no pair is named`(text: String, problem: String) throws {
    let error = #expect(throws: PairError.self) { try [ScenePair](lines: Array(text.utf8)) }
    #expect(error?.description.hasPrefix(problem) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: ["", "{}", #"{"a":1}"#, #"{"a":[{"x":1}]}"#, #"{"name":"A"}"#, "{\"action\":\"x\"}"])
  func `a file without actions is refused`(text: String) {
    #expect(throws: PairError.self) { try Self.pairs(text) }
  }

  private static func chapters(_ names: String) -> [ScenePair] {
    names.enumerated().map { index, name in
      ScenePair(id: "\(index)", chapter: "\(name)", index: index, character: "A", scene: "", action: "a")
    }
  }

  @Test(arguments: [
    ("aaaaa", PairSplit.half, 2), ("aabbbcc", .half, 3), ("aabbbcc", .chapter, 5), ("aaaabb", .chapter, 4),
    ("aaab", .chapter, 3), ("abbb", .chapter, 2), ("a", .half, 0), ("", .chapter, 0), ("abc", .all, 3),
  ])
  func `the first half trains, and a chapter is not cut where it need not be`(
    names: String, split: PairSplit, training: Int
  ) {
    let pairs = Self.chapters(names)
    let parts = split.parts(of: pairs)
    #expect(parts.training.count == training)
    #expect(split == .all || parts.training + parts.test == pairs)
  }

  @Test func `a partner gets a tree from sixteen training pairs on`() {
    let pairs = (0..<64).map { index in
      ScenePair(
        id: "\(index)", index: index, character: "A", scene: "s\(index)", action: "a",
        previous: [index % 2 == 0 ? "Bob" : "Cid"])
    }
    let some = Array(pairs.prefix(31))
    #expect(
      InductionTopic.all(of: "A", in: some, cast: ["A", "Bob", "Cid"], always: []).map(\.partner) == ["Bob"])
    #expect(
      InductionTopic.all(of: "A", in: pairs, cast: ["A", "Cid"], always: []).map(\.name)
        == ["A's interaction with Cid"])
    #expect(InductionTopic.all(of: "A", in: pairs, cast: ["Bob"]).count == 5)
    let report = PairReport(pairs, split: .half)
    #expect(report.characters.map(\.training) == [32])
  }

  @Test func `equal texts have equal vectors, and likeness comes from words that are rare`() {
    let texts = ["the storm breaks the mast", "the storm breaks a mast", "the song of the crew", "歌を歌う"]
    let vectors = TextVectors(learningFrom: texts)
    let made = texts.map(vectors.vector)
    #expect(made == texts.map(vectors.vector))
    #expect(made.allSatisfy { abs($0.squaredLength - 1) < 1e-9 })
    #expect(vectors.vector(of: "").values.isEmpty)
    func distance(_ one: Int, to other: Int) -> Double {
      let joined = Dictionary(
        zip(made[one].places + made[other].places, made[one].values + made[other].values.map { -$0 }),
        uniquingKeysWith: +)
      return joined.values.reduce(0) { $0 + $1 * $1 }
    }
    #expect(distance(0, to: 1) < distance(0, to: 2))
  }

  @Test func `clusters are the same every time, and hold what is alike`() {
    let vectors = (0..<60).map { index in SceneVector([Double(index % 3) * 10 + Double(index) / 100, 1]) }
    let clustering = Clustering(vectors, into: 3, seed: 42)
    #expect(clustering == Clustering(vectors, into: 3, seed: 42))
    for index in 3..<60 { #expect(clustering.assignment[index] == clustering.assignment[index % 3]) }
    #expect(clustering.nearest(8, of: vectors).map(\.count) == [8, 8, 8])
    #expect(Clustering([], into: 3, seed: 1).assignment.isEmpty)
    #expect(Set(Clustering(Array(repeating: vectors[0], count: 9), into: 3, seed: 1).assignment).count == 1)
  }
}
