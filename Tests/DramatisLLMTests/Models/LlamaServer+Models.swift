import TestSupport

@testable import DramatisLLM

extension LlamaServer {
  func endpoint(key: String? = nil, dialect: Endpoint.Dialect = .openAI) throws -> Endpoint {
    Endpoint(
      dialect, at: try ServiceAddress("http://127.0.0.1:\(port)/v1"), model: "tiny",
      key: try key.map { try APIKey($0) })
  }

  func model(key: String? = nil, dialect: Endpoint.Dialect = .openAI) throws -> ServiceModel {
    ServiceModel(try endpoint(key: key, dialect: dialect))
  }
}
