import Testing

@testable import Dramatis

@Suite struct DiscriminatorTests {
  /// The first byte of SHA-256(scene, 0x00, question), computed by `printf … | sha256sum`.
  @Test(arguments: HashGolden.all)
  func `the hash answers by the lowest bit of the first byte`(golden: HashGolden) {
    let replies = HashDiscriminator().replies(
      to: [Question(name: "n", text: golden.question)], about: Scene(golden.scene))
    #expect(replies.map(\.answer) == [golden.byte & 1 == 1 ? .yes : .no])
  }

  @Test func `the hash reads the whole scene and no name`() {
    let scene = Scene(of: Event(text: "b"), after: [Event(text: "a")], window: 2)
    for text in (0..<50).map(String.init) {
      let questions = [Question(name: "x", text: text), Question(name: nil, text: text, cues: ["y"])]
      let whole = HashDiscriminator().replies(to: questions, about: Scene("a\nb"))
      #expect(HashDiscriminator().replies(to: questions, about: scene) == whole)
      #expect(whole[0] == whole[1])
    }
  }

  @Test(arguments: [
    ("some ale", Answer.yes), ("NO ALE", .no), ("no", .unknown), ("none", .unknown), ("no tea", .no),
    ("", .unknown), ("pale", .unknown), ("ale, no tea", .unknown), ("ales", .unknown), ("ALE!", .yes),
  ])
  func `a cue alone is yes, a counter-cue alone is no, both or neither is unknown`(
    text: String, answer: Answer
  ) {
    let question = Question(name: "q", text: "Q?", cues: ["ale"], counterCues: ["no ale", "no tea"])
    let discriminator = CueDiscriminator(for: [Self.program(asking: [question])])
    #expect(discriminator.replies(to: [question], about: Scene(text)).map(\.answer) == [answer])
    let stranger = Question(name: "other", text: "Q?", cues: ["ale"])
    #expect(discriminator.replies(to: [stranger], about: Scene("ale")).map(\.answer) == [.unknown])
  }

  @Test func `cues of several programs and many questions do not mix`() {
    let questions = (0..<40).map {
      Question(name: "q\($0)", text: "?", cues: ["w\($0)"], counterCues: ["w\($0 + 1)"])
    }
    let cast = [Array(questions[..<20]), Array(questions[10...])].map(Self.program)
    let discriminator = CueDiscriminator(for: cast)
    for index in questions.indices {
      let answers = discriminator.replies(to: questions, about: Scene("w\(index)")).map(\.answer)
      let expected = questions.indices.map { $0 == index ? Answer.yes : $0 + 1 == index ? .no : .unknown }
      #expect(answers == expected)
    }
  }

  @Test func `a script knows names and exact texts, and a name wins`() {
    let script = ScriptedDiscriminator(["q": .yes, "Q?": .no, "é?": .yes])
    let questions = [
      Question(name: "q", text: "Q?"), Question(name: nil, text: "Q?"), Question(name: "x", text: "Q?"),
      Question(name: nil, text: "e\u{301}?"), Question(name: nil, text: "é?"), Question(name: nil, text: "q"),
      Question(name: nil, text: "Q? "),
    ]
    let answers = script.replies(to: questions, about: Scene("")).map(\.answer)
    #expect(answers == [.yes, .no, .no, .unknown, .yes, .yes, .unknown])
  }

  @Test func `given answers are found by name and by exact text`() {
    let program = Self.program(asking: [
      Question(name: "q", text: "T?"), Question(name: "T", text: "T?"), Question(name: nil, text: "é?"),
      Question(name: nil, text: "e\u{301}?"),
    ])
    let named = program.answers(from: ["q": .yes, "T?": .no, "é?": .yes, "nothing": .no])
    #expect((0..<4).map { named.answers[$0] } == [.yes, .no, .yes, nil])
    #expect(named.unknown == ["nothing"])
  }

  static func program(asking questions: [Question]) -> Program {
    Program(
      character: "Mara", aliases: [], summary: "", voice: "", setting: "", greetings: [], examples: [],
      window: 10, statementBudget: nil, relevance: nil, variables: [], questions: questions, machines: [],
      topics: [],
      treeNodes: [],
      statements: [], commitments: [], lines: [])
  }
}

/// A scene, a question and the first byte of their hash.
struct HashGolden: Sendable {
  let scene, question: String
  let byte: UInt8

  static let all = [
    HashGolden(scene: "", question: "", byte: 0x6e),
    HashGolden(scene: "scene", question: "question", byte: 0x5d),
    HashGolden(scene: "Rowan: Hi.\nMara: Well?", question: "Is a guest in danger?", byte: 0x20),
    HashGolden(scene: "é", question: "é?", byte: 0xc0),
    HashGolden(scene: "e\u{301}", question: "e\u{301}?", byte: 0x6d),
    HashGolden(scene: "👩‍👩‍👧", question: "🦊?", byte: 0xc6),
    HashGolden(scene: "a\0b", question: "c", byte: 0x8b),
    HashGolden(scene: "a", question: "b\0c", byte: 0x8b),
    HashGolden(
      scene: String(repeating: "x", count: 200), question: String(repeating: "y", count: 200), byte: 0xda),
    HashGolden(scene: "line\r\n", question: "?", byte: 0x6f),
  ]
}
