import TestSupport
import Testing

@testable import DramatisCLI

@Suite struct KeyParserTests {
  /// What arrives, and what it means once nothing more comes.
  private static let sequences: [(String, [Key])] = [
    ("abc", [.text("abc")]), ("日本", [.text("日本")]), ("a\rb\n", [.text("a"), .enter, .text("b"), .enter]),
    ("\u{1B}[A\u{1B}[B", [.up, .down]), ("\u{1B}[C\u{1B}[D", [.move(.right), .move(.left)]),
    ("\u{1B}OA\u{1B}OC\u{1B}OH\u{1B}OM", [.up, .move(.right), .move(.lineStart), .enter]),
    (
      "\u{1B}[H\u{1B}[F\u{1B}[1~\u{1B}[4~",
      [.move(.lineStart), .move(.lineEnd), .move(.lineStart), .move(.lineEnd)]
    ),
    ("\u{1B}[1;5C\u{1B}[1;3D\u{1B}[1;2C", [.move(.wordRight), .move(.wordLeft), .move(.right)]),
    ("\u{1B}\u{1B}[D", [.move(.left)]), ("\u{1B}[3~\u{1B}[3;5~", [.erase(.right), .kill(.wordRight)]),
    (
      "\u{1B}b\u{1B}f\u{1B}d\u{1B}\u{7F}",
      [.move(.wordLeft), .move(.wordRight), .kill(.wordRight), .kill(.wordLeft)]
    ),
    ("\u{1}\u{5}\u{2}\u{6}", [.move(.lineStart), .move(.lineEnd), .move(.left), .move(.right)]),
    (
      "\u{B}\u{15}\u{17}\u{19}\u{14}",
      [.kill(.lineEnd), .kill(.lineStart), .kill(.blankLeft), .yank, .transpose]
    ),
    (
      "\u{C}\u{4}\u{3}\u{10}\u{E}\u{12}\t\u{7F}",
      [
        .clearScreen, .endOrDelete, .interrupt, .up, .down, .search, .tab, .erase(.left),
      ]
    ),
    ("\u{1B}\r\u{1B}[13;2u\u{1B}[27;2;13~", [.newline, .newline, .newline]),
    ("\u{1B}[200~a\rb\u{1B}[Ac\u{1B}[201~d", [.paste("a\rb\u{1B}[Ac"), .text("d")]),
    ("\u{1B}[200~never ended", [.paste("never ended")]), ("\u{1B}", [.cancel]), ("\u{7}", [.cancel]),
    // Unknown and hostile ones.
    ("\u{1B}[99;99Xa", [.text("a")]), ("\u{1B}[[Aa", [.text("a")]), ("\u{1B}OPa", [.text("a")]),
    ("\u{1B}]0;title\u{7}a", [.text("a")]), ("\u{1B}P1$r\u{1B}\\a", [.text("a")]), ("\u{1B}]never", []),
    ("\u{1B}]x\u{3}", [.interrupt]), ("\u{1B}[12\u{3}", [.interrupt]), ("\u{1B}[1\u{1B}[A", [.up]),
    ("\u{1B}[" + String(repeating: "1;", count: 5000) + "Aa", [.text("a")]), ("\u{1B}éa", [.text("éa")]),
    ("\u{1B}[?1;2ca", [.text("a")]), ("\u{0}\u{1C}\u{1F}a", [.text("a")]),
  ]

  @Test(arguments: sequences)
  func `sequences are the keys that they mean, and what is unknown is swallowed`(bytes: String, keys: [Key]) {
    var parser = KeyParser()
    let parsed = parser.parse(bytes.utf8) + parser.flush()
    #expect(parsed == keys)
    #expect(parser.patience == nil)
  }

  @Test(arguments: sequences)
  func `bytes that come one by one mean the same`(bytes: String, keys: [Key]) {
    var parser = KeyParser()
    let parsed = bytes.utf8.flatMap { parser.parse([$0]) } + parser.flush()
    #expect(joined(parsed) == joined(keys))
  }

  @Test func `a scalar that is cut is waited for, and what is no UTF-8 shows as such`() {
    var parser = KeyParser()
    #expect(parser.parse([0x61, 0xF0, 0x9F, 0xA6]) == [.text("a")])
    #expect(parser.patience != nil)
    #expect(parser.parse([0x8A]) == [.text("🦊")])
    #expect(parser.parse([0xFF, 0x61, 0xC3]) == [.text("\u{FFFD}a")])
    #expect(parser.flush() == [.text("\u{FFFD}")])
    #expect(parser.flush().isEmpty)
  }

  @Test func `a paste keeps no more than one byte beyond the limit, so that it can be seen to be too long`() {
    var parser = KeyParser(limit: 8)
    let paste = "\u{1B}[200~" + String(repeating: "x", count: 500) + "\u{1B}[201~y"
    let keys = parser.parse(paste.utf8)
    #expect(keys.last == .text("y"))
    guard case .paste(let text) = keys.first else {
      Issue.record("no paste")
      return
    }
    #expect((9...15).contains(text.utf8.count))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `random bytes end in the ground state with nothing held`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet =
      Array("\u{1B}\u{1B}[]OP~;0123456789ABCDMu\\\u{7}\u{3}\u{18}a".utf8) + [0xC3, 0xF0, 0x9F, 0x80, 0xFF]
    var parser = KeyParser(limit: 64)
    for _ in 0..<300 {
      _ = parser.parse([alphabet.randomElement(using: &random) ?? 0])
      #expect(parser.text.count <= 3 && parser.parameters.count <= 33 && parser.pasted.count <= 71)
    }
    _ = parser.flush()
    #expect(parser.patience == nil)
  }

  /// Neighbouring texts as one, since chunks divide them.
  private func joined(_ keys: [Key]) -> [Key] {
    keys.reduce(into: []) { joined, key in
      if case .text(let text) = key, case .text(let before) = joined.last {
        joined[joined.count - 1] = .text(before + text)
      } else {
        joined.append(key)
      }
    }
  }
}
