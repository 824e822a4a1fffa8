import Foundation
import TestSupport
import Testing

@testable import DramatisLLM

/// Our JSON against what the standard says and what Foundation reads.
@Suite struct JSONTests {
  private func parsed(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  @Test(arguments: [
    "null", "true", "false", "0", "-1", "12.5", "1e3", "\"\"", "\"a\\\"b\\\\c\\n\"", "[]", "{}",
    "[1,[2,{}],\"x\"]",
    "{\"b\":1,\"a\":[null,true]}", "\"grüß 👋\"",
  ])
  func `what is written is read again with its order`(text: String) throws {
    let value = try parsed(text)
    #expect(try JSONValue(parsing: value.bytes) == value)
    if !text.contains("e3") { #expect(String(decoding: value.bytes, as: UTF8.self) == text) }
  }

  @Test(arguments: [
    (#""\u0041\u00e9\ud83d\udc4b""#, "Aé👋"), (#""\ud83d""#, "\u{FFFD}"), (#""\udc4bx""#, "\u{FFFD}x"),
    (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\b\f\n\r\t\/""#, "\u{8}\u{C}\n\r\t/"), (#""\u0000""#, "\u{0}"),
  ])
  func `escapes are read`(text: String, expected: String) throws {
    #expect(try parsed(text) == .string(expected))
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "1.", ".5", "-", "1e", "+1", "[1,]", "{,}", "{\"a\"}", "{\"a\":}", "{a:1}",
    "[1 2]",
    "\"", "\"\\x\"", "\"\\u12\"", "\"\n\"", "1 2", "[", "{\"a\":1", "1e999", "NaN", "'a'", "[1}",
  ])
  func `what is not JSON is refused`(text: String) {
    #expect(throws: JSONError.self) { try parsed(text) }
  }

  @Test func `depth is bounded`() {
    #expect(throws: JSONError.self) { try parsed(String(repeating: "[", count: 100_000)) }
    #expect(throws: JSONError.self) {
      let bytes = Array(String(repeating: "{\"a\":", count: 100_000).utf8)
      try JSONScanner.scan(bytes.span) { scanner throws(JSONError) in try scanner.skip() }
    }
  }

  @Test func `mutated JSON is accepted where Foundation accepts it, except for a comma at the end`() throws {
    var random = SeededGenerator(seed: 3)
    let source = Array(#"{"a":[1,-2.5e1,"x\n\u00e9",true,null,{}],"b":{"c":[]}}"#.utf8)
    let alphabet = Array("{}[]\",:\\u0e-+.tfn 1a".utf8)
    for _ in 0..<5000 {
      var bytes = source
      random.mutate(&bytes, with: alphabet)
      let theirs = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
      let ours = (try? JSONValue(parsing: bytes)) != nil
      let text = String(decoding: bytes, as: UTF8.self)
      let hasLooseComma = text.contains(/,\s*[\]}]/)
      #expect(theirs == ours || (hasLooseComma && !ours), "\(text)")
    }
  }
}
