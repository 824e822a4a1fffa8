import DramatisLLM
import Synchronization

/// What the stages take, counted request by request.
final class StageMeter: Sendable {
  private struct State {
    var stage = CodifyStage.facts
    var taken: [CodifyStage: CodifyReport.Taken] = [:]
  }

  private let state = Mutex(State())

  /// From now on requests count for a stage.
  func begin(_ stage: CodifyStage) { state.withLock { $0.stage = stage } }

  /// What a stage has taken so far.
  func taken(by stage: CodifyStage) -> CodifyReport.Taken {
    state.withLock { $0.taken[stage] ?? CodifyReport.Taken() }
  }

  fileprivate func add(_ usage: Usage, seconds: Double) {
    state.withLock { state in
      state.taken[state.stage, default: CodifyReport.Taken()].requests += 1
      state.taken[state.stage, default: CodifyReport.Taken()].promptTokens += usage.prompt
      state.taken[state.stage, default: CodifyReport.Taken()].replyTokens += usage.reply
      state.taken[state.stage, default: CodifyReport.Taken()].seconds += seconds
    }
  }
}

/// A model whose requests are counted.
struct MeteredModel: LanguageModel {
  let base: any LanguageModel
  let meter: StageMeter
  var name: String { base.name }

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let start = ContinuousClock.now
    do {
      let completion = try await base.complete(request, onText: onText)
      let counter = TokenCounter()
      let usage =
        completion.usage
        ?? Usage(
          prompt: counter.tokens(in: request.messages),
          reply: counter.tokens(bytes: completion.text.utf8.count))
      meter.add(usage, seconds: (ContinuousClock.now - start) / .seconds(1))
      return completion
    } catch {
      meter.add(Usage(prompt: 0, reply: 0), seconds: (ContinuousClock.now - start) / .seconds(1))
      throw error
    }
  }
}
