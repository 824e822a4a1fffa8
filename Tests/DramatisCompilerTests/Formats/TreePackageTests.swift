import Dramatis
import DramatisCompiler
import Foundation
import TestSupport
import Testing

/// Packages that were made up here; the published ones are in ``PublishedTreeTests``.
@Suite struct TreePackageTests {
  /// Texts that a careless writer or reader changes.
  static let texts = [
    "plain", "é", "e\u{301}", "\u{212B}", "a \"quoted\" word", "it's", "back\\slash", "\\n", "\\\"", "\"",
    "\\",
    "line\nfeed", "carriage\rreturn", "both\r\n", "\ttab\t", "nul\u{0}",
    "\u{1}\u{7}\u{8}\u{B}\u{C}\u{1B}[31m",
    "\u{7F}", "\u{80}\u{85}\u{9F}", "\u{A0}nbsp", "\u{2028}line", "\u{2029}x", "\u{FEFF}bom", "\u{202E}left",
    "\u{2066}\u{2069}", "👩‍👩‍👧", "🇯🇵", "CHU²", "\u{FFFD}", "\u{FFFE}\u{FFFF}", "\u{10FFFF}", "{user}", "{char}",
    "# no comment", "- item", "key: value", " space ", "%TAG", "&a *a !t", "true", "null", "~", "1",
    "ask(\"x\")",
    "' and '", "…", "\u{200B}", "\u{E000}", "\u{AD}",
  ]

  private static func json(_ object: Any) throws -> [UInt8] {
    Array(try JSONSerialization.data(withJSONObject: object))
  }

  private static func tree(_ statements: [String], _ gates: [(String, Any)] = []) -> [String: Any] {
    ["statements": statements, "gates": gates.map { ["question": $0, "child": $1] }]
  }

  static func package(_ tree: Any, character: String = "Mara", topic: String = "t") throws -> [UInt8] {
    try json([
      "character": character, "topicOrder": [topic], "relationOrder": [String](), "topics": [topic: tree],
      "relations": [String: String](),
    ])
  }

  private func program(_ bytes: [UInt8]) throws -> Program {
    try compile(try TreePackage(json: bytes).profile)
  }

  @Test(arguments: texts)
  func `statements, questions and names survive byte for byte`(text: String) throws {
    let child = Self.tree(["below \(text)"])
    let program = try program(
      Self.package(Self.tree([text, "again \(text)"], [(text, child)]), topic: "t\(text)"))
    let bytes = { (texts: [String]) in texts.map { Array($0.utf8) } }
    #expect(bytes(program.statements) == bytes([text, "again \(text)", "below \(text)"]))
    #expect(bytes(program.questions.map(\.text)) == bytes([text]))
    #expect(bytes(program.topics.map(\.name)) == bytes(["t\(text)"]))
  }

  @Test func `texts that only look the same stay apart`() throws {
    let texts = ["é", "e\u{301}", "\u{212B}", "\u{C5}", "A\u{30A}"]
    let gates = texts.map { ($0, Self.tree([$0]) as Any) }
    let program = try program(Self.package(Self.tree(texts, gates)))
    #expect(program.questions.map { Array($0.text.utf8) } == texts.map { Array($0.utf8) })
    #expect(program.statements.map { Array($0.utf8) } == (texts + texts).map { Array($0.utf8) })
  }

  /// Keys that are canonically equal are two trees in the file, and one in a Swift dictionary.
  @Test func `trees whose names only look the same are kept apart or refused`() throws {
    let bytes = Array(
      #"""
      {"character":"Mara","topicOrder":["\#u{e9}","e\#u{301}"],"relationOrder":[],"relations":{},"topics":{
      "\#u{e9}":{"statements":["one"],"gates":[]},"e\#u{301}":{"statements":["two"],"gates":[]}}}
      """#.utf8)
    let profile = try TreePackage(json: bytes).profile
    let compilation = Compilation(of: Array(profile.utf8), name: "test.yaml")
    #expect(compilation.program == nil || compilation.program?.statements == ["one", "two"])
  }

  @Test func `a tree that no list names is refused`() throws {
    for key in ["topics", "relations"] {
      var object: [String: Any] = [
        "character": "Mara", "topicOrder": [String](), "relationOrder": [String](),
        "topics": [String: String](),
        "relations": [String: String](),
      ]
      object[key] = ["forgotten": Self.tree(["x"])]
      let bytes = try Self.json(object)
      let error = #expect(throws: TreePackageError.self) { try TreePackage(json: bytes) }
      #expect(error?.description.contains("'forgotten'") == true)
    }
  }

  @Test func `relations become partner topics, whatever they are called`() throws {
    let tree = Self.tree(["x"])
    let names = ["Mara's interaction with Åsa \"O'Neill\"", "Mara's interaction with ", "elsewhere"]
    let bytes = try Self.json([
      "character": "Mara", "topicOrder": [String](),
      "relationOrder": Array(names.prefix(1) + names.suffix(1)),
      "topics": [String: String](),
      "relations": [names[0]: tree, names[2]: tree],
    ])
    #expect(try program(bytes).topics.map(\.partner) == ["Åsa \"O'Neill\"", "elsewhere"])
  }

  static let listed = #""character":"A","topicOrder":["t"],"relationOrder":[]"#

  @Test(
    arguments: [
      ("", "not JSON"), ("{", "not JSON"), ("nonsense", "not JSON"), ("[]", "object"), ("null", "object"),
      ("{}", "character"),
      (#"{"character":"A"}"#, "topicOrder"), (#"{"character":5}"#, "character"),
      (#"{"character":"A","topicOrder":{}}"#, "topicOrder"),
      (#"{"character":"A","topicOrder":[1]}"#, "topicOrder"),
      (#"{\#(listed),"topics":{"t":{}},"relations":{}}"#, "statements"),
      (#"{\#(listed),"topics":{"t":{"statements":[],"gates":[{}]}},"relations":{}}"#, "question"),
      (#"{\#(listed),"topics":{"t":{"statements":[null],"gates":[]}},"relations":{}}"#, "statements"),
      (#"{\#(listed),"topics":{"t":{"statements":[],"gates":[{"question":"q"}]}},"relations":{}}"#, "child"),
      (#"{\#(listed),"topics":{},"relations":{}}"#, "'t' is listed"),
      (
        #"{"character":"A","topicOrder":[],"relationOrder":["r"],"topics":{},"relations":{}}"#,
        "'r' is listed"
      ),
    ])
  func `a package that is none says what is wrong`(text: String, says: String) {
    let error = #expect(throws: TreePackageError.self) { try TreePackage(json: Array(text.utf8)) }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [1, 5, 40, 60, 100, 150, 200, 1000, 100_000])
  func `deep packages are imported or refused in words`(depth: Int) throws {
    let open = #"{"statements":["s"],"gates":[{"question":"q","child":"#
    let text =
      #"{\#(Self.listed),"topics":{"t":"# + String(repeating: open, count: depth)
      + #"{"statements":["s"],"gates":[]}"# + String(repeating: "}]}", count: depth) + #"},"relations":{}}"#
    let profile: String
    do {
      profile = try TreePackage(json: Array(text.utf8)).profile
    } catch {
      #expect(depth >= 150)
      #expect(error.description.contains("deep"), "\(error.description)")
      return
    }
    let compilation = Compilation(of: Array(profile.utf8), name: "test.yaml")
    #expect(compilation.errors.isEmpty == (depth <= 45), "\(depth)")
    #expect(
      compilation.errors.allSatisfy { $0.message.contains("deep") }, "\(compilation.errors.map(\.message))")
  }
}
