/// Where a model is served, and how it is called there.
public struct Endpoint: Sendable {
  /// The protocols that services speak.
  public enum Dialect: String, Hashable, Sendable, CaseIterable {
    /// Chat completions as OpenAI, llama-server, vLLM, LM Studio and OpenRouter have them, and Ollama too.
    case openAI = "openai"
    /// Messages as Anthropic has them.
    case anthropic
    /// Ollama's own chat, which serves as long a context as it is asked for.
    case ollama
  }

  /// What is spoken there.
  public let dialect: Dialect
  /// The address, up to and including `/v1`; for Ollama's own chat without it.
  public let address: ServiceAddress
  /// The model's name there.
  public let model: String
  /// The key; nil where none is needed.
  public let key: APIKey?
  /// How long it may take.
  public var limits: TransferLimits
  /// How many tokens prompt and reply may have together, for services that want to be told; nil for their own value.
  public var contextTokens: Int?

  /// Makes an endpoint.
  public init(
    _ dialect: Dialect, at address: ServiceAddress, model: String, key: APIKey? = nil,
    limits: TransferLimits = TransferLimits(), contextTokens: Int? = nil
  ) {
    self.dialect = dialect
    self.address = address
    self.model = model
    self.key = key
    self.limits = limits
    self.contextTokens = contextTokens
  }

  /// Whether the key would travel over a network for everybody to read.
  public var exposesKey: Bool {
    key != nil && address.isOpen && !address.isLoopback
  }

  var wire: any WireProtocol {
    switch dialect {
    case .openAI: OpenAIWire(model: model, host: address.host)
    case .anthropic: AnthropicWire(model: model)
    case .ollama: OllamaWire(model: model, contextTokens: contextTokens)
    }
  }

  /// A request to a path; a body makes it a POST.
  ///
  /// - Parameter decoder: Makes what takes the stream apart that a head announces; nil for any other body.
  package func request(
    _ path: String, _ body: JSONValue?,
    decoder: @escaping @Sendable (HTTPHead) -> (any StreamDecoder)? = { _ in nil }
  ) -> HTTPRequest {
    let type = body == nil ? [] : ["Content-Type: application/json"]
    return HTTPRequest(
      address: address.appending(path), host: address.host, body: body?.bytes,
      headers: type + wire.headers(key: key), limits: limits, decoder: decoder)
  }
}
