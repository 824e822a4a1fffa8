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

  /// Makes an embedder; not every service has embeddings.
  public init(_ endpoint: Endpoint, client: HTTPClient = .shared) {
    self.endpoint = endpoint
    self.client = client
  }

  /// The vectors of texts, in their order, all of the same length.
  public func embeddings(
    of texts: [String], encoding: Encoding = .float
  ) async throws(ModelError) -> [[Float]] {
    let wire = endpoint.wire
    let request = endpoint.request(
      path: wire.embeddingsPath, body: wire.embeddingsBody(for: texts, encoding: encoding))
    let reply = try await endpoint.value(of: request, client: client)
    return try wire.vectors(in: reply, count: texts.count)
  }
}

extension Wire {
  /// The vectors of a reply as most services send it, in whatever order.
  func vectors(in reply: JSONValue, count: Int) throws(ModelError) -> [[Float]] {
    let entries = reply["data"]?.elements ?? []
    guard entries.count == count else { throw .malformed("\(entries.count) vectors came for \(count) texts") }
    var vectors = [[Float]?](repeating: nil, count: count)
    for (place, entry) in entries.enumerated() {
      let index = entry["index"]?.int ?? place
      guard vectors.indices.contains(index), vectors[index] == nil,
        let vector = entry["embedding"]?.vector
      else {
        throw .malformed("an embedding is missing, double or no vector")
      }
      vectors[index] = vector
    }
    let whole = vectors.compactMap(\.self)
    guard Set(whole.map(\.count)).count <= 1 else { throw .malformed("vectors differ in length") }
    return whole
  }
}

extension JSONValue {
  /// The numbers of an array, or those that a text holds in base64; nil for anything else.
  fileprivate var vector: [Float]? {
    switch self {
    case .array(let elements):
      let numbers = elements.compactMap { $0.double.map(Float.init) }
      return numbers.count == elements.count && !numbers.isEmpty ? numbers : nil
    case .string(let text): return Base64.bytes(text).flatMap(Self.floats)
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

/// Base64 as RFC 4648 has it, with or without the padding.
enum Base64 {
  /// The bytes that a text stands for; nil where it is not base64.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    let digits = text.utf8.reversed().drop { $0 == UInt8(ascii: "=") }.reversed()
    guard digits.count % 4 != 1, text.utf8.count - digits.count <= 2 else { return nil }
    for digit in digits {
      guard let value = value(digit) else { return nil }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }

  private static func value(_ digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
