import Testing

@testable import DramatisCompiler

@Suite struct SourceFileTests {
  static let file = SourceFile(name: "x", text: "a\r\nbé\rc\u{85}d🦊\u{2028}e\u{2029}\nf")

  @Test(arguments: [(0, ""), (1, "a"), (2, "bé"), (3, "c"), (4, "d🦊"), (5, "e"), (6, ""), (7, "f"), (8, "")])
  func `lines end where YAML ends them`(number: Int, text: String) {
    #expect(Self.file.line(number) == text)
  }

  @Test(arguments: [
    (-1, 1, 1), (0, 1, 1), (1, 1, 2), (2, 1, 3), (3, 2, 1), (6, 2, 3), (7, 3, 1), (10, 4, 1), (15, 4, 3),
    (18, 5, 1),
    (22, 6, 1), (23, 7, 1), (24, 7, 2), (99, 7, 2),
  ])
  func `positions count scalars`(offset: Int, line: Int, column: Int) {
    let position = Self.file.position(at: offset)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func `scalars and offsets agree everywhere`() {
    let text = String(repeating: "aé日🦊\r\n", count: 50)
    let file = SourceFile(name: "x", text: text)
    var offset = 0
    for (number, scalar) in text.unicodeScalars.enumerated() {
      #expect(file.offset(ofScalar: number) == offset)
      #expect(file.scalars(before: offset) == number)
      offset += scalar.utf8.count
    }
    #expect(file.offset(ofScalar: 9_999) == offset)
  }
}
