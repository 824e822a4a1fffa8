import Dramatis
import Synchronization

/// Answers of models, kept by model, scene and question; the oldest go first.
public final class AnswerCache: Sendable {
  /// In bytes, because equal strings may differ in normalisation.
  struct Key: Hashable {
    private let model, scene, newest, question: [UInt8]

    init(_ model: String, _ scene: Scene, _ question: Question) {
      self.model = Array(model.utf8)
      self.scene = Array(scene.text.utf8)
      newest = Array(scene.newest.utf8)
      self.question = Array(question.text.utf8)
    }
  }

  private struct Contents {
    var answers: [Key: Answer] = [:]
    var order: [Key] = []
    /// Where in the order the oldest stands.
    var oldest = 0
  }

  private let capacity: Int
  private let contents = Mutex(Contents())

  /// Makes a cache of so many answers.
  public init(capacity: Int = 4096) {
    self.capacity = max(capacity, 1)
  }

  subscript(key: Key) -> Answer? { contents.withLock { $0.answers[key] } }

  func keep(_ answer: Answer, for key: Key) {
    contents.withLock { contents in
      guard contents.answers.updateValue(answer, forKey: key) == nil else { return }
      if contents.order.count < capacity { return contents.order.append(key) }
      contents.answers[contents.order[contents.oldest]] = nil
      contents.order[contents.oldest] = key
      contents.oldest = (contents.oldest + 1) % capacity
    }
  }
}
