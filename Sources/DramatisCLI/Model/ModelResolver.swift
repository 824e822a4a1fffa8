import DramatisLLM

/// Decides which model is used: flags win over the environment, and the environment over the configuration.
struct ModelResolver {
  let options: ModelOptions
  let configuration: ModelConfiguration
  /// A variable of the environment; empty if it is not set.
  let environment: (String) -> String
  /// What was learnt of an endpoint before.
  var memory: (Endpoint) -> ServiceMemory = { _ in ServiceMemory() }

  /// The model; nil where nothing says where one is or what it is called.
  ///
  /// - Parameter needsName: Whether it must be known what the model is called.
  func model(needsName: Bool = true) throws(Failure) -> ConfiguredModel? {
    guard let place = try place() else { return nil }
    let entry = place.entry
    let isNamed = needsName && options.cassette == nil
    guard let name = modelName(place) ?? (isNamed ? nil : "") else {
      throw Failure(
        "which model? give --model NAME or set DRAMATIS_MODEL; 'dramatis models' lists what there is", .usage)
    }
    let (dialect, address) = try location(of: entry)
    var limits = TransferLimits()
    if let timeout = options.timeout ?? entry.timeout { limits.total = .seconds(timeout) }
    // One time is all that anybody sets: a slow machine may read a long prompt for most of it.
    limits.firstText = limits.total
    limits.betweenTexts = max(limits.betweenTexts, limits.total / 10)
    var endpoint = Endpoint(
      dialect, at: address, model: name, key: try key(of: entry, dialect: dialect), limits: limits,
      contextTokens: options.context ?? entry.contextTokens)
    endpoint.memory = memory(endpoint)
    endpoint.parameters = entry.parameters.overridden(by: options.parameters).general
    guard options.budgetCost == nil || entry.promptPrice != nil || entry.replyPrice != nil else {
      throw Failure(
        "--budget-cost needs to know what tokens cost; give 'price-prompt' and 'price-reply' of this endpoint in the configuration",
        .usage)
    }
    return ConfiguredModel(at: endpoint, entry: entry, options: options)
  }

  /// Where the model is, and whether a flag says so.
  private func place() throws(Failure) -> (entry: EndpointEntry, isFlag: Bool)? {
    if let address = options.baseURL { return (EndpointEntry(address: address, key: .usual), true) }
    if let name = options.endpoint { return (try configuration.endpoint(name), true) }
    let address = environment("DRAMATIS_BASE_URL")
    if !address.isEmpty { return (EndpointEntry(address: address, key: .usual), false) }
    if let name = configuration.standard { return (try configuration.endpoint(name), false) }
    guard let model = options.model ?? variable("DRAMATIS_MODEL") else {
      // A recording answers by itself; no request leaves for the address.
      return options.cassette.map { _ in (EndpointEntry(address: "http://localhost"), false) }
    }
    guard let service = KnownService.serving(model) else { return nil }
    return (try configuration.endpoint(service.name), false)
  }

  /// An endpoint that a flag names speaks for the flag: its model wins over that of the environment.
  private func modelName(_ place: (entry: EndpointEntry, isFlag: Bool)) -> String? {
    let variable = variable("DRAMATIS_MODEL")
    return options.model ?? (place.isFlag ? place.entry.model ?? variable : variable ?? place.entry.model)
  }

  private func variable(_ name: String) -> String? {
    let value = environment(name)
    return value.isEmpty ? nil : value
  }

  /// What is spoken where, of which an entry need not say all.
  private func location(of entry: EndpointEntry) throws(Failure) -> (Endpoint.Dialect, ServiceAddress) {
    do {
      let dialect = try entry.dialect ?? .usual(at: entry.address)
      return (dialect, try dialect.address(entry.address))
    } catch {
      throw Failure("\(error)", .usage)
    }
  }

  private func key(of entry: EndpointEntry, dialect: Endpoint.Dialect) throws(Failure) -> APIKey? {
    guard options.cassette == nil else { return nil }
    do throws(ModelError) {
      switch entry.key {
      case .none: return nil
      case .file(let path): return try APIKey(file: expanded(path))
      case .usual:
        return try dialect.keyVariable.flatMap(variable).map { text throws(ModelError) in try APIKey(text) }
      case .variable(let name):
        guard let text = variable(name) else {
          throw ModelError.badKey("the variable \(name.oneLine) is not set")
        }
        return try APIKey(text)
      }
    } catch {
      let file = if case .file(let path) = entry.key { "\(path.oneLine): " } else { "" }
      throw Failure("\(file)\(error)", .environment)
    }
  }

  private func expanded(_ path: String) -> String {
    path.hasPrefix("~/") ? environment("HOME") + path.dropFirst() : path
  }
}
