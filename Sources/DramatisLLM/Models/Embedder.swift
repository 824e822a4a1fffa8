/// Turns texts into vectors by a model behind an endpoint.
public struct Embedder: Sendable {
  /// How the vectors are sent; the numbers are the same.
  public enum Encoding: String, Hashable, Sendable, CaseIterable {
    /// As numbers, which every service can.
    case float
    /// As bytes in base64, a quarter of the size.
    case base64
  }

  private let endpoint: Endpoint
  private let client: HTTPClient

  /// Makes an embedder; Anthropic has no embeddings.
  public init(_ endpoint: Endpoint, client: HTTPClient = .shared) {
    self.endpoint = endpoint
    self.client = client
  }

  /// The vectors of texts, in their order, all of the same length.
  public func embeddings(
    of texts: [String], encoding: Encoding = .float
  ) async throws(ModelError) -> [[Float]] {
    let body: JSONValue = [
      "model": .string(endpoint.model), "input": .array(texts.map { .string($0) }),
      "encoding_format": .string(encoding.rawValue),
    ]
    let path = endpoint.dialect == .ollama ? "v1/embeddings" : "embeddings"
    let response = client.send(endpoint.request(path, body))
    let first = try await endpoint.accepted(response)
    return try Self.vectors(in: first.bytes + (try await response.wholeBody()), count: texts.count)
  }

  /// The vectors of a reply, whatever the order in which the service sends them.
  static func vectors(in body: [UInt8], count: Int) throws(ModelError) -> [[Float]] {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: body)
    } catch {
      throw .malformed(error.description)
    }
    let entries = value["data"]?.elements ?? []
    guard entries.count == count else { throw .malformed("\(entries.count) vectors came for \(count) texts") }
    var vectors = [[Float]?](repeating: nil, count: count)
    for (place, entry) in entries.enumerated() {
      let index = entry["index"]?.int ?? place
      guard vectors.indices.contains(index), vectors[index] == nil,
        let vector = Self.vector(entry["embedding"])
      else {
        throw .malformed("an embedding is missing, double or no vector")
      }
      vectors[index] = vector
    }
    let whole = vectors.compactMap(\.self)
    guard Set(whole.map(\.count)).count <= 1 else { throw .malformed("vectors differ in length") }
    return whole
  }

  private static func vector(_ value: JSONValue?) -> [Float]? {
    switch value {
    case .array(let elements):
      let numbers = elements.compactMap { $0.double.map(Float.init) }
      return numbers.count == elements.count && !numbers.isEmpty ? numbers : nil
    case .string(let text): return Base64.bytes(text).flatMap(floats)
    default: return nil
    }
  }

  /// Little-endian numbers of four bytes each.
  private static func floats(_ bytes: [UInt8]) -> [Float]? {
    guard bytes.count.isMultiple(of: 4), !bytes.isEmpty else { return nil }
    let floats = stride(from: 0, to: bytes.count, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) })
    }
    return floats.allSatisfy(\.isFinite) ? floats : nil
  }
}
