import Testing

@testable import DramatisCompiler

/// A mistake of YAML is told where it was made, in words that help, and the rest of the file is read.
@Suite struct MistakePlaceTests {
  @Test(arguments: [
    ("a: 1\nb:\n  - \"open\n  - \"x\"\nc: 2\n", 3, "quote"),
    ("a: ['open, x]\nb: ['y']\nc: 2\n", 1, "quote"),
    ("a:\n  - { b: \"x, c: [y] }\n  - { b: z, c: [\"w\"] }\n", 2, "quote"),
    ("a: 'open\nb: 2\n", 1, "quote is not closed"),
    ("a:\n  - [x, y\n  - z\n", 2, "never closed"), ("a: { b: 1\nc: 2\n", 1, "bracket"),
    ("a: { b: c #d }\ne: 1\n", 1, "#"), ("a:\n  - [x, y # z]\n  - w\n", 2, "#"),
    ("a:1\nb: 2\n", 1, "a: 1"), ("a: 1\nb:x\nc: 2\n", 2, "b: x"), ("a:\n  b:x\n  c: 2\n", 2, "b: x"),
    ("a: 1\nb：2\nc: 3\n", 2, "U+FF1A"),
    ("a:\n  -x\n  - y: 1\n", 2, "- x"), ("a:\n  - x\n  -y\n  - z\n", 3, "- y"),
    ("a:\n  - x\n  – y\n  - z\n", 3, "'–'"), ("a:\n  - x\n  • y\n", 3, "'•'"),
    ("a:\n\u{A0} b: 1\n  c: 2\n", 2, "U+00A0"), ("a:\n\u{3000}b: 1\n  c: 2\n", 2, "U+3000"),
    ("a: 1\nb:\u{A0}2\nc: 3\n", 2, "U+00A0"), ("a:\n  - x\n  -\u{2003}y\n  - z\n", 3, "U+2003"),
    ("a:\n   b: 1\n  c: 2\n  d: 3\n", 2, "indentation is 3 blanks"),
    ("a:\n    b: 1\n    c: 2\n  d: 3\n", 4, "indentation is 2 blanks"),
    ("a: 1\n  b: 2\n", 2, "indentation is 2 blanks"),
    ("a:\n  - b: 1\n     c: 2\n", 3, "indentation is 5 blanks"),
    ("a:\n  - x\n   - y: 1\n  - z\n", 3, "indentation is 3 blanks"),
    // Signs of other programs, and letters that look like something else.
    ("a:\n  - x\n  * y\n", 3, "not with '*'"), ("a:\n  - x\n  1. y\n", 3, "not with '1.'"),
    ("a:\n  - *x y.* Hm\n", 2, "cannot begin with '*'"), ("a: *x* y\n", 1, "cannot begin with '*'"),
    ("a: { b: *x y }\n", 1, "cannot begin with '*'"),
    ("```\na: 1\n```\n", 1, "fence of Markdown"), ("```yaml\na: 1\n", 1, "fence of Markdown"),
    ("a:\n  b { c: d, e: f: g }\n", 2, "write 'b: { c: d, e: f: g }'"),
    ("a: 1\nb [x: y: z]\n", 2, "no ':' stands behind 'b'"),
    ("a: 1\n// b\nc: 2\n", 2, "begins with '#'"), ("<!-- b -->\nc: 2\n", 1, "begins with '#'"),
    ("a: 1\nb\u{2236} 2\nc: 3\n", 2, "looks like one"), ("a:\n  b: x\u{2028} y: z\n  c: 1\n", 2, "U+2028"),
    ("a:\n  - { b: 1 }\n    c: 2\n", 3, "outside of the braces"),
    ("a: { b: c: d }\n", 1, "quotes"), ("a: b: c\n", 1, "quotes"),
  ])
  func `a mistake is told in its line, and what to write`(yaml: String, line: Int, words: String) throws {
    let reading = read(yaml)
    let first = try #require(reading.diagnostics.first)
    #expect(first.code == .yamlSyntax && first.span?.start.line == line, "\(reading.text)")
    #expect(reading.text.contains(words), "\(reading.text)")
    #expect(reading.diagnostics.count == 1, "\(reading.text)")
  }

  @Test(arguments: [
    ("a: b: c\nd: 1\n", "{a: <broken>, d: 1}"), ("a: 1\n- b\nc: 2\n", "{a: 1, c: 2}"),
    ("a:\n  - x\n  - y: z: w\n  - v\n", "{a: [x, {y: <broken>}, v]}"),
    ("a:1\nb: 2\n", "{a: <broken>, b: 2}"), ("a:\n  -x\n  - y: 1\n", "{a: [<broken>, {y: 1}]}"),
    ("a: [x, y\nb: 1\n", "{a: <broken>, b: 1}"),
    ("a: 'x\n  y' z\nb: 1\nc: \"w\nd: 2\n", "{a: <broken>, b: 1, c: <broken>, d: 2}"),
    ("a:\n  b: { c: \"x }\n  d: { e: \"y\" }\n", "{a: {b: <broken>, d: {e: y}}}"),
    ("ä: ö: ü\nß: 1\n", "{ä: <broken>, ß: 1}"),
  ])
  func `what cannot be read is broken, and the rest is there`(yaml: String, outline: String) {
    let reading = read(yaml)
    #expect(reading.root?.outline == outline, "\(reading.text)")
    #expect(!reading.diagnostics.isEmpty && reading.diagnostics.allSatisfy { $0.code == .yamlSyntax })
  }

  @Test(arguments: [
    "dramatis:1\ncharacter: Piet\nsummary: Rows.\n", "dramatis: 1\ncharacter: Piet: ferryman\n",
    "dramatis: 1\ncharacter Piet\nsummary: Rows.\n",
    "dramatis: 1\ncharacter: Piet\nquestions:\n  hailed: { ask: \"Is it? }\nlines:\n  - { when: hailed, say: Aye. }\n",
    "dramatis: 1\ncharacter: Piet\nvariables: [x\n  n: { initial: 0, min: 0, max: 1 }\nlines:\n  - { when: n > 0, say: \"{n}\" }\n",
    "dramatis: 1\ncharacter: Piet\nmachines:\n  m:\n    states:\n      a: b: c\n      d:\n    transitions:\n      - { from: a, to: d, when: m == a }\n",
    "dramatis: 1\ncharacter: Piet\nmachines:\n  m:\n    states:\n      d:\n    transitions:\n      - from: a: b\n        to: d\n        when: turn > 1\n",
    "dramatis: 1\ncharacter: Piet\nlines:\n  - when: a: b\n    say: x\n  - say: c: d\n",
  ])
  func `nothing is told that follows from a mistake`(yaml: String) {
    let compilation = Compilation(of: Array(yaml.utf8), name: "piet.yaml")
    #expect(compilation.diagnostics.map(\.code) == compilation.diagnostics.map { _ in .yamlSyntax })
    #expect((1...2).contains(compilation.diagnostics.count), "\(compilation.report(compilation.diagnostics))")
  }

  @Test func `mistakes behind one of YAML are told in the same run`() {
    let text =
      "dramatis: 1\ncharacter: Piet\nsummary: Rows: slowly\nlines:\n  - { when: trun > 1, say: Aye. }\n"
    let compilation = Compilation(of: Array(text.utf8), name: "piet.yaml")
    #expect(compilation.diagnostics.map(\.code) == [.yamlSyntax, .unknownName])
    #expect(compilation.program == nil)
  }

  @Test func `where too much cannot be read, a word says that the rest was not looked at`() {
    let reading = read(String(repeating: "- a: b: c\n", count: 40))
    #expect(reading.root == nil && reading.text.contains("the rest of the file was not looked at"))
  }
}
