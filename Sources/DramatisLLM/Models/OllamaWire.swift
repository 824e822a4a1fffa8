/// Ollama's own chat, which serves as long a context as it is asked for; its `/v1` cuts prompts at a length of its own.
struct OllamaWire: WireProtocol {
  let model: String
  /// How many tokens prompt and reply may have together; nil for the service's own value.
  let contextTokens: Int?

  var path: String { "api/chat" }

  func body(for request: ModelRequest) -> JSONValue {
    var members = [
      JSONValue.Member("model", .string(model)), JSONValue.Member("messages", .messages(request.messages)),
      JSONValue.Member("stream", .bool(request.isStreamed)),
    ]
    if let schema = request.schema { members.append(JSONValue.Member("format", schema.schema)) }
    if request.alternatives > 0 {
      members.append(JSONValue.Member("logprobs", true))
      members.append(JSONValue.Member("top_logprobs", .number(Double(request.alternatives))))
    }
    let options = options(for: request)
    if !options.isEmpty { members.append(JSONValue.Member("options", .object(options))) }
    return .object(members)
  }

  private func options(for request: ModelRequest) -> [JSONValue.Member] {
    let numbers: [(String, Double?)] = [
      ("num_ctx", contextTokens.map(Double.init)), ("num_predict", request.maxTokens.map(Double.init)),
      ("temperature", request.temperature), ("seed", request.seed.map(Double.init)),
    ]
    let stop = request.stop.isEmpty ? nil : JSONValue.array(request.stop.map { .string($0) })
    return numbers.compactMap { name, number in number.map { JSONValue.Member(name, .number($0)) } }
      + (stop.map { [JSONValue.Member("stop", $0)] } ?? [])
  }

  /// A line of the stream and a whole reply have one shape; the last of them is said to be done.
  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece { try read(data) }

  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece { try read(body.span) }

  private func read(_ body: Span<UInt8>) throws(JSONError) -> ReplyPiece {
    let value = try JSONValue(parsing: body)
    var piece = ReplyPiece()
    let message = value["message"]
    piece.text = message?["content"]?.text ?? ""
    piece.isProgress = !piece.text.isEmpty || message?["thinking"]?.text?.isEmpty == false
    piece.model = value["model"]?.text
    piece.alternatives = TokenAlternative.alternatives(of: value["logprobs"]?.elements?.first)
    if let error = value["error"], error != .null {
      piece.error = Endpoint.message(in: value) ?? "it does not say how"
    }
    guard value["done"] == true else { return piece }
    piece.isLast = true
    piece.isProgress = true
    piece.finish = FinishReason(openAI: value["done_reason"]?.text ?? "") ?? .unstated
    piece.promptTokens = value["prompt_eval_count"]?.int
    piece.replyTokens = value["eval_count"]?.int
    return piece
  }
}
