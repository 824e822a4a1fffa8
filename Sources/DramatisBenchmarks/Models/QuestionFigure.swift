import Dramatis
import DramatisLLM

/// A round of questions at a service that takes its time, all at once and one after another.
struct QuestionFigure {
  private static let count = 32
  private static let milliseconds = 50

  let service: LoopbackService
  let rounds: Int

  func run() async throws {
    Report.title("\(Self.count) questions at a service that takes \(Self.milliseconds) ms for each")
    let load = ModelLoad(reply: .answer(milliseconds: Self.milliseconds), streams: 1, requests: 1)
    let model = ServiceModel(
      Endpoint(.openAI, at: try ServiceAddress(service.address(of: load)), model: "bench"),
      client: HTTPClient())
    let questions = (1...Self.count).map { Question(name: nil, text: "Does the scene show thing \($0)?") }
    var ratios: [Double] = []
    var times: [Duration] = []
    for _ in 0..<min(rounds, 3) {
      let together = try await time(of: [questions], model)
      let single = try await time(of: questions.map { [$0] }, model)
      times.append(together)
      ratios.append(single / together)
    }
    let median = times.sorted()[times.count / 2]
    Report.line("all at once: \(rounded(median / .milliseconds(1))) ms")
    Report.figure(
      "one after another against all at once", ratios.sorted()[ratios.count / 2], " times", aim: .atLeast(7))
  }

  /// How long rounds take that follow each other.
  private func time(of rounds: [[Question]], _ model: ServiceModel) async throws -> Duration {
    let discriminator = LLMDiscriminator(model, method: .probabilities)
    let start = ContinuousClock.now
    for questions in rounds {
      let replies = try await discriminator.replies(to: questions, about: Scene("It rains."))
      guard replies.count == questions.count, replies.allSatisfy({ $0.answer.truth == .yes }) else {
        throw WrongResult(description: "the service says yes, and the discriminator \(replies)")
      }
    }
    return .now - start
  }
}
