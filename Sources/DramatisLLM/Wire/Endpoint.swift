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
      address: address.appending(path), host: address.host, body: body?.bytes,
      headers: type + wire.headers(key: key), limits: limits, decoder: decoder)
  }

  /// The bytes that come first of a response whose status is good.
  ///
  /// - Throws: ``ModelError/refused(status:message:retryAfter:)`` with what the service says of it.
  func accepted(_ response: HTTPResponse) async throws(ModelError) -> [UInt8] {
    var bytes: [UInt8] = []
    do throws(TransportError) {
      _ = try await response.read(into: &bytes, patience: response.patience())
    } catch {
      throw ModelError(error)
    }
    guard let head = response.head else { throw .cutOff }
    if head.isAccepted { return bytes }
    // What the service says of its refusal is welcome, and not worth another error.
    if let rest = try? await response.wholeBody() { bytes += rest }
    let message = dialect.wire.errorText(in: bytes.span).quotable(without: key)
    throw .refused(status: head.status, message: message, retryAfter: head.retryAfter)
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
