import Testing

@testable import DramatisCompiler

@Suite struct DocumentDiagnosticTests {
  static let cases: [(yaml: String, text: String)] = [
    (
      "states: &states [a]\nb: *stats\nc: *nothing\n",
      """
      error[P009]: undefined alias 'stats'
       --> mara.yaml:2:4
        |
      2 | b: *stats
        |    ^^^^^^ no anchor of this name comes before it
        = help: did you mean 'states'?

      error[P009]: undefined alias 'nothing'
       --> mara.yaml:3:4
        |
      3 | c: *nothing
        |    ^^^^^^^^ no anchor of this name comes before it
        = help: put quotes around text that begins with '*'
      """
    ),
    (
      "a: &a [1, *a]\n",
      """
      error[P010]: the alias 'a' contains itself
       --> mara.yaml:1:11
        |
      1 | a: &a [1, *a]
        |           ^^ this is inside the value that it repeats
      """
    ),
    (
      "a: 1\nb: 2\na: 3\n",
      """
      error[P014]: the key 'a' is given twice
       --> mara.yaml:3:1
        |
      1 | a: 1
        | - first given here
      ...
      3 | a: 3
        | ^ this one is ignored
      """
    ),
    (
      "a: !!python/object:os.system x\nb: &x ! y\n",
      """
      error[P015]: the tag '!!python/object:os.system' is not allowed
       --> mara.yaml:1:4
        |
      1 | a: !!python/object:os.system x
        |    ^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: remove it
        = help: put quotes around text that begins with '!'

      error[P015]: the tag '!' is not allowed
       --> mara.yaml:2:7
        |
      2 | b: &x ! y
        |       ^
        = help: remove it
        = help: put quotes around text that begins with '!'
      """
    ),
    (
      "? [a, b]\n: 1\n? {c: d}\n: 2\n~: 4\n",
      """
      error[P016]: a key must be text
       --> mara.yaml:1:3
        |
      1 | ? [a, b]
        |   ^^^^^^ this key is a list
        = help: put quotes around it if it is meant as text

      error[P016]: a key must be text
       --> mara.yaml:3:3
        |
      3 | ? {c: d}
        |   ^^^^^^ this key is a mapping
        = help: put quotes around it if it is meant as text

      error[P016]: a key must be text
       --> mara.yaml:5:1
        |
      5 | ~: 4
        | ^ this key is nothing
        = help: put quotes around it if it is meant as text
      """
    ),
    (
      "a: [[[[1]]]]\n",
      """
      error[P008]: lists and mappings are nested more than 4 deep
       --> mara.yaml:1:7
        |
      1 | a: [[[[1]]]]
        |       ^
        = help: flatten the structure
      """
    ),
    (
      "a: &a [[[1]]]\nb: [*a]\n",
      """
      error[P008]: lists and mappings are nested more than 4 deep
       --> mara.yaml:2:5
        |
      2 | b: [*a]
        |     ^^
        = help: flatten the structure
      """
    ),
    (
      "a: 0123456789012345678901234\n",
      """
      error[P013]: a text of 25 bytes is longer than the 24 allowed
       --> mara.yaml:1:4
        |
      1 | a: 0123456789012345678901234
        |    ^^^^^^^^^^^^^^^^^^^^^^^^^
        = help: split it into several texts
      """
    ),
    (
      "a: &a [1,2,3,4]\nb: [*a, *a, *a]\n",
      """
      error[P011]: the file holds more than 20 values
       --> mara.yaml:2:13
        |
      2 | b: [*a, *a, *a]
        |             ^^ the limit is passed here
        = help: an alias counts as all the values that it repeats
      """
    ),
    (
      "a: 1 # \(String(repeating: "x", count: 200))",
      """
      error[P001]: the file is larger than the 200 bytes that a profile may have
        --> mara.yaml
         = help: split it into several files
      """
    ),
  ]

  @Test(arguments: cases)
  func `every mistake is printed as in the golden text`(yaml: String, text: String) {
    #expect(read(yaml, limits: .small).text == text)
  }
}
