import Testing

@testable import DramatisLLM

/// Vectors as services send them.
@Suite struct EmbedderTests {
  private func vectors(_ data: String, count: Int) throws -> [[Float]] {
    let endpoint = Endpoint(.openAI, at: try ServiceAddress("http://h"), model: "m")
    let reply = try JSONValue(parsing: Array("{\"data\":[\(data)]}".utf8))
    return try endpoint.wire.vectors(in: reply, count: count)
  }

  @Test func `vectors come in the order of the texts`() throws {
    let data = #"{"index":1,"embedding":[3,4]},{"index":0,"embedding":[1,2]}"#
    #expect(try vectors(data, count: 2) == [[1, 2], [3, 4]])
    #expect(try vectors(#"{"embedding":[1]},{"embedding":[2]}"#, count: 2) == [[1], [2]])
  }

  @Test func `base64 holds little-endian numbers`() throws {
    #expect(try vectors(#"{"embedding":"AACAPwAAAMAAAAA/"}"#, count: 1) == [[1, -2, 0.5]])
  }

  @Test(arguments: [
    #"{"embedding":[]}"#, #"{"embedding":["x"]}"#, #"{"embedding":"AAA"}"#, #"{"embedding":"????"}"#,
    #"{"embedding":null}"#, #"{}"#, #"{"index":7,"embedding":[1]}"#, #"{"embedding":"AADAfw=="}"#, "",
    #"{"embedding":[1]},{"embedding":[2]}"#,
  ])
  func `anything else is refused`(data: String) {
    #expect(throws: ModelError.self) { try vectors(data, count: 1) }
  }

  @Test func `vectors of different lengths or twice the same place are refused`() {
    #expect(throws: ModelError.self) { try vectors(#"{"embedding":[1]},{"embedding":[1,2]}"#, count: 2) }
    #expect(throws: ModelError.self) {
      try vectors(#"{"index":0,"embedding":[1]},{"index":0,"embedding":[2]}"#, count: 2)
    }
  }

  @Test(arguments: [
    ("", ""), ("TQ==", "M"), ("TWE=", "Ma"), ("TWFu", "Man"), ("TQ", "M"), ("Pz8/Pj4+", "???>>>"),
  ])
  func `base64 is read with and without padding`(text: String, expected: String) {
    #expect(Base64.bytes(text) == Array(expected.utf8))
  }

  @Test(arguments: ["A", "AAAAA", "A=AA", "====", "TQ===", "T Q=", "-_-_"])
  func `what is not base64 is refused`(text: String) {
    #expect(Base64.bytes(text) == nil)
  }
}
