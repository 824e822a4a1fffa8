/// Where a model is served, and how it is called there.
public struct Endpoint: Sendable {
  /// What is spoken there.
  public let dialect: Dialect
  /// The address below which the paths of the dialect lie; see ``Dialect/address(_:)``.
  public let address: ServiceAddress
  /// The model's name there.
  public let model: String
  /// The key; nil where none is needed.
  public let key: APIKey?
  /// How long it may take.
  public var limits: TransferLimits
  /// How many tokens prompt and reply may have together, for services that want to be told; nil for their own value.
  public var contextTokens: Int?
  /// Further parameters of every request, by the names of the service; they win over what is asked for otherwise.
  public var parameters: [JSONValue.Member] = []
  /// What was learnt of the service; shared by all copies of an endpoint.
  public var memory: ServiceMemory

  /// Makes an endpoint.
  public init(
    _ dialect: Dialect, at address: ServiceAddress, model: String, key: APIKey? = nil,
    limits: TransferLimits = TransferLimits(), contextTokens: Int? = nil,
    memory: ServiceMemory = ServiceMemory()
  ) {
    self.dialect = dialect
    self.address = address
    self.model = model
    self.key = key
    self.limits = limits
    self.contextTokens = contextTokens
    self.memory = memory
  }

  /// Whether the key would travel over a network for everybody to read.
  public var exposesKey: Bool {
    key != nil && address.isOpen && !address.isLoopback
  }

  var wire: any Wire { dialect.wire.init(endpoint: self) }

  /// A request to a path; a body makes it a POST.
  ///
  /// - Parameter decoder: Makes what takes the stream apart that a head announces; nil for any other body.
  package func request(
    path: String, body: JSONValue?,
    decoder: @escaping @Sendable (HTTPHead) -> (any StreamDecoder)? = { _ in nil }
  ) -> HTTPRequest {
    let type = body == nil ? [] : ["Content-Type: application/json"]
    return HTTPRequest(
      address: address.appending(path), host: address.host, isLocal: address.isLoopback, body: body?.bytes,
      headers: type + wire.headers(key: key), limits: limits, decoder: decoder)
  }

  /// The bytes that come first of a response whose status is good.
  ///
  /// - Throws: ``ModelError/refused(status:message:retryAfter:)`` with what the service says of it.
  func accepted(_ response: HTTPResponse) async throws(ModelError) -> [UInt8] {
    switch try await opened(response) {
    case .accepted(let bytes): return bytes
    case .refused(let error, _): throw error
    }
  }

  /// How a response begins.
  enum Opening {
    /// The service does what was asked; these bytes came first.
    case accepted([UInt8])
    /// It does not, for what it says.
    case refused(ModelError, ServiceFault)
  }

  /// Waits for the beginning of a response, or for all of a refusal.
  func opened(_ response: HTTPResponse) async throws(ModelError) -> Opening {
    var bytes: [UInt8] = []
    do throws(TransportError) {
      _ = try await response.read(into: &bytes, patience: response.patience())
    } catch {
      throw ModelError(error)
    }
    guard let head = response.head else { throw .cutOff }
    if head.isAccepted { return .accepted(bytes) }
    // What the service says of its refusal is welcome, and not worth another error.
    if let rest = try? await response.wholeBody() { bytes += rest }
    var message = dialect.wire.errorText(in: bytes.span).quotable(without: key)
    if [404, 405].contains(head.status), ServiceFault(bytes.span).isBare {
      message += message.isEmpty ? "nothing is at \(address)" : " (at \(address))"
    }
    return .refused(
      .refused(status: head.status, message: message, retryAfter: head.retryAfter), ServiceFault(bytes.span))
  }

  /// The whole of a response of which some bytes were read.
  func whole(_ response: HTTPResponse, after bytes: [UInt8]) async throws(ModelError) -> [UInt8] {
    do throws(TransportError) {
      return bytes + (try await response.wholeBody())
    } catch {
      throw ModelError(error)
    }
  }

  /// The whole of a reply that is JSON.
  ///
  /// - Parameter what: What it is, for whoever reads that it is something else; nil for what is wrong with it.
  func value(of request: HTTPRequest, client: HTTPClient, what: String? = nil) async throws(ModelError)
    -> JSONValue
  {
    let response = client.send(request)
    let body = try await whole(response, after: try await accepted(response))
    do throws(JSONError) {
      return try JSONValue(parsing: body)
    } catch {
      throw .malformed(what.map { "\($0) is not JSON" } ?? error.description)
    }
  }
}

/// A model that a service says it has.
public struct OfferedModel: Hashable, Sendable {
  /// The name by which it is asked for.
  public let name: String
  /// How many tokens it takes, prompt and reply together; nil where the service does not say.
  public let contextTokens: Int?

  init(name: String, contextTokens: Int?) {
    self.name = name
    self.contextTokens = contextTokens
  }
}

extension Endpoint {
  /// How many tokens prompt and reply may have together, as the service says it when it is asked for the first time.
  ///
  /// How many requests it serves at once is learnt with it, where it says so.
  ///
  /// - Parameter mayAsk: Whether it is worth a request.
  /// - Returns: Nil where it does not say, or serves as many as it is asked for.
  public func window(mayAsk: Bool, client: HTTPClient = .shared) async -> Int? {
    await window(mayAsk: mayAsk, offered: nil, client: client)
  }

  /// - Parameter offered: The list of models where it is known; nil to ask for it.
  func window(mayAsk: Bool, offered: [OfferedModel]?, client: HTTPClient) async -> Int? {
    if let known = memory.contextTokens { return known }
    if dialect.wire.servesAnyContext { return contextTokens }
    guard mayAsk, memory.mayAskForContext() else { return nil }
    let models = if let offered { offered } else { (try? await models(client: client)) ?? [] }
    var reason = "its list of models says so"
    var tokens = models.first { $0.name == model || model == "default" }?.contextTokens
    if let properties = await properties(client: client), tokens == nil {
      let settings = properties["default_generation_settings"]
      tokens =
        [settings?["n_ctx"], settings?["params"]?["n_ctx"], properties["n_ctx"]].compactMap { $0?.int }
        .first
      reason = "its properties say so"
    }
    guard let tokens, tokens > 0 else { return nil }
    memory.learn(ServiceLesson(.context(tokens), because: reason))
    return tokens
  }

  /// The models that the service says it has, in its order; of very long lists only the first.
  ///
  /// - Throws: ``ModelError``.
  public func models(client: HTTPClient = .shared) async throws(ModelError) -> [OfferedModel] {
    let wire = wire
    let list = try await value(
      of: request(path: wire.modelsPath, body: nil), client: client, what: "the list of models")
    guard let models = wire.models(in: list) else { throw .malformed("it holds no list of models") }
    return models.map { OfferedModel(name: $0.name.without(key), contextTokens: $0.contextTokens) }
  }
}
