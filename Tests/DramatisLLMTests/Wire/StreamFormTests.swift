import Synchronization
import TestSupport
import Testing

@testable import DramatisLLM

/// Bodies whose form is not what their type says, or that no standard knows.
@Suite(.serialized) struct StreamFormTests {
  private static func chunk(_ text: String) -> String { #"{"choices":[{"delta":{"content":"\#(text)"}}]}"# }
  private static let stop = #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#
  private static let whole = #"{"choices":[{"message":{"content":"Ay, sit."},"finish_reason":"stop"}]}"#
  private static let pretty = """
    {
      "choices": [
        { "message": { "content": "Ay, sit." }, "finish_reason": "stop" }
      ]
    }
    """

  private static let events = [chunk("Ay,"), chunk(" sit."), stop]
  private static let bodies: [(name: String, body: String)] = [
    ("events", events.map { "data: \($0)\n\n" }.joined() + "data: [DONE]\n\n"),
    ("a line for each object", events.map { $0 + "\n" }.joined()), ("one object", whole),
    ("its line", whole + "\n"),
    ("an object in several lines", pretty),
    ("space before events", "\n \n" + events.map { "data: \($0)\n\n" }.joined()),
    ("a mark of byte order before an object", "\u{FEFF}" + whole),
    ("a comment first", ": waiting\n\n" + events.map { "data: \($0)\n\n" }.joined()),
    ("a type first", events.map { "event: chunk\ndata: \($0)\n\n" }.joined()),
    ("one line break between events", events.map { "data: \($0)\n" }.joined() + "data: [DONE]\n"),
    ("one CRLF between events", events.map { "data: \($0)\r\n" }.joined() + "data: [DONE]\r\n"),
    ("events without data", events.map { "data:\n\ndata: \($0)\n\ndata: \n\n" }.joined()),
    ("null for data", events.map { "data: null\n\ndata: \($0)\n\n" }.joined()),
    ("space behind the end", events.map { "data: \($0)  \n\n" }.joined() + "data: [DONE] \n\n"),
    ("a list of chunks", "[" + events.joined(separator: ",") + "]"),
    ("an end in small letters", events.map { "data: \($0)\n\n" }.joined() + "data: [done]\n\n"),
    ("an end in quotes", events.map { "data: \($0)\n\n" }.joined() + "data: \"[DONE]\"\n\n"),
    (
      "all of the text each time",
      [chunk("Ay, "), chunk("Ay, sit."), chunk("Ay, sit."), stop].map { "data: \($0)\n\n" }.joined()
    ),
    (
      "texts of completions",
      [#"{"choices":[{"text":"Ay,"}]}"#, #"{"choices":[{"text":" sit."}]}"#, stop].map { "data: \($0)\n\n" }
        .joined()
    ),
    ("numbered events", events.enumerated().map { "id: \($0)\ndata: \($1)\n\n" }.joined()),
  ]

  /// What a body comes to that arrives in pieces.
  private static func read(_ pieces: [[UInt8]], type: String, wire: any Wire) throws -> (
    texts: [String], piece: ReplyPiece
  ) {
    let inbox = ReplyInbox()
    var decoder = ReplyDecoder(wire.streamForm(ofType: type), wire: wire, inbox: inbox, longest: 1 << 20)
    var all = ReplyBuffer()
    for piece in pieces {
      try decoder.decode(piece.span)
      _ = decoder.deliver()
    }
    try decoder.end(isWhole: true)
    _ = decoder.deliver()
    inbox.exchange(&all)
    if let body = all.whole { all.append(try wire.whole(body)) }
    return (all.texts, all.summary)
  }

  private static func openAI() throws -> OpenAIWire {
    OpenAIWire(endpoint: Endpoint(.openAI, at: try ServiceAddress("http://h"), model: "m"))
  }

  @Test(
    arguments: bodies.indices,
    ["text/event-stream", "application/json", "text/plain", "", "application/x-ndjson"])
  func `a body is read by its own form, whatever its type and wherever it is split`(index: Int, type: String)
    throws
  {
    let (name, body) = Self.bodies[index]
    // Space before lines of objects is no start of an event there, and no service announces lines for events.
    if type == "application/x-ndjson", name.contains("event") || name.contains("in several") { return }
    let bytes = Array(body.utf8)
    for split in 0...bytes.count {
      let (texts, piece) = try Self.read(
        [Array(bytes[..<split]), Array(bytes[split...])], type: type, wire: Self.openAI())
      #expect(texts.joined() == "Ay, sit." && piece.finish == .stop, "\(name) split at \(split)")
    }
    let (texts, _) = try Self.read(bytes.map { [$0] }, type: type, wire: Self.openAI())
    #expect(texts.joined() == "Ay, sit.", "\(name) byte by byte")
  }

  @Test func `a whole message of Anthropic's protocol is read where a stream was announced`() throws {
    let wire = AnthropicWire(endpoint: Endpoint(.anthropic, at: try ServiceAddress("http://h"), model: "m"))
    let body = #"{"type":"message","content":[{"type":"text","text":"Ay."}],"stop_reason":"max_tokens"}"#
    for text in [body, body + "\n"] {
      let (texts, piece) = try Self.read([Array(text.utf8)], type: "text/event-stream", wire: wire)
      #expect(texts == ["Ay."] && piece.finish == .length && piece.isLast)
    }
  }

  @Test(arguments: [
    ["Ay \\ud83c", "\\udf7a sit"], ["Ay \\uD83C\\uDF7A sit"], ["Ay ", "\\ud83c", "\\udf7a", " sit"],
    ["Ay \\ud83c", "", "\\udf7a sit"].filter { !$0.isEmpty },
  ])
  func `halves of a character are joined`(texts: [String]) throws {
    let body = (texts.map(Self.chunk) + [Self.stop]).map { "data: \($0)\n\n" }.joined()
    let (read, _) = try Self.read([Array(body.utf8)], type: "text/event-stream", wire: Self.openAI())
    #expect(read.joined() == "Ay 🍺 sit")
  }

  @Test(arguments: [
    (["a\\ud83c", "b"], "a\u{FFFD}b"), (["a\\ud83c"], "a\u{FFFD}"), (["a", "\\udf7ab"], "a\u{FFFD}b"),
    (["a\\ud83c", "\\ud83c", "\\udf7a"], "a\u{FFFD}🍺"), (["a\\\\ud83c", "b"], "a\\ud83cb"),
    (["\\ud83c\\\"", "\\udf7a"], "\u{FFFD}\"\u{FFFD}"), (["\u{FFFD}", "a"], "\u{FFFD}a"),
  ])
  func `half a character that has no other half is one sign of damage`(texts: [String], expected: String)
    throws
  {
    let body = (texts.map(Self.chunk) + [Self.stop]).map { "data: \($0)\n\n" }.joined()
    let (read, _) = try Self.read([Array(body.utf8)], type: "text/event-stream", wire: Self.openAI())
    #expect(read.joined() == expected)
  }

  @Test func `halves are joined in lines of Ollama too`() throws {
    let wire = OllamaWire(endpoint: Endpoint(.ollama, at: try ServiceAddress("http://h"), model: "m"))
    let body = ["Ay \\ud83c", "\\udf7a"].map { #"{"message":{"content":"\#($0)"},"done":false}"# + "\n" }
      .joined()
    let (read, _) = try Self.read([Array(body.utf8)], type: "application/x-ndjson", wire: wire)
    #expect(read.joined() == "Ay 🍺")
  }

  @Test(arguments: [
    ("error: {\"code\":500,\"message\":\"no room\"}\n\n", "no room"), ("error: no room\n\n", "no room"),
    ("error: {\"message\":\"no room\"}\ndata: [DONE]\n\n", "no room"),
    ("event: error\ndata: {\"error\":{\"message\":\"no room\"}}\n\n", "no room"),
    ("event: error\ndata: no room\n\n", "no room"), ("data: {\"error\":\"no room\"}\n\n", "no room"),
    ("data: {\"object\":\"error\",\"message\":\"no room\",\"code\":400}\n\n", "no room"),
    ("data: {\"detail\":\"no room\"}\n\n", "no room"),
    (
      "data: {\"choices\":[{\"error\":{\"message\":\"no room\"},\"finish_reason\":\"error\"}]}\n\n", "no room"
    ),
  ])
  func `an error in the middle is told, in every shape that it has`(end: String, message: String) throws {
    let body = "data: \(Self.chunk("Ay"))\n\n" + end + "data: [DONE]\n\n"
    let (texts, piece) = try Self.read([Array(body.utf8)], type: "text/event-stream", wire: Self.openAI())
    #expect(texts == ["Ay"] && piece.error == message)
  }

  @Test(arguments: [
    ("stop", FinishReason.stop), ("STOP", .stop), ("end_turn", .stop), ("length", .length),
    ("MAX_TOKENS", .length),
    ("max-tokens", .length), ("FINISH_REASON_MAX_TOKENS", .length), ("model_length", .length),
    ("content_filter", .filtered), ("SAFETY", .filtered), ("RECITATION", .filtered), ("refusal", .filtered),
    ("error", .failed), ("ERROR", .failed), ("network_error", .failed),
    ("insufficient_system_resource", .failed),
    ("tool_calls", .unstated), ("anything", .unstated),
  ])
  func `the words of all services for the end mean the same`(word: String, reason: FinishReason) {
    #expect(FinishReason(word: word) == reason)
    #expect(FinishReason(word: "") == nil && FinishReason(word: "null") == nil)
  }

  @Test func `a reply that ends for a failure fails, and what is compressed is read`() async throws {
    let failing =
      "data: \(Self.chunk("Ay"))\n\ndata: " + #"{"choices":[{"delta":{},"finish_reason":"error"}]}"# + "\n\n"
    try await withServer { _, number in
      number == 0
        ? [.head(), .send(failing)]
        : [.head(200, "application/json", "Content-Encoding: gzip\r\n"), .sendBytes(Self.compressed)]
    } _: { server in
      let model = ServiceModel(Endpoint(.openAI, at: try ServiceAddress(server.address), model: "m"))
      let request = ModelRequest([.init(.user, "Hello")])
      let failure = await #expect(throws: ModelError.self) { try await model.complete(request) }
      #expect(failure?.code == "failed")
      #expect(try await model.complete(request).text == "Ay, sit.")
      #expect(server.requests.last?.contains("Accept-Encoding: identity") == true)
    }
  }

  /// ``whole``, as gzip has it.
  private static let compressed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 13, 201, 49, 10, 128, 48,
    12, 5, 208, 171, 200, 159, 139, 7, 232, 230, 57, 68, 164, 148, 104, 51,
    152, 136, 63, 139, 148, 222, 93, 223, 250, 58, 106, 115, 173, 66, 228, 181,
    227, 18, 178, 156, 130, 220, 81, 221, 66, 44, 144, 177, 188, 105, 162, 198,
    140, 145, 112, 168, 41, 219, 254, 72, 161, 219, 127, 12, 191, 49, 182, 241,
    1, 92, 43, 233, 240, 71, 0, 0, 0,
  ]
}
