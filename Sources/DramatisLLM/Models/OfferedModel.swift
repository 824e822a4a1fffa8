/// A model that a service says it has.
public struct OfferedModel: Hashable, Sendable {
  /// The name by which it is asked for.
  public let name: String
  /// How many tokens it takes, prompt and reply together; nil where the service does not say.
  public let contextTokens: Int?

  /// What services call the length that is served; what a model was trained for is something else.
  private static let lengths = ["n_ctx", "max_model_len", "context_length", "loaded_context_length"]

  init?(_ entry: JSONValue, without key: APIKey?) {
    guard let name = (entry["id"] ?? entry["name"])?.text else { return nil }
    self.name = name.without(key)
    let places = [entry, entry["meta"]].compactMap(\.self)
    contextTokens = places.lazy.flatMap { place in Self.lengths.compactMap { place[$0]?.int } }.first {
      $0 > 0
    }
  }
}

extension Endpoint {
  /// The models that the service says it has, in its order; of Anthropic's the first thousand.
  ///
  /// - Throws: ``ModelError``.
  public func models(client: HTTPClient = .shared) async throws(ModelError) -> [OfferedModel] {
    let path =
      switch dialect {
      case .openAI: "models"
      case .anthropic: "models?limit=1000"
      case .ollama: "api/tags"
      }
    let response = client.send(request(path, nil))
    let first = try await accepted(response)
    let body = first.bytes + (try await response.wholeBody())
    let value: JSONValue
    do {
      value = try JSONValue(parsing: body)
    } catch {
      throw .malformed("the list of models is not JSON")
    }
    guard let entries = value[dialect == .ollama ? "models" : "data"]?.elements else {
      throw .malformed("it holds no list of models")
    }
    return entries.compactMap { OfferedModel($0, without: key) }
  }
}
