import Dramatis
import DramatisCompiler
import DramatisLLM

/// The file of named endpoints: `$XDG_CONFIG_HOME/dramatis/config.yaml`.
struct ModelConfiguration {
  /// The endpoint that is used where nothing else is said.
  var standard: String?
  var endpoints: [String: EndpointEntry] = [:]

  /// Where the file is looked for.
  static var path: String {
    let given = Platform.environment("XDG_CONFIG_HOME")
    // The convention says that a relative path is to be ignored.
    let base = given.hasPrefix("/") ? given : Platform.environment("HOME") + "/.config"
    return base + "/dramatis/config.yaml"
  }

  /// Reads the file; empty where there is none.
  static func read() throws(Failure) -> ModelConfiguration {
    guard OutputFile(path: path).exists else { return ModelConfiguration() }
    let bytes = try Failure.mapping(
      try InputStream(found: path).readAll(limit: ReadLimits.standard.fileBytes))
    return try ModelConfiguration(bytes, name: path)
  }

  /// - Throws: ``Failure`` at the first mistake, with its line; no value is ever quoted, since it might be a key.
  init(_ bytes: [UInt8], name: String) throws(Failure) {
    let reader = ConfigurationReader(DocumentReader().read(name: name, bytes: bytes))
    self = try reader.configuration()
  }

  init() {}

  /// The endpoint of a name, be it configured or built in.
  func endpoint(_ name: String) throws(Failure) -> EndpointEntry {
    if let entry = endpoints[name] ?? EndpointEntry.builtIn[name] { return entry }
    let known = Set(endpoints.keys).union(EndpointEntry.builtIn.keys).sorted()
    let near =
      nearest(name, among: known).map { "; did you mean '\($0)'?" } ?? ": \(known.joined(separator: ", "))"
    throw Failure("no endpoint is called '\(name.oneLine)'\(near)", .usage)
  }
}

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
  /// How much the model may think.
  var reasoning: Reasoning?
  /// How prompts are laid out.
  var promptForm: PromptForm?
  /// Whether lines are checked before they are shown.
  var checksLines = false
  /// Samplers and what else a service knows.
  var parameters: [ModelParameter] = []

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

/// Turns the nodes of a configuration into endpoints.
struct ConfigurationReader {
  private let reading: DocumentReading

  init(_ reading: DocumentReading) {
    self.reading = reading
  }

  func configuration() throws(Failure) -> ModelConfiguration {
    var configuration = ModelConfiguration()
    if let mistake = reading.diagnostics.first(where: { $0.severity == .error }) {
      if mistake.code == .emptyFile { return configuration }
      throw failure("\(description(of: mistake)) (\(mistake.code.rawValue))", at: mistake.span)
    }
    guard let root = reading.root else { return configuration }
    for entry in try entries(of: root) {
      switch try text(entry.key) {
      case "default": configuration.standard = try text(entry.value)
      case "endpoints":
        for endpoint in try entries(of: entry.value) {
          configuration.endpoints[try text(endpoint.key)] = try self.endpoint(endpoint.value)
        }
      case let key:
        throw failure("unknown key '\(key.oneLine)'; there are 'default' and 'endpoints'", at: entry.key.span)
      }
    }
    if let name = configuration.standard { _ = try configuration.endpoint(name) }
    return configuration
  }

  /// What a diagnostic says; a value that begins with `*` or `!` is none that YAML knows, and might be a key.
  private func description(of mistake: Diagnostic) -> String {
    switch mistake.code {
    case .undefinedAlias: "undefined alias"
    case .tagNotAllowed: "a tag is not allowed"
    default: mistake.message.oneLine
    }
  }

  private static let keys =
    [
      "base-url", "protocol", "model", "key-file", "key-variable", "temperature", "max-tokens", "timeout",
      "context", "deadline", "questions", "batch", "price-prompt", "price-reply", "at-once", "per-minute",
      "reasoning", "prompt-form", "check", "parallel", "extra-body",
    ] + samplers

  /// The samplers that have a key of their own.
  private static let samplers = [
    "top-p", "min-p", "top-k", "frequency-penalty", "presence-penalty", "repeat-penalty", "seed", "stop",
  ]

  private func endpoint(_ node: Node) throws(Failure) -> EndpointEntry {
    var endpoint = EndpointEntry(address: "")
    for entry in try entries(of: node) {
      let value = entry.value
      switch try text(entry.key) {
      case "base-url": endpoint.address = try text(value)
      case "protocol": endpoint.dialect = try dialect(value)
      case "model": endpoint.model = try text(value)
      case "key-file": endpoint.key = .file(try text(value))
      case "key-variable": endpoint.key = .variable(try text(value))
      case "temperature": endpoint.temperature = try number(value, in: ModelSetting.temperatures)
      case "max-tokens": endpoint.maxTokens = try whole(value, in: ModelSetting.lengths)
      case "timeout": endpoint.timeout = try number(value, in: ModelSetting.times)
      case "context": endpoint.contextTokens = try whole(value, in: ModelSetting.contexts)
      case "deadline": endpoint.deadline = try number(value, in: ModelSetting.times)
      case "questions": endpoint.questions = try method(value)
      case "batch": endpoint.batch = try whole(value, in: ModelSetting.batches)
      case "price-prompt": endpoint.promptPrice = try number(value, in: ModelSetting.amounts)
      case "price-reply": endpoint.replyPrice = try number(value, in: ModelSetting.amounts)
      case "reasoning": endpoint.reasoning = try reasoning(value)
      case "prompt-form": endpoint.promptForm = try promptForm(value)
      case "check":
        let word = try text(value)
        guard ["true", "false"].contains(word) else {
          throw failure("check is true or false", at: value.span)
        }
        endpoint.checksLines = word == "true"
      case "extra-body":
        for parameter in try entries(of: value) {
          endpoint.parameters.append(try self.parameter(parameter))
        }
      case let key where Self.samplers.contains(key):
        endpoint.parameters.append(try parameter(entry))
      case "at-once", "parallel": endpoint.atOnce = try whole(value, in: ModelSetting.requests)
      case "per-minute": endpoint.perMinute = try whole(value, in: ModelSetting.requests)
      case "key", "api-key":
        throw failure("no key stands in this file; name a 'key-file' or a 'key-variable'", at: entry.key.span)
      case let key:
        let known = "there are \(Self.keys.joined(separator: ", "))"
        let near = nearest(key, among: Self.keys).map { "did you mean '\($0)'?" }
        throw failure("unknown key '\(key.oneLine)'; \(near ?? known)", at: entry.key.span)
      }
    }
    guard !endpoint.address.isEmpty else { throw failure("this endpoint has no 'base-url'", at: node.span) }
    return endpoint
  }

  private func dialect(_ node: Node) throws(Failure) -> Endpoint.Dialect {
    guard let dialect = Endpoint.Dialect(named: try text(node)) else {
      let names = Endpoint.Dialect.all.map(\.name)
      let known = names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
      throw failure("a protocol is \(known)", at: node.span)
    }
    return dialect
  }

  private func method(_ node: Node) throws(Failure) -> QuestionMethod {
    guard let method = QuestionMethod(rawValue: try text(node)) else {
      throw failure("questions are put as batch or as probabilities", at: node.span)
    }
    return method
  }

  private func reasoning(_ node: Node) throws(Failure) -> Reasoning {
    guard let reasoning = Reasoning(try text(node)) else {
      throw failure("reasoning is off, low, medium, high or a number of tokens", at: node.span)
    }
    return reasoning
  }

  private func promptForm(_ node: Node) throws(Failure) -> PromptForm {
    guard let form = PromptForm(rawValue: try text(node)) else {
      throw failure("the form of prompts is cached or compact", at: node.span)
    }
    return form
  }

  private func parameter(_ entry: MappingEntry) throws(Failure) -> ModelParameter {
    let name = try text(entry.key)
    guard ModelParameter.isName(name), ModelParameter.isFree(name) else {
      throw failure("'\(name.oneLine)' is no parameter that can be set here", at: entry.key.span)
    }
    return ModelParameter(name, json(entry.value))
  }

  /// A value as JSON; what is quoted is a text.
  private func json(_ node: Node) -> JSONValue {
    switch node.content {
    case .scalar(let scalar): JSONValue(loosely: scalar.text)
    case .sequence(let nodes): .array(nodes.map(json))
    case .mapping(let entries):
      .object(
        entries.compactMap { entry in
          guard case .scalar(let name) = entry.key.content else { return nil }
          return JSONValue.Member(name.text, json(entry.value))
        })
    }
  }

  private func entries(of node: Node) throws(Failure) -> [MappingEntry] {
    guard case .mapping(let entries) = node.content else {
      throw failure("expected keys with values", at: node.span)
    }
    return entries
  }

  private func text(_ node: Node) throws(Failure) -> String {
    guard case .scalar(let scalar) = node.content, !scalar.text.isEmpty else {
      throw failure("expected a text", at: node.span)
    }
    return scalar.text
  }

  private func number(_ node: Node, in range: ClosedRange<Double>) throws(Failure) -> Double {
    guard let number = Double(try text(node)), range.contains(number) else {
      let bounds = "\(Int(range.lowerBound)) to \(Int(range.upperBound))"
      throw failure("expected a number from \(bounds)", at: node.span)
    }
    return number
  }

  private func whole(_ node: Node, in range: ClosedRange<Double>) throws(Failure) -> Int {
    guard let number = Int(exactly: try number(node, in: range)) else {
      throw failure("expected a whole number", at: node.span)
    }
    return number
  }

  private func failure(_ message: String, at span: SourceSpan?) -> Failure {
    let place = span.map { ":\($0.start.line):\($0.start.column)" } ?? ""
    return Failure("\(reading.file.name.oneLine)\(place): \(message)", .input)
  }
}
