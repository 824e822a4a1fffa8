/// Chat completions, the protocol that most services speak.
struct OpenAIWire: WireProtocol {
  let model: String
  let host: String

  var path: String { "chat/completions" }

  func body(for request: ModelRequest) -> JSONValue {
    var members = [
      JSONValue.Member("model", .string(model)), JSONValue.Member("messages", .messages(request.messages)),
      JSONValue.Member("stream", .bool(request.isStreamed)),
    ]
    func add(_ name: String, _ value: JSONValue?) {
      if let value { members.append(JSONValue.Member(name, value)) }
    }
    add("stream_options", request.isStreamed ? ["include_usage": true] : nil)
    add(tokenLimitName, request.maxTokens.map { .number(Double($0)) })
    add("temperature", request.temperature.map { .number($0) })
    add("seed", request.seed.map { .number(Double($0)) })
    add("stop", request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) }))
    add("logprobs", request.alternatives > 0 ? true : nil)
    add("top_logprobs", request.alternatives > 0 ? .number(Double(request.alternatives)) : nil)
    add("response_format", request.schema.map(Self.format))
    return .object(members)
  }

  /// OpenAI's newer models refuse the name that all others know.
  private var tokenLimitName: String { host == "api.openai.com" ? "max_completion_tokens" : "max_tokens" }

  private static func format(_ schema: OutputSchema) -> JSONValue {
    [
      "type": "json_schema",
      "json_schema": ["name": .string(schema.name), "strict": true, "schema": schema.schema],
    ]
  }

  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece {
    if data.elementsEqual("[DONE]") { return ReplyPiece(isLast: true) }
    var piece = try read(data)
    if name == "error", piece.error == nil { piece.error = Endpoint.message(in: data) }
    return piece
  }

  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece {
    var piece = try read(body.span)
    piece.isLast = true
    return piece
  }

  /// A chunk and a whole reply differ in the name of what holds the text, and in nothing else that matters.
  private func read(_ bytes: Span<UInt8>) throws(JSONError) -> ReplyPiece {
    var piece = ReplyPiece()
    try JSONScanner.scan(bytes) { scanner throws(JSONError) in try scanner.readCompletion(&piece) }
    return piece
  }
}
