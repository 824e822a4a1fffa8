import DramatisLLM

/// What is known of an endpoint before it is used: an entry of the configuration, an address, or one that is built in.
struct EndpointEntry: Hashable {
  /// Where a key comes from.
  enum KeySource: Hashable {
    /// None is sent.
    case none
    /// A variable of the environment that must be set.
    case variable(String)
    /// The usual variable of the dialect, if it is set.
    case usual
    /// A file that only its owner can read.
    case file(String)
  }

  var address: String
  var dialect: Endpoint.Dialect?
  var key = KeySource.none
  var model: String?
  var temperature: Double?
  var maxTokens: Int?
  /// In seconds.
  var timeout: Double?
  var contextTokens: Int?
  /// In seconds.
  var deadline: Double?
  var questions: QuestionMethod?
  /// How many questions stand in a request.
  var batch: Int?
  /// What a million tokens of prompts cost.
  var promptPrice: Double?
  /// What a million tokens of replies cost.
  var replyPrice: Double?
  /// The most requests at the same time.
  var atOnce: Int?
  /// The most requests a minute.
  var perMinute: Int?

  /// The services that need no configuration.
  static let builtIn = Dictionary(
    uniqueKeysWithValues: KnownService.all.map { service in
      let entry = EndpointEntry(
        address: service.address, dialect: service.dialect,
        key: service.keyVariable.map { .variable($0) } ?? .none, model: service.model,
        contextTokens: service.contextTokens)
      return (service.name, entry)
    })
}
