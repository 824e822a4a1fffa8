/// Where a model is served, and how it is called there.
public struct Endpoint: Sendable {
  /// The two protocols that services speak.
  public enum Dialect: String, Hashable, Sendable, CaseIterable {
    /// Chat completions as OpenAI, llama-server, vLLM, Ollama, LM Studio and OpenRouter have them.
    case openAI = "openai"
    /// Messages as Anthropic has them.
    case anthropic
  }

  /// What is spoken there.
  public let dialect: Dialect
  /// The address, up to and including `/v1`.
  public let address: ServiceAddress
  /// The model's name there.
  public let model: String
  /// The key; nil where none is needed.
  public let key: APIKey?
  /// How long it may take.
  public var limits: TransferLimits

  /// Makes an endpoint.
  public init(
    _ dialect: Dialect, at address: ServiceAddress, model: String, key: APIKey? = nil,
    limits: TransferLimits = TransferLimits()
  ) {
    self.dialect = dialect
    self.address = address
    self.model = model
    self.key = key
    self.limits = limits
  }

  /// Whether the key would travel over a network for everybody to read.
  public var exposesKey: Bool {
    key != nil && address.isOpen && !address.isLoopback
  }

  var wire: any WireProtocol {
    switch dialect {
    case .openAI: OpenAIWire(model: model, host: address.host)
    case .anthropic: AnthropicWire(model: model)
    }
  }

  /// A request to a path; a body makes it a POST.
  func request(_ path: String, _ body: JSONValue?) -> HTTPRequest {
    let type = body == nil ? [] : ["Content-Type: application/json"]
    return HTTPRequest(
      address: address.appending(path), host: address.host, body: body?.bytes,
      headers: type + wire.headers(key: key), limits: limits)
  }
}
