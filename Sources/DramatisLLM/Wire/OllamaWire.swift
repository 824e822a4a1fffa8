extension Endpoint.Dialect {
  /// Ollama's own chat, which serves as long a context as it is asked for.
  public static let ollama = Self(OllamaWire.self)
}

/// Ollama's own chat, which serves as long a context as it is asked for; its `/v1` cuts prompts at a length of its own.
struct OllamaWire: Wire {
  static let name = "ollama"
  static let keyVariable: String? = nil
  static let services = [
    KnownService("ollama", at: "http://localhost:11434", dialect: .ollama, contextTokens: 8192)
  ]
  static let servesAnyContext = true
  static let tellingPaths = ["/api/chat", "/api/generate", "/api/tags"]

  let endpoint: Endpoint

  /// Its paths lie below the server's own address; `/v1` is where it speaks another dialect.
  static func base(of address: ServiceAddress) -> String {
    for ending in ["/v1", "/api"] where address.text.hasSuffix(ending) {
      return String(address.text.dropLast(ending.count))
    }
    return address.text
  }

  var completionsPath: String { "api/chat" }

  func body(for request: ModelRequest) -> JSONValue {
    var members = [
      JSONValue.Member("model", .string(endpoint.model)),
      JSONValue.Member("messages", .messages(request.messages)),
      JSONValue.Member("stream", .bool(request.isStreamed)),
    ]
    if let schema = request.schema { members.append(JSONValue.Member("format", schema.schema)) }
    if request.alternatives > 0 {
      members.append(JSONValue.Member("logprobs", true))
      members.append(JSONValue.Member("top_logprobs", .number(Double(request.alternatives))))
    }
    members.append(JSONValue.Member("think", think(request.reasoning)))
    let options = options(for: request)
    if !options.isEmpty { members.append(JSONValue.Member("options", .object(options))) }
    return .object(members)
  }

  /// Thought counts towards the limit, so that nobody thinks who was not told to.
  private func think(_ reasoning: Reasoning?) -> JSONValue {
    reasoning.map { $0 == .off ? false : .string($0.effort) } ?? false
  }

  private func options(for request: ModelRequest) -> [JSONValue.Member] {
    let numbers: [(String, Double?)] = [
      ("num_ctx", endpoint.contextTokens.map(Double.init)),
      ("num_predict", request.maxTokens.map(Double.init)),
      ("temperature", request.temperature), ("seed", request.seed.map(Double.init)),
    ]
    let stop = request.stop.isEmpty ? nil : JSONValue.array(request.stop.map { .string($0) })
    return numbers.compactMap { name, number in number.map { JSONValue.Member(name, .number($0)) } }
      + (stop.map { [JSONValue.Member("stop", $0)] } ?? [])
  }

  /// All but these are options of the model.
  func place(of parameter: String) -> String? {
    ["keep_alive", "format", "think", "options", "raw", "template"].contains(parameter) ? nil : "options"
  }

  /// A line of the stream and a whole reply have one shape; the last of them is said to be done.
  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece { try read(data) }

  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece { try read(body.span) }

  private func read(_ body: Span<UInt8>) throws(JSONError) -> ReplyPiece {
    let value = try JSONValue(parsing: body)
    var piece = ReplyPiece()
    let message = value["message"]
    piece.text = message?["content"]?.text ?? value["response"]?.text ?? ""
    piece.thought = message?["thinking"]?.text ?? ""
    piece.isProgress = !piece.text.isEmpty || !piece.thought.isEmpty
    piece.model = value["model"]?.text
    piece.alternatives = TokenAlternative.alternatives(of: value["logprobs"]?.elements?.first)
    if let error = value["error"], error != .null { piece.error = Self.failure(in: value) }
    guard value["done"] == true else { return piece }
    piece.isLast = true
    piece.isProgress = true
    piece.finish = FinishReason(word: value["done_reason"]?.text ?? "") ?? .unstated
    piece.promptTokens = value["prompt_eval_count"]?.int
    piece.replyTokens = value["eval_count"]?.int
    return piece
  }

  var modelsPath: String { "api/tags" }

  func models(in reply: JSONValue) -> [OfferedModel]? {
    reply["models"]?.elements?.compactMap { OfferedModel($0) }
  }

  var embeddingsPath: String { "v1/embeddings" }
}
