import Dramatis
import DramatisLLM

/// Pairs as vectors by a model behind an endpoint, each text sent once.
///
/// As published, a scene is followed by the beginning of a sentence about what the character does next, and the action is a
/// text of its own; both vectors have length 1 and are joined.
public struct KeptEmbeddings: Sendable {
  private let embedder: Embedder
  private let model: String
  private let store: any AnswerStore

  /// How many texts stand in a request.
  private static let atOnce = 64

  /// Makes a source of vectors.
  public init(_ embedder: Embedder, model: String, store: any AnswerStore) {
    self.embedder = embedder
    self.model = model
    self.store = store
  }

  /// A vector for each pair.
  ///
  /// - Throws: `ModelError` where the service gives none or they differ in length, and whatever the store throws.
  public func vectors(of pairs: [ScenePair]) async throws -> [SceneVector] {
    let scenes = try await embeddings(of: pairs.map { "\($0.scene)\n\nThus, \($0.character) decides to" })
    let actions = try await embeddings(of: pairs.map(\.action))
    let width = scenes.first?.count ?? 0
    guard (scenes + actions).allSatisfy({ $0.count == width }) else {
      throw ModelError.malformed("vectors differ in length from earlier ones; give another --answers")
    }
    return zip(scenes, actions).map { scene, action in
      SceneVector(scene).normalized.joined(with: SceneVector(action).normalized, after: width)
    }
  }

  private func key(of text: String) -> AnswerKey { AnswerKey(["embedding", model, text]) }

  private func embeddings(of texts: [String]) async throws -> [[Double]] {
    let open = texts.uniqued.filter { store.row(for: key(of: $0)) == nil }
    for start in stride(from: 0, to: open.count, by: Self.atOnce) {
      let batch = Array(open[start..<min(start + Self.atOnce, open.count)])
      let vectors = try await embedder.embeddings(of: batch)
      try store.add(
        zip(batch, vectors).map { text, vector in
          (key(of: text), .reply(.array(vector.map { .number(Double($0)) }), request: .null))
        })
    }
    return texts.map { text in
      guard case .reply(let value, _) = store.row(for: key(of: text)) else { return [] }
      return (value.elements ?? []).compactMap(\.double)
    }
  }
}
