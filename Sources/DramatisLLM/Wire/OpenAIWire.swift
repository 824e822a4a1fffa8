extension Endpoint.Dialect {
  /// Chat completions as OpenAI, llama-server, vLLM, LM Studio and OpenRouter have them, and Ollama too.
  public static let openAI = Self(OpenAIWire.self)
}

/// Chat completions, OpenAI's protocol that nearly every service speaks.
struct OpenAIWire: Wire {
  static let name = "openai"
  static let keyVariable: String? = "OPENAI_API_KEY"
  static let services = [
    KnownService(
      "openai", at: "https://\(host)/v1", dialect: .openAI, keyVariable: keyVariable, contextTokens: 32_768),
    KnownService("llama-server", at: "http://localhost:8080/v1", dialect: .openAI, model: "default"),
  ]
  private static let host = "api.openai.com"

  let endpoint: Endpoint

  var completionsPath: String { "chat/completions" }

  /// Those of llama-server; nobody else is asked but what may be one.
  var propertiesPath: String? {
    endpoint.address.isLoopback || endpoint.memory.slotPlan.withLock({ $0.isLikely }) ? "../props" : nil
  }

  /// Nobody but llama-server tells of slots, and it has these names for them.
  func members(forSlot slot: Int?) -> [JSONValue.Member] {
    [JSONValue.Member("cache_prompt", true)]
      + (slot.map { [JSONValue.Member("id_slot", .number(Double($0)))] } ?? [])
  }

  func body(for request: ModelRequest) -> JSONValue {
    var members = [
      JSONValue.Member("model", .string(endpoint.model)),
      JSONValue.Member("messages", .messages(request.messages)),
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
    members += reasoning(request.reasoning)
    return .object(members)
  }

  /// OpenAI's newer models refuse the name that all others know.
  private var tokenLimitName: String {
    endpoint.address.host == Self.host ? "max_completion_tokens" : "max_tokens"
  }

  /// OpenRouter has an object of its own; templates that think are told so by servers of one's own.
  private func reasoning(_ reasoning: Reasoning?) -> [JSONValue.Member] {
    guard let reasoning else { return [] }
    if endpoint.address.host == "openrouter.ai" {
      let wanted: JSONValue =
        switch reasoning {
        case .off: ["enabled": false]
        case .tokens(let count): ["max_tokens": .number(Double(count))]
        default: ["effort": .string(reasoning.effort)]
        }
      return [JSONValue.Member("reasoning", wanted)]
    }
    let effort = JSONValue.Member("reasoning_effort", .string(reasoning.effort))
    guard endpoint.address.host != Self.host else { return [effort] }
    var template = [JSONValue.Member("enable_thinking", .bool(reasoning != .off))]
    if case .tokens(let count) = reasoning {
      template.append(.init("thinking_budget", .number(Double(count))))
    }
    return [effort, JSONValue.Member("chat_template_kwargs", .object(template))]
  }

  private static func format(_ schema: OutputSchema) -> JSONValue {
    [
      "type": "json_schema",
      "json_schema": ["name": .string(schema.name), "strict": true, "schema": schema.schema],
    ]
  }

  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece {
    if data.count <= 8, data.text.lowercased().contains("[done]") { return ReplyPiece(isLast: true) }
    return try read(data)
  }

  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece {
    var piece = try read(body.span)
    piece.isLast = true
    return piece
  }

  /// A chunk and a whole reply differ in the name of what holds the text, and in nothing else that matters.
  private func read(_ bytes: Span<UInt8>) throws(JSONError) -> ReplyPiece {
    var piece = ReplyPiece()
    try JSONScanner.scan(bytes) { scanner throws(JSONError) in
      // Some send the whole stream as one list.
      guard try scanner.next() == UInt8(ascii: "[") else { return try scanner.readCompletion(into: &piece) }
      try scanner.arrayIfAny { scanner, _ throws(JSONError) in
        var part = ReplyPiece()
        try scanner.readCompletion(into: &part)
        piece.text += part.text
        piece.add(part)
      }
    }
    return piece
  }
}

/// The parts of a chat completion.
extension JSONScanner {
  fileprivate mutating func readCompletion(into piece: inout ReplyPiece) throws(JSONError) {
    var message: String?
    var hasChoices = false
    try readObject { scanner, name throws(JSONError) in
      switch name {
      case "choices":
        hasChoices = true
        try scanner.arrayIfAny { scanner, index throws(JSONError) in
          if index == 0 { try scanner.readChoice(into: &piece) } else { try scanner.skip() }
        }
      case "usage": try scanner.readUsage(into: &piece)
      case "model": piece.model = try scanner.stringIfAny()
      case "timings":
        piece.hasTimings = true
        try scanner.skip()
      case "error":
        try scanner.readError(into: &piece)
      // Some report an error without a name for it; a chunk has no such member.
      case "message", "detail": message = try scanner.stringIfAny()
      default: try scanner.skip()
      }
    }
    if let message, !hasChoices { piece.error = piece.error ?? message }
  }

  private mutating func readError(into piece: inout ReplyPiece) throws(JSONError) {
    let error = try readValue()
    if error != .null { piece.error = OpenAIWire.failure(in: ["error": error]) }
  }

  private mutating func readChoice(into piece: inout ReplyPiece) throws(JSONError) {
    try objectIfAny { scanner, name throws(JSONError) in
      switch name {
      case "delta", "message": try scanner.readMessage(into: &piece)
      // As completions without a chat have it.
      case "text":
        let text = try scanner.stringIfAny() ?? ""
        if piece.text.isEmpty { piece.text = text }
        piece.isProgress = piece.isProgress || !text.isEmpty
      case "finish_reason":
        piece.finish = try scanner.stringIfAny().flatMap(FinishReason.init(word:))
        if piece.finish != nil { piece.isProgress = true }
      case "logprobs": try scanner.readLogProbabilities(into: &piece)
      case "error": try scanner.readError(into: &piece)
      default: try scanner.skip()
      }
    }
  }

  private mutating func readUsage(into piece: inout ReplyPiece) throws(JSONError) {
    try objectIfAny { scanner, name throws(JSONError) in
      switch name {
      case "prompt_tokens": piece.promptTokens = try scanner.intIfAny()
      case "completion_tokens": piece.replyTokens = try scanner.intIfAny()
      case "prompt_tokens_details":
        try scanner.objectIfAny { scanner, name throws(JSONError) in
          switch name {
          case "cached_tokens": piece.cachedTokens = try scanner.intIfAny()
          default: try scanner.skip()
          }
        }
      default: try scanner.skip()
      }
    }
  }

  private mutating func readMessage(into piece: inout ReplyPiece) throws(JSONError) {
    try objectIfAny { scanner, name throws(JSONError) in
      switch name {
      case "content":
        let text = try scanner.readContent()
        if piece.text.isEmpty { piece.text = text } else { piece.text += text }
      case "reasoning_content", "reasoning":
        // Some services send the same under both names.
        if let thought = try scanner.stringIfAny(), !thought.isEmpty {
          piece.thought = thought
          piece.isProgress = true
        }
      case "refusal":
        if let refusal = try scanner.stringIfAny(), !refusal.isEmpty {
          piece.refusal = refusal
          piece.isProgress = true
        }
      default: try scanner.skip()
      }
    }
    if !piece.text.isEmpty { piece.isProgress = true }
  }

  /// A text, or parts of which some are texts and others reasoning.
  private mutating func readContent() throws(JSONError) -> String {
    guard try next() == UInt8(ascii: "[") else { return try stringIfAny() ?? "" }
    guard case .array(let parts) = try readValue() else { return "" }
    return parts.filter { $0["type"] == "text" }.compactMap { $0["text"]?.text }.joined()
  }

  private mutating func readLogProbabilities(into piece: inout ReplyPiece) throws(JSONError) {
    let value = try next() == UInt8(ascii: "{") ? readValue() : nil
    piece.alternatives = TokenAlternative.alternatives(of: value?["content"]?.elements?.first)
    if value == nil { try skip() }
  }
}
