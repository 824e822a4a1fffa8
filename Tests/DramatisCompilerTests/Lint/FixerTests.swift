import Testing

@testable import DramatisCompiler

/// What can be repaired is repaired in place, and the rest of the file stays as it is.
@Suite struct FixerTests {
  private func fixed(_ text: String) -> String {
    var fixer = Fixer(Array(text.utf8), name: "test.yaml")
    fixer.run()
    return String(decoding: fixer.bytes, as: UTF8.self)
  }

  private static let head = "dramatis: 1\ncharacter: Mara\n"

  @Test(
    arguments: [
      // Cues, inline and on lines of their own.
      (
        "questions:\n  q: { ask: Is it?, cues: [cheat*,  cheating , liar] } # why\nlines: [{ when: q, say: A. }, B.]\n",
        "questions:\n  q: { ask: Is it?, cues: [cheat* , liar] } # why\nlines: [{ when: q, say: A. }, B.]\n"
      ),
      (
        "questions:\n  q:\n    ask: Is it?\n    cues:\n    # all of them\n    - cheating # old\n    - cheat*\nlines: [{ when: q, say: A. }, B.]\n",
        nil
      ),
      (
        "questions:\n  q:\n    ask: Is it?\n    cues:\n    # all of them\n    - cheating\n    - cheat*\nlines: [{ when: q, say: A. }, B.]\n",
        "questions:\n  q:\n    ask: Is it?\n    cues:\n    # all of them\n    - cheat*\nlines: [{ when: q, say: A. }, B.]\n"
      ),
      (
        "questions:\n  q: { ask: Is it?, cues: [cheating, cheat*] }\nlines: [{ when: q, say: A. }, B.]\n",
        "questions:\n  q: { ask: Is it?, cues: [cheat*] }\nlines: [{ when: q, say: A. }, B.]\n"
      ),
      // Gates, with those inside.
      (
        "behavior:\n  a:\n    - One.\n    - when: ask(\"q\")\n      then:\n        - { when: ask(\"r\"), then: [] }\n    # two\n    - Two.\n",
        "behavior:\n  a:\n    - One.\n    # two\n    - Two.\n"
      ),
      ("behavior: { a: [One., { when: ask(\"q\"), then: [] }, Two.] }\n", "behavior: { a: [One., Two.] }\n"),
      // The only element of a list stays, and so does one with an anchor.
      ("behavior: { a: [{ when: ask(\"q\"), then: [] }] }\n", nil),
      ("behavior: { a: [One., &g { when: ask(\"q\"), then: [] }, *g ] }\n", nil),
      // Parts of conditions.
      (
        "behavior: { a: [{ when: 'turn >= 1 and ask(\"q\")', then: [One.] }] }\n",
        "behavior: { a: [{ when: 'ask(\"q\")', then: [One.] }] }\n"
      ),
      (
        "behavior: { a: [{ when: 'ask(\"q\") or turn < 1 or ask(\"r\")', then: [One.] }] }\n",
        "behavior: { a: [{ when: 'ask(\"q\") or ask(\"r\")', then: [One.] }] }\n"
      ),
      ("behavior: { a: [{ when: 'ask(\"q\") or (turn < 1) or ask(\"r\")', then: [One.] }] }\n", nil),
      ("behavior: { a: [{ when: 'ask(\"q\") and not (turn < 1)', then: [One.] }] }\n", nil),
      // Comments.
      ("lines: [One.] # dramatis: ignore L001\n", "lines: [One.]\n"),
      ("# dramatis: ignore L001, L002 -- both\nlines: [One.]\n", "lines: [One.]\n"),
      (
        "questions:\n  q: { ask: Is it? } # dramatis: ignore L010, L001 -- a game\n",
        "questions:\n  q: { ask: Is it? } # dramatis: ignore L010 -- a game\n"
      ),
    ] as [(String, String?)])
  func `a change takes out what it is about and nothing else`(body: String, expected: String?) {
    let result = fixed(Self.head + body)
    #expect(result == Self.head + (expected ?? body))
    #expect(fixed(result) == result)
  }

  @Test func `what is broken or has nothing to repair stays as it is, byte for byte`() {
    for text in [
      "", "\u{FEFF}dramatis: 1\r\ncharacter: Mara\r\n", "dramatis: 2", "[", Self.head + "machines: {",
    ] {
      #expect(fixed(text) == text)
    }
  }

  @Test func `line breaks and the byte-order mark stay`() {
    let text = "\u{FEFF}dramatis: 1\r\ncharacter: Mara\r\nlines: [One.] # dramatis: ignore L001\r\n"
    #expect(fixed(text) == "\u{FEFF}dramatis: 1\r\ncharacter: Mara\r\nlines: [One.]\r\n")
  }

  @Test(arguments: [
    ("behavior: { a: [Mara nods, once, twice.] }\n", "behavior: { a: [\"Mara nods, once, twice.\"] }\n"),
    ("lines: [Well, Rowan, sit., No.]\n", "lines: [\"Well, Rowan, sit.\", No.]\n"),
    ("summary: Keeps inn #3.  # so far\n", "summary: \"Keeps inn #3.\"  # so far\n"),
    ("voice: Low #and slow\n", "voice: \"Low #and slow\"\n"),
    ("lines: [\"{{user}}, sit.\", '<char> nods']\n", "lines: [\"{user}, sit.\", '{character} nods']\n"),
    ("lines:\n  - Hm, ${user}.\n", "lines:\n  - Hm, {user}.\n"),
    (
      "questions:\n  q: { ask: Is it?, cues: \"a b, c*\" }\nlines: [{ when: q, say: A. }, B.]\n",
      "questions:\n  q: { ask: Is it?, cues: [\"a b\", \"c*\"] }\nlines: [{ when: q, say: A. }, B.]\n"
    ),
    (
      "questions:\n  q:\n    ask: Is it?\n    cues:\n      - yes|aye\n      - sure!\nlines: [{ when: q, say: A. }, B.]\n",
      "questions:\n  q:\n    ask: Is it?\n    cues:\n      - \"yes\"\n      - \"aye\"\n      - sure\nlines: [{ when: q, say: A. }, B.]\n"
    ),
    (
      "questions:\n  q: { ask: Is it?, cues: ['aye, ', who goes there?, oh] }\nlines: [{ when: q, say: A. }, B.]\n",
      "questions:\n  q: { ask: Is it?, cues: ['aye', who goes there, oh] }\nlines: [{ when: q, say: A. }, B.]\n"
    ),
  ])
  func `what YAML or a cue was meant to say is written so`(text: String, expected: String) {
    #expect(fixed(Self.head + text) == Self.head + expected)
  }

  @Test func `a difference is written as diff does`() {
    let old = (1...20).map { "line \($0)\n" }.joined()
    let new = old.replacing("line 3\n", with: "").replacing("line 17\n", with: "line 17\nnew\n")
    #expect(
      LineDifference(from: old, to: new).text(of: "a.yaml") == """
        --- a.yaml
        +++ a.yaml
        @@ -1,6 +1,5 @@
         line 1
         line 2
        -line 3
         line 4
         line 5
         line 6
        @@ -15,6 +14,7 @@
         line 15
         line 16
         line 17
        +new
         line 18
         line 19
         line 20

        """)
    #expect(LineDifference(from: old, to: old).text(of: "a.yaml").isEmpty)
  }
}
