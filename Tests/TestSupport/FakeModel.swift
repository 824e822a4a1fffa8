import DramatisLLM
import Synchronization

/// A model that answers as a test tells it to.
package final class FakeModel: LanguageModel {
  package let name = "fake"
  private let script: @Sendable (ModelRequest, Int) async throws(ModelError) -> Completion
  private let asked = Mutex([ModelRequest]())

  /// The script is given each request, with how many came before; its text is shown word by word.
  package init(_ script: @escaping @Sendable (ModelRequest, Int) async throws(ModelError) -> Completion) {
    self.script = script
  }

  package convenience init(_ texts: String...) {
    self.init { _, number in Completion(text: texts[min(number, texts.count - 1)]) }
  }

  package var requests: [ModelRequest] { asked.withLock { $0 } }

  package func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let number = asked.withLock { asked in
      asked.append(request)
      return asked.count - 1
    }
    let completion = try await script(request, number)
    for (index, word) in completion.text.split(separator: " ").enumerated() {
      await onText((index == 0 ? "" : " ") + word)
    }
    return completion
  }
}
