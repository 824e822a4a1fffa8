extension Endpoint {
  /// A protocol that services speak; what it comes to stands in its ``Wire`` alone.
  public struct Dialect: Sendable {
    /// Every dialect there is.
    public static let all: [Dialect] = [.openAI, .anthropic, .ollama]

    /// The one that is spoken where nothing is known of a service.
    public static let standard = openAI

    let wire: any Wire.Type

    init(_ wire: any Wire.Type) {
      self.wire = wire
    }

    /// The dialect of a name; nil where none is called so.
    public init?(named name: String) {
      guard let dialect = Self.all.first(where: { $0.name == name }) else { return nil }
      self = dialect
    }

    /// What it is called in a configuration.
    public var name: String { wire.name }

    /// The variable of the environment that usually holds the key; nil where there is none.
    public var keyVariable: String? { wire.keyVariable }

    /// The address that an endpoint of this dialect needs, of the one that somebody gave.
    ///
    /// - Throws: ``ModelError/badAddress(_:)``.
    public func address(_ text: String) throws(ModelError) -> ServiceAddress {
      try ServiceAddress(wire.base(of: try ServiceAddress(pasted: text)))
    }

    /// The dialect that is spoken at an address as somebody pasted it: that of its path or of the known service there, else
    /// the standard.
    ///
    /// - Throws: ``ModelError/badAddress(_:)``.
    public static func usual(at text: String) throws(ModelError) -> Dialect {
      let isAsked = { (path: String) in text.firstRange(of: path) != nil }
      if let dialect = all.first(where: { $0.wire.tellingPaths.contains(where: isAsked) }) { return dialect }
      return usual(at: try ServiceAddress(pasted: text))
    }

    /// The dialect that is spoken at an address: that of the known service there, else the standard.
    public static func usual(at address: ServiceAddress) -> Dialect {
      let there = KnownService.all.first { service in
        guard let own = try? ServiceAddress(service.address), !own.isLoopback else { return false }
        return own.host == address.host
      }
      return there?.dialect ?? standard
    }
  }
}

extension Endpoint.Dialect: Hashable {
  /// Whether the names are the same, which every dialect has for itself.
  public static func == (left: Self, right: Self) -> Bool { left.name == right.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// A service that needs no configuration.
public struct KnownService: Hashable, Sendable {
  /// What it is called.
  public let name: String
  /// Where it is.
  public let address: String
  /// What is spoken there.
  public let dialect: Endpoint.Dialect
  /// The variable of the environment that has to hold a key; nil where none is needed.
  public let keyVariable: String?
  /// The model that it serves whatever it is asked for; nil where it serves several.
  public let model: String?
  /// How many tokens prompt and reply may have together; nil where that is not known.
  public let contextTokens: Int?
  /// How the names of models begin that no other service has; nil where nothing tells them.
  public let modelPrefix: String?

  init(
    _ name: String, at address: String, dialect: Endpoint.Dialect, keyVariable: String? = nil,
    model: String? = nil, contextTokens: Int? = nil, modelPrefix: String? = nil
  ) {
    self.name = name
    self.address = address
    self.dialect = dialect
    self.keyVariable = keyVariable
    self.model = model
    self.contextTokens = contextTokens
    self.modelPrefix = modelPrefix
  }

  /// All of them, by their names.
  public static let all = Endpoint.Dialect.all.flatMap { $0.wire.services }.sorted { $0.name < $1.name }

  /// The service of a model of which nothing is known but its name; else the first of the standard dialect.
  public static func serving(_ model: String) -> KnownService? {
    all.first { service in service.modelPrefix.map { model.hasPrefix($0) } == true }
      ?? Endpoint.Dialect.standard.wire.services.first
  }
}
