import Testing

@testable import DramatisCompiler

@Suite struct DiagnosticRendererTests {
  @Test func `the shape is that of the style guide`() {
    let text = String(repeating: "#\n", count: 13) + "  to: tavren\n"
    let shown = render(
      text, 32..<38, label: "no state of machine 'mood' has this name", help: ["one", "two"])
    #expect(
      shown == """
        error[P012]: unknown state 'tavren'
          --> Profiles/mara.yaml:14:7
           |
        14 |   to: tavren
           |       ^^^^^^ no state of machine 'mood' has this name
           = help: one
           = help: two
        """)
  }

  @Test(arguments: [
    ("a: 日本語 b", 3..<12, "1 | a: 日本語 b", "  |    ^^^^^^"),
    ("a:\tx", 3..<4, "1 | a: x", "  |    ^"),
    ("e\u{301}: 🦊 x", 10..<11, "1 | e\u{301}: 🦊 x", "  |       ^"),
    ("a: b\nc: d", 3..<9, "1 | a: b", "  |    ^"),
    ("a: b", 4..<4, "1 | a: b", "  |     ^"),
    ("", 0..<0, "1 |", "  | ^"),
    ("a: \u{1B}[31mb\u{202E}", 8..<9, "1 | a: b", "  |    ^"),
  ])
  func `the underline stands below the span`(
    text: String, range: Range<Int>, source: String, underline: String
  ) {
    let lines = render(text, range).split(separator: "\n").map(String.init)
    #expect(lines[3] == source)
    #expect(lines[4] == underline)
  }

  @Test(arguments: [0..<5, 400..<405, 990..<1_000, 100..<900, 0..<1_000])
  func `a long line is a window around the span`(range: Range<Int>) {
    let lines = render(String(repeating: "0123456789", count: 100), range).split(separator: "\n")
    let source = String(lines[3].dropFirst(4))
    #expect(source.displayWidth <= 100)
    #expect(source.hasPrefix("…") == (range.lowerBound > 0))
    #expect(source.hasSuffix("…") == (range.upperBound < 1_000 || range.count > 60))
    let start = lines[4].prefix { $0 != "^" }.count - 4
    let marked = String(source.dropFirst(start).prefix(5))
    #expect(marked == "01234")
  }

  @Test func `other places are marked in the order of the file`() {
    let file = SourceFile(name: "a.yaml", text: "a: 1\nb: 2\nc: 3\nd: a c\n")
    let marks = [
      Diagnostic.Mark(file.span(0..<1), "first"), Diagnostic.Mark(file.span(10..<11), "third"),
      Diagnostic.Mark(file.span(20..<21), "last"),
    ]
    let diagnostic = Diagnostic(
      .unknownKey, message: "bad", at: file.span(18..<19), label: "here", help: ["help"], marks: marks)
    #expect(
      DiagnosticRenderer(file: file).text(diagnostic) == """
        error[P018]: bad
         --> a.yaml:4:4
          |
        1 | a: 1
          | - first
        ...
        3 | c: 3
          | - third
        4 | d: a c
          |    ^ here
          |      - last
          = help: help
        """)
  }

  @Test(arguments: [
    ("\u{A0}a: b", 0..<2, "<U+00A0>a: b", "^^^^^^^^"), ("a\u{200B}b: c", 1..<4, "a<U+200B>b: c", " ^^^^^^^^"),
    ("a: b\u{A0}!", 0..<1, "a: b\u{A0}!", "^"), ("\u{3000}a: b", 3..<4, "<U+3000>a: b", "        ^"),
    ("a: \u{1F469}\u{200D}\u{1F467}", 0..<1, "a: \u{1F469}\u{200D}\u{1F467}", "^"),
    ("a: b\u{2060}c", 0..<1, "a: b<U+2060>c", "^"),
  ])
  func `what nobody could see is printed as its code point`(
    text: String, range: Range<Int>, source: String, underline: String
  ) {
    let lines = render(text, range).split(separator: "\n").map(String.init)
    #expect(lines[3] == "1 | " + source)
    #expect(lines[4] == "  | " + underline)
  }

  @Test func `what is printed of names and messages is clean`() {
    let file = SourceFile(name: "a\u{1B}[2J\nb", text: "x")
    let diagnostic = Diagnostic(.unknownKey, message: "bad\n\u{202E}key", help: ["\u{9B}1mhelp"])
    let shown = DiagnosticRenderer(file: file).text(diagnostic)
    #expect(shown == "error[P018]: bad key\n  --> a b\n   = help: help")
  }

  @Test func `every code is numbered once and says what it means`() {
    for letter in ["P", "S", "L"] {
      let numbers = DiagnosticCode.all.map(\.rawValue).filter { $0.hasPrefix(letter) }
        .compactMap { Int($0.dropFirst()) }
      // A code that is out of use is not used again; between groups of them there is room.
      #expect(numbers == Set(numbers).sorted() && !(letter == "P" && numbers.contains(36)))
    }
    #expect(Set(DiagnosticCode.all.map(\.name)).count == DiagnosticCode.all.count)
    #expect(DiagnosticCode.all.allSatisfy { $0.summary.hasSuffix(".") })
  }

  private func render(
    _ text: String, _ range: Range<Int>, label: String? = nil, help: [String] = []
  ) -> String {
    let file = SourceFile(name: "Profiles/mara.yaml", text: text)
    let diagnostic = Diagnostic(
      .unknownState, message: "unknown state 'tavren'", at: file.span(range), label: label, help: help)
    return DiagnosticRenderer(file: file).text(diagnostic)
  }
}
