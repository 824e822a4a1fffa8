import Testing

@testable import DramatisCompiler

@Suite struct SyntaxDiagnosticTests {
  static let cases: [(yaml: String, text: String)] = [
    (
      "a: 1\n  \tb: 2\n",
      """
      error[P004]: the line is indented with a tab
       --> mara.yaml:2:3
        |
      2 |    b: 2
        |   ^
        = help: indent with spaces
      """
    ),
    (
      "# nothing\n",
      """
      error[P005]: the file is empty
        --> mara.yaml
         = help: a profile begins with 'dramatis: 1'
      """
    ),
    (
      "a: 1\n---\nb: 2\n",
      """
      error[P006]: the file holds more than one document
       --> mara.yaml:2:1
        |
      2 | ---
        | ^^^ the second begins here
        = help: put every document into a file of its own
      """
    ),
    (
      "a: b: c\n",
      """
      error[P007]: a ':' is not allowed here
       --> mara.yaml:1:5
        |
      1 | a: b: c
        |     ^
        = help: put quotes around text that contains ': ', or indent the key like its neighbours
      """
    ),
    (
      "a:\n  - 1\n b: 2\n",
      """
      error[P007]: the indentation is 1 blank; 2 or 0 would fit
       --> mara.yaml:3:2
        |
      2 |   - 1
        |   - 2 blanks here
      3 |  b: 2
        |  ^
        = help: indent the lines that belong together alike
      """
    ),
    (
      "a: 'b\n",
      """
      error[P007]: this quote is not closed
       --> mara.yaml:1:4
        |
      1 | a: 'b
        |    ^ the text would go on to the end of the file
        = help: close it, or put a text that begins with ' in double quotes
      """
    ),
    (
      "a: 'it's'\n",
      """
      error[P007]: expected a key
       --> mara.yaml:1:8
        |
      1 | a: 'it's'
        |        ^
        = help: inside single quotes, write '' for a single quote
      """
    ),
    (
      "a: 1\nb\nc: 3\n",
      """
      error[P007]: no ':' follows this key
       --> mara.yaml:2:1
        |
      2 | b
        | ^
        = help: write 'key: value', and indent text below its key
      """
    ),
    (
      "a: b\u{7}c\n",
      """
      error[P007]: the control character U+0007 is not allowed
       --> mara.yaml:1:5
        |
      1 | a: bc
        |     ^
        = help: remove it
      """
    ),
  ]

  @Test(arguments: cases)
  func `every mistake is printed as in the golden text`(yaml: String, text: String) {
    #expect(read(yaml, limits: .small).text == text)
  }
}
