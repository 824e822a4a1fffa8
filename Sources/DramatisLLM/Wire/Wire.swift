/// All that a dialect of services is: its name and addresses, how it writes requests and what its replies mean; pure.
///
/// A dialect is one file with a type that conforms to this, and one line in ``Endpoint/Dialect/all``. What most services
/// have in common stands in extensions, and is overridden by what differs.
protocol Wire: Sendable {
  /// What the dialect is called in a configuration.
  static var name: String { get }
  /// The services that speak it and need no configuration.
  static var services: [KnownService] { get }
  /// The variable of the environment that usually holds the key; nil where there is none.
  static var keyVariable: String? { get }
  /// Parts of addresses that nobody has who speaks another dialect.
  static var tellingPaths: [String] { get }
  /// Whether a service takes prompts of any length that it is asked for.
  static var servesAnyContext: Bool { get }
  /// The address below which its paths lie, of the one that somebody gave.
  static func base(of address: ServiceAddress) -> String
  /// What an error says; nil where the value is none in any shape that services use.
  static func errorMessage(in value: JSONValue) -> String?

  /// Whom it speaks with.
  var endpoint: Endpoint { get }
  init(endpoint: Endpoint)

  /// The lines of a header that prove who asks, and what else each request needs.
  func headers(key: APIKey?) -> [String]

  /// Where completions are asked for, below the address.
  var completionsPath: String { get }
  /// What asks for a completion.
  func body(for request: ModelRequest) -> JSONValue
  /// In which member of a body a further parameter stands; nil for the body itself.
  func place(of parameter: String) -> String?
  /// How the events of a body of this type should be told from each other; nil for one that should be no stream.
  func streamForm(ofType contentType: String) -> StreamForm?
  /// What an event of a stream says, the type of which may be empty.
  func piece(of data: Span<UInt8>, named name: String) throws(JSONError) -> ReplyPiece
  /// What a reply says that came in one piece.
  func whole(_ body: [UInt8]) throws(JSONError) -> ReplyPiece

  /// Where the models that a service has are asked for.
  var modelsPath: String { get }
  /// The models in a reply to that; nil where it holds no list of them.
  func models(in reply: JSONValue) -> [OfferedModel]?

  /// Where the service says how it serves its model, below the address; nil where none does.
  var propertiesPath: String? { get }
  /// What asks a server that says how many slots it has for one of them; nil leaves it the choice.
  func members(forSlot slot: Int?) -> [JSONValue.Member]

  /// Where the vectors of texts are asked for.
  var embeddingsPath: String { get }
  /// What asks for vectors.
  func embeddingsBody(for texts: [String], encoding: Embedder.Encoding) -> JSONValue
  /// The vectors in a reply to that, in the order of the texts.
  func vectors(in reply: JSONValue, count: Int) throws(ModelError) -> [[Float]]
}

/// How the events of a reply are told from each other.
enum StreamForm {
  /// As server-sent events.
  case events
  /// As objects that stand each on a line.
  case lines
}

extension Wire {
  static var servesAnyContext: Bool { false }
  static var tellingPaths: [String] { [] }

  /// An address without a path gets the one that nearly every service has.
  static func base(of address: ServiceAddress) -> String {
    address.hasPath ? address.text : address.appending("v1")
  }

  static func errorMessage(in value: JSONValue) -> String? {
    ServiceFault(value).message
  }

  /// What a value says that is an error for certain.
  static func failure(in value: JSONValue) -> String { errorMessage(in: value) ?? "it does not say how" }

  /// What the bytes of an error say, be they JSON or not.
  static func errorText(in body: Span<UInt8>) -> String {
    ServiceFault(body).message ?? body.extracting(first: 2000).text
  }

  /// The key as most services want it.
  func headers(key: APIKey?) -> [String] {
    key.map { ["Authorization: Bearer \($0.secret)"] } ?? []
  }

  func place(of parameter: String) -> String? { nil }

  /// Some services ignore that a stream was asked for, and some report errors as plain JSON.
  func streamForm(ofType contentType: String) -> StreamForm? {
    switch contentType {
    case "text/event-stream": .events
    case "application/x-ndjson": .lines
    default: nil
    }
  }

  var modelsPath: String { "models" }

  var propertiesPath: String? { nil }

  func members(forSlot slot: Int?) -> [JSONValue.Member] { [] }

  func models(in reply: JSONValue) -> [OfferedModel]? {
    reply["data"]?.elements?.compactMap { OfferedModel($0) }
  }

  var embeddingsPath: String { "embeddings" }

  func embeddingsBody(for texts: [String], encoding: Embedder.Encoding) -> JSONValue {
    [
      "model": .string(endpoint.model), "input": .array(texts.map { .string($0) }),
      "encoding_format": .string(encoding.rawValue),
    ]
  }
}

extension JSONValue {
  /// Messages as every service takes them.
  static func messages(_ messages: [ModelRequest.Message]) -> JSONValue {
    .array(messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] })
  }
}

extension TokenAlternative {
  /// The alternatives of a token as services write it.
  static func alternatives(of token: JSONValue?) -> [TokenAlternative] {
    (token?["top_logprobs"]?.elements ?? []).compactMap { entry in
      guard let text = entry["token"]?.text, let logarithm = entry["logprob"]?.double else { return nil }
      return TokenAlternative(text, logProbability: logarithm)
    }
  }
}

extension FinishReason {
  /// The words of all services, in small letters and without what some put before them.
  private static let words: [(reason: FinishReason, words: Set<String>)] = [
    (
      .stop,
      [
        "stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete", "completed", "finished", "end",
        "done",
      ]
    ),
    (
      .length,
      [
        "length", "max_tokens", "max_output_tokens", "max_completion_tokens", "max_new_tokens", "max_length",
        "token_limit", "tokens_limit", "model_length", "context_length", "context_length_exceeded", "limit",
        "model_context_window_exceeded", "incomplete", "error_limit",
      ]
    ),
    (
      .filtered,
      [
        "content_filter", "content_filtered", "contentfilter", "filter", "filtered", "safety", "image_safety",
        "refusal", "recitation", "blocklist", "prohibited_content", "spii", "language", "sensitive",
        "blocked",
        "moderation", "guardrail", "guardrails", "guardrail_intervened", "error_toxic", "content_policy",
        "content_policy_violation", "policy", "flagged",
      ]
    ),
    (
      .failed,
      [
        "error", "abort", "aborted", "failed", "failure", "network_error", "server_error", "internal_error",
        "insufficient_system_resource", "malformed_response", "malformed_function_call", "timeout",
        "cancelled",
        "canceled", "exception", "engine_error",
      ]
    ),
  ]

  /// What the word of a service means; nil for the empty word that some send with every chunk.
  ///
  /// Most words come once a reply, the empty one a hundred times.
  init?(word: String) {
    guard !word.isEmpty else { return nil }
    let lower = word.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    let known = lower.hasPrefix("finish_reason_") ? String(lower.dropFirst(14)) : lower
    if known == "unspecified" || known == "null" || known == "none" { return nil }
    self = Self.words.first { $0.words.contains(known) }?.reason ?? .unstated
  }
}

extension OfferedModel {
  /// What services call the length that is served; what a model was trained for is something else.
  private static let lengths = ["n_ctx", "max_model_len", "context_length", "loaded_context_length"]

  /// Reads an entry of a list as most services write it; nil where it has no name.
  init?(_ entry: JSONValue) {
    guard let name = (entry["id"] ?? entry["name"])?.text else { return nil }
    let places = [entry, entry["meta"]].compactMap(\.self)
    let lengths = places.lazy.flatMap { place in Self.lengths.compactMap { place[$0]?.int } }
    self.init(name: name, contextTokens: lengths.first { $0 > 0 })
  }
}
