extension Endpoint.Dialect {
  /// Messages as Anthropic has them.
  public static let anthropic = Self(AnthropicWire.self)
}

/// Messages, Anthropic's protocol; it has no embeddings.
struct AnthropicWire: Wire {
  static let name = "anthropic"
  static let keyVariable: String? = "ANTHROPIC_API_KEY"
  static let services = [
    KnownService(
      "anthropic", at: "https://api.anthropic.com/v1", dialect: .anthropic, keyVariable: keyVariable,
      contextTokens: 32_768, modelPrefix: "claude")
  ]

  static let tellingPaths = ["/v1/messages"]

  let endpoint: Endpoint

  var completionsPath: String { "messages" }

  func headers(key: APIKey?) -> [String] {
    ["anthropic-version: 2023-06-01"] + (key.map { ["x-api-key: \($0.secret)"] } ?? [])
  }

  func body(for request: ModelRequest) -> JSONValue {
    let system = request.messages.filter { $0.role == .system }.map(\.text).joined(separator: "\n\n")
    let others = request.messages.filter { $0.role != .system }
    var members = [
      JSONValue.Member("model", .string(endpoint.model)),
      // The protocol knows no request without a limit.
      JSONValue.Member("max_tokens", .number(Double(request.maxTokens ?? 4096))),
    ]
    func add(_ name: String, _ value: JSONValue?) {
      if let value { members.append(JSONValue.Member(name, value)) }
    }
    add("system", system.isEmpty ? nil : .string(system))
    add("messages", .messages(others))
    add("stream", .bool(request.isStreamed))
    let isThinking = request.reasoning.map { $0 != .off } ?? false
    // A model that thinks takes no other temperature than its own.
    add("temperature", isThinking ? nil : request.temperature.map { .number(min($0, 1)) })
    if let reasoning = request.reasoning, isThinking {
      add("thinking", ["type": "enabled", "budget_tokens": .number(Double(max(reasoning.room, 1024)))])
    }
    add("stop_sequences", request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) }))
    add("output_config", request.schema.map { ["format": ["type": "json_schema", "schema": $0.schema]] })
    return .object(members)
  }

  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece {
    let value = try JSONValue(parsing: data)
    var piece = ReplyPiece()
    switch value["type"]?.text ?? name {
    case "message_start":
      piece.model = value["message"]?["model"]?.text
      piece.count(value["message"]?["usage"])
    case "content_block_start": piece.text = Self.text(of: value["content_block"])
    case "content_block_delta": piece.add(delta: value["delta"])
    case "message_delta":
      piece.finish = value["delta"]?["stop_reason"]?.text.flatMap(FinishReason.init(word:))
      piece.count(value["usage"])
    case "message_stop": piece.isLast = true
    case "error": piece.error = Self.failure(in: value)
    // A reply in one piece, though a stream was asked for.
    case "message": return whole(value)
    default: break
    }
    if !piece.text.isEmpty || piece.finish != nil { piece.isProgress = true }
    return piece
  }

  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece {
    whole(try JSONValue(parsing: body))
  }

  private func whole(_ value: JSONValue) -> ReplyPiece {
    var piece = ReplyPiece(isLast: true)
    if value["type"] == "error" || value["error"] != nil {
      piece.error = Self.failure(in: value)
    }
    piece.text = (value["content"]?.elements ?? []).map(Self.text).joined()
    piece.finish = value["stop_reason"]?.text.flatMap(FinishReason.init(word:))
    piece.model = value["model"]?.text
    piece.count(value["usage"])
    return piece
  }

  /// The first thousand of them.
  var modelsPath: String { "models?limit=1000" }

  /// The text of a block; blocks of reasoning have none.
  private static func text(of block: JSONValue?) -> String {
    block?["type"] == "text" ? block?["text"]?.text ?? "" : ""
  }
}

extension ReplyPiece {
  fileprivate mutating func add(delta: JSONValue?) {
    switch delta?["type"] {
    case "text_delta": text = delta?["text"]?.text ?? ""
    case "thinking_delta":
      isProgress = true
      thought = delta?["thinking"]?.text ?? ""
    default: break
    }
  }

  /// The prompt is counted in three parts, according to what the cache did with them.
  fileprivate mutating func count(_ usage: JSONValue?) {
    guard let usage else { return }
    let cached = usage["cache_read_input_tokens"]?.int ?? 0
    if let input = usage["input_tokens"]?.int {
      let sum = input.addingReportingOverflow(cached &+ (usage["cache_creation_input_tokens"]?.int ?? 0))
      promptTokens = sum.overflow ? nil : sum.partialValue
      cachedTokens = cached
    }
    replyTokens = usage["output_tokens"]?.int
  }
}
