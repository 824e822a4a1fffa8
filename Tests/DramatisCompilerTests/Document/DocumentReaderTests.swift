import Testing

@testable import DramatisCompiler

@Suite struct DocumentReaderTests {
  static let trees: [(yaml: String, outline: String)] = [
    ("a", "a"), ("a: b", "{a: b}"), ("- a\n- - b\n", "[a, [b]]"), ("{a: [], b: {}}", "{a: [], b: {}}"),
    ("a:\nb: ''\n", "{a: , b: }"), ("[a: b, c]", "[{a: b}, c]"), ("a:\n- b\n- c\nd: e", "{a: [b, c], d: e}"),
    ("a: &x [1]\nb: *x\n", "{a: [1], b: [1]}"), ("&k a: b\n*k : c\nd: e\n", "{a: b, d: e}"),
    ("a: &x 1\nb: &x 2\nc: *x\n", "{a: 1, b: 2, c: 2}"), ("a: &x [&x b, *x]\nc: *x", "{a: [b, b], c: b}"),
    ("a: *no\nb: 1", "{a: <broken>, b: 1}"), ("a: 1\na: {b: 2}\nc: 3", "{a: 1, c: 3}"),
    ("[a]: b\nc: d", "{c: d}"),
    ("a: !x {b: !y c}", "{a: {b: c}}"), ("a: 1\n--- \nb: 2", "{a: 1}"),
  ]

  @Test(arguments: trees)
  func `a tree is built in spite of mistakes`(yaml: String, outline: String) {
    #expect(read(yaml).root?.outline == outline)
  }

  static let spans: [(yaml: String, path: [Int], source: String)] = [
    ("a: b # c\n", [], "a: b"), ("a: {b: c} \n", [0], "{b: c}"),
    ("a:\n  - b\n  - 'c'  # d\n\ne: f\n", [0], "- b\n  - 'c'"),
    ("a: &x !t\n  b: c\n\nd: e\n", [0], "b: c"), ("a: &x # why\n  - b\n", [0], "- b"),
    ("a: &x b\n", [0], "b"),
    ("- &x [ b , c ]\n- *x\n", [1], "[ b , c ]"), ("é: [🦊, ü]\n", [0, 1], "ü"), ("[a: b, c]", [0], "a: b"),
    ("a: !<t> |\n  b\n\nc: d\n", [0], "|\n  b\n\n"), ("a:\nb:", [0], ""),
    ("\u{FEFF}a: b", [0], "b"), ("a: &x\r\n\r\n  b\r\n", [0], "b"), ("a: [! b]", [0, 0], "b"),
  ]

  @Test(arguments: spans)
  func `a span covers the value and nothing else`(yaml: String, path: [Int], source: String) throws {
    let reading = read(yaml)
    let node = try #require(path.reduce(reading.root) { $0?.child($1) })
    #expect(reading.source(node.span) == source)
  }

  static let mistakes: [(yaml: String, codes: [DiagnosticCode])] = [
    ("a: *x\nb: !t c\na: *x\n", [.undefinedAlias, .tagNotAllowed, .duplicateKey, .undefinedAlias]),
    ("a: 1\na: 2\nb: [\n", [.duplicateKey, .yamlSyntax]),
    ("? {a: 1, a: 2}\n: b", [.keyNotText, .duplicateKey]),
    ("'': a\n'null': b", []), ("~: a", [.keyNotText]), ("null: a", [.keyNotText]), ("? \n: a", [.keyNotText]),
    ("*x : a", [.undefinedAlias]), ("&a [*a]: b", [.keyNotText, .recursiveAlias]),
    ("é: 1\ne\u{301}: 2", [.duplicateKey]),
    ("a: ! ''\n", [.tagNotAllowed]), ("!\n", [.tagNotAllowed]), ("---\n---\n", [.severalDocuments]),
    ("a: \"\\0\"\n", []), ("%YAML 1.1\n---\na: b\n", []),
  ]

  @Test(arguments: mistakes)
  func `many mistakes are found in one run`(yaml: String, codes: [DiagnosticCode]) {
    #expect(read(yaml).codes == codes)
  }

  @Test(arguments: [0, 11, 12, 39])
  func `a repeated key is found among many`(repeated: Int) {
    let keys = (0..<40).map { "key\($0): a\n" }
    let reading = read((keys + [keys[repeated]]).joined())
    #expect(reading.codes == [.duplicateKey])
    #expect(reading.diagnostics.map { $0.marks.map(\.span.start.line) } == [[repeated + 1]])
  }

  @Test func `diagnostics are sorted and not repeated`() {
    let file = SourceFile(name: "x", text: "abc")
    let late = Diagnostic(.unknownKey, message: "late", at: file.span(2..<3))
    let early = Diagnostic(.unknownKey, message: "early", at: file.span(0..<1))
    let other = Diagnostic(.wrongType, message: "other", at: file.span(2..<3))
    let whole = Diagnostic(.emptyFile, message: "whole")
    #expect([late, early, other, late, whole].tidied == [whole, early, late, other])
  }
}

extension Node {
  fileprivate func child(_ index: Int) -> Node? {
    switch content {
    case .scalar: nil
    case .sequence(let items): items[index]
    case .mapping(let entries): entries[index].value
    }
  }
}
