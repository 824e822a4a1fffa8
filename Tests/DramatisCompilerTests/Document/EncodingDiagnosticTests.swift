import Testing

@testable import DramatisCompiler

@Suite struct EncodingDiagnosticTests {
  static let cases: [(bytes: [UInt8], text: String)] = [
    (
      [0xEF, 0xBB, 0xBF] + Array("a: 1\na: 2\n".utf8),
      """
      warning[P003]: the file begins with a byte-order mark
        --> mara.yaml
         = help: save it as UTF-8 without a byte-order mark

      error[P014]: the key 'a' is given twice
       --> mara.yaml:2:1
        |
      1 | a: 1
        | - first given here
      2 | a: 2
        | ^ this one is ignored
      """
    ),
    (
      Array("a: b\nbé".utf8) + [0xC0, 0x80],
      """
      error[P002]: the file is not encoded in UTF-8
       --> mara.yaml:2:3
        |
      2 | bé\u{FFFD}\u{FFFD}
        |   ^ the byte 0xC0 is no part of a character here
        = help: save it as UTF-8
      """
    ),
    (
      [0xFF, 0xFE, 0x61, 0x00],
      """
      error[P002]: the file is encoded in UTF-16, not in UTF-8
        --> mara.yaml
         = help: save it as UTF-8
      """
    ),
  ]

  @Test(arguments: cases)
  func `encodings are reported as in the golden text`(bytes: [UInt8], text: String) {
    #expect(DocumentReader().read(name: "mara.yaml", bytes: bytes).text == text)
  }

  /// Truncated, overlong, surrogate, beyond the last scalar, stray continuation.
  @Test(
    arguments: [
      [0x61, 0xF0, 0x9F, 0x98], [0x61, 0xE0, 0x80, 0xAF], [0x61, 0xED, 0xA0, 0x80],
      [0x61, 0xF4, 0x90, 0x80, 0x80],
      [0x61, 0x80], [0x61, 0xC3],
    ] as [[UInt8]])
  func `the first bad byte is pointed at`(bytes: [UInt8]) {
    let reading = DocumentReader().read(name: "x", bytes: bytes)
    #expect(reading.codes == [.notUTF8])
    #expect(reading.diagnostics.first?.span?.start.column == 2)
    #expect(reading.root == nil)
  }

  @Test(arguments: [[0xFE, 0xFF, 0x00, 0x61], [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF]] as [[UInt8]])
  func `foreign byte order marks are refused`(bytes: [UInt8]) {
    #expect(DocumentReader().read(name: "x", bytes: bytes).codes == [.notUTF8])
  }

  @Test(arguments: ["", "\n", "# a\n", "---\n", "---\n# a\n...\n", "\u{FEFF}"])
  func `files without content are empty`(text: String) {
    #expect(read(text).codes.last == .emptyFile)
  }
}
