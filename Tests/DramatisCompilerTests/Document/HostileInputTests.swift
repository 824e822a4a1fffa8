import TestSupport
import Testing

@testable import DramatisCompiler

@Suite struct HostileInputTests {
  static let megabytes = 4 * 1024 * 1024

  /// What is repeated up to the size limit, and what must be found.
  static let floods: [(start: String, piece: String, code: DiagnosticCode)] = [
    ("", "[", .nestingTooDeep), ("", "[[[[\n", .nestingTooDeep), ("", "{", .nestingTooDeep),
    ("", "{\n", .nestingTooDeep), ("", "- ", .nestingTooDeep), ("", "? ", .nestingTooDeep),
    ("", "- - - -\n", .aliasExpansion), ("", "- &a [*a, *a]\n", .recursiveAlias),
    ("[", "a,", .aliasExpansion), ("", "a: 1\n", .duplicateKey), ("", "word ", .scalarTooLong),
    ("a: |\n", " x\n", .scalarTooLong), ("", "\0", .yamlSyntax), ("", "\r", .emptyFile),
    ("", "\n", .emptyFile),
    ("", "\u{2028}", .emptyFile), ("", "%TAG !a! b\n", .yamlSyntax), ("", "---\n", .severalDocuments),
    ("a: '", "\u{85}", .yamlSyntax), ("", "a: ", .yamlSyntax), ("", "\t", .tabIndentation),
  ]

  @Test(arguments: floods)
  func `a flood is refused soon`(start: String, piece: String, code: DiagnosticCode) {
    let bytes = Array(start.utf8) + flood(piece, Self.megabytes - start.utf8.count)
    var reading: DocumentReading?
    let time = ContinuousClock().measure { reading = DocumentReader().read(name: "x", bytes: bytes) }
    #expect(reading?.codes.contains(code) == true)
    #expect((reading?.diagnostics.count ?? 0) <= ReadLimits.standard.diagnostics + 1)
    #expect(time < .seconds(30), "\(piece.debugDescription) took \(time)")
  }

  @Test func `size is checked first and depth at once`() {
    let bytes = flood("[", 10 * 1024 * 1024)
    #expect(DocumentReader().read(name: "x", bytes: bytes).codes == [.fileTooLarge])
    var limits = ReadLimits()
    limits.fileBytes = bytes.count
    #expect(DocumentReader(limits: limits).read(name: "x", bytes: bytes).codes == [.nestingTooDeep])
  }

  @Test func `laughter is refused before it is expanded`() {
    let lines = (1...60).map {
      "a\($0): &a\($0) [\(repeatElement("*a\($0 - 1)", count: 9).joined(separator: ","))]\n"
    }
    let reading = read("a0: &a0 [x, x]\n" + lines.joined())
    #expect(reading.codes == [.aliasExpansion])
    #expect(reading.root == nil)
  }

  @Test func `thousands of anchors and unknown aliases are read`() {
    let lines = (0..<5_000).map { "- &anchor\($0) x\n- *anchr\($0)\n" }
    let reading = read(lines.joined())
    #expect(reading.codes == Array(repeating: .undefinedAlias, count: ReadLimits.standard.diagnostics))
    #expect(reading.root != nil)
  }

  static let sample = """
    dramatis: 1 # größe
    aliases: [the innkeeper, "watered \\u00e9 down", 'it''s']
    variables: {trust: {initial: 0, min: -5}}
    states: &s
      wary: Mara watches
        hands, not faces.
      warm: >-
        Mara refills
        the cup 🦊
    lines:
      - { when: mood == wary, say: ["You"] }
      - *s
    """

  @Test func `every prefix is read or refused`() {
    let bytes = Array(Self.sample.utf8)
    for length in 0...bytes.count { check(Array(bytes.prefix(length))) }
  }

  @Test(arguments: Array("\0\t\n\r \"#&'*:[{-|>%!\u{7F}".utf8) + [0x80, 0xC3, 0xED, 0xFF])
  func `every mutation is read or refused`(byte: UInt8) {
    let bytes = Array(Self.sample.utf8)
    for offset in bytes.indices {
      var changed = bytes
      changed[offset] = byte
      check(changed)
    }
  }

  @Test func `random bytes are read or refused`() {
    var random = SeededGenerator(seed: 1)
    let tokens = [
      "- ", "? ", ": ", "a", "&a ", "*a", "!t ", "[", "]", "{", "}", ",", "\n", "  ", "'", "\"", "|\n", "#",
      "\\",
    ]
    for _ in 0..<2_000 {
      check((0..<random.int(0...39)).map { _ in UInt8(random.int(0...255)) })
      check(Array((0..<random.int(0...29)).map { _ in random.pick(tokens) }.joined().utf8))
    }
  }

  /// Either there is a tree whose scalars can be found again, or an error says why not.
  private func check(_ bytes: [UInt8]) {
    let reading = DocumentReader().read(name: "x", bytes: bytes)
    #expect(!reading.text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    guard let root = reading.root else {
      #expect(reading.diagnostics.contains { $0.severity == .error })
      return
    }
    for scalar in root.scalars where !scalar.text.isEmpty {
      #expect(reading.file.map(of: scalar) != nil, "\(bytes)")
    }
  }

  private func flood(_ piece: String, _ size: Int) -> [UInt8] {
    var bytes = Array(piece.utf8)
    let wanted = size / bytes.count * bytes.count
    while bytes.count < wanted { bytes += bytes.prefix(wanted - bytes.count) }
    return bytes
  }
}
