import Testing

@testable import DramatisCompiler

@Suite struct ScalarSpanTests {
  @Test(arguments: UInt64(0)..<40)
  func `every scalar reads as libyaml read it`(seed: UInt64) {
    var generator = ScalarGenerator(seed: seed)
    var seen: [ScalarStyle: Int] = [:]
    for _ in 0..<250 {
      let yaml = generator.document()
      let reading = read(yaml)
      for scalar in reading.root?.scalars ?? [] {
        seen[scalar.style, default: 0] += 1
        #expect(reading.file.map(of: scalar) != nil, "\(yaml.debugDescription) at \(scalar)")
      }
    }
    #expect(seen.count == 5)
    #expect(seen.values.allSatisfy { $0 >= 10 }, "\(seen)")
  }

  /// The value, the part of it, and the source of that part.
  static let parts: [(yaml: String, part: String, source: String)] = [
    ("a: tavren", "tavren", "tavren"),
    ("a: x   tav  ren # no", "tav", "tav"),
    ("a: 'it''s so'", "'s", "''s"),
    ("a: 'it''s so'", "so", "so"),
    (#"a: "x\u00e9y""#, "é", #"\u00e9"#),
    (#"a: "x\u00e9y""#, "y", "y"),
    (#"a: "\x41 \n \\ \" b""#, "\n", #"\n"#),
    (#"a: "\x41 \n \\ \" b""#, "\"", #"\""#),
    ("a: \"x \\\n   y\"", "y", "y"),
    ("a: x\n   y\n   z", "y", "y"),
    ("a: x\n\n   y", "\n", "\n"),
    ("a: >\n  x\n  y\n\n  z\n", "z", "z"),
    ("a: >\n  x\n  y\n\n  z\n", "y", "y"),
    ("a: |2-\n    x\n   y\n", " y", " y"),
    ("- - |1+\n    x\n\n", " x", " x"),
    ("a: &n   |\n  größe ok\n", "ok", "ok"),
    ("a: !!str &n\n  'b c'", "c", "c"),
    ("a: [ x, {b: größe 日本 ok} ]", "ok", "ok"),
  ]

  @Test(arguments: parts)
  func `parts of a value are found in the source`(yaml: String, part: String, source: String) throws {
    let reading = read(yaml)
    let scalar = try #require(reading.root?.scalars.last)
    let range = try #require(scalar.text.utf8Range(of: part))
    #expect(reading.source(reading.file.span(of: range, in: scalar)) == source)
  }

  @Test(arguments: [
    ("a: tavren", 6, 10), ("a: tavren", 2, 6), ("a: 'b'", 1, 6), ("a: ''", 0, 5), ("a: \"\\n\"", 1, 7),
    ("a: |\n  xy\n", 3, 5), ("a: b", 99, 5), ("a: >-\n  x\n  y", 3, 4),
  ])
  func `empty parts are a point`(yaml: String, offset: Int, column: Int) throws {
    let reading = read(yaml)
    let scalar = try #require(reading.root?.scalars.last)
    let span = reading.file.span(of: offset..<offset, in: scalar)
    #expect(span.start == span.end)
    #expect(span.start.column == column)
  }

  @Test func `a scalar that does not match its source keeps its whole span`() throws {
    let reading = read("a: tavren")
    let scalar = try #require(reading.root?.scalars.last)
    let other = Scalar(text: "tavern", style: .plain, span: scalar.span)
    #expect(reading.file.span(of: 2..<3, in: other) == scalar.span)
  }
}

extension String {
  fileprivate func utf8Range(of part: String) -> Range<Int>? {
    let bytes = Array(utf8)
    let wanted = Array(part.utf8)
    let starts = bytes.indices.filter { bytes[$0...].starts(with: wanted) }
    return starts.first.map { $0..<$0 + wanted.count }
  }
}
