import BundledProfiles
import Dramatis
import DramatisCompiler
import DramatisLLM
import Synchronization

/// How much of a prompt a service can have in its cache from the turn before.
struct PromptFigure {
  let turns: Int

  func run() async throws {
    Report.title("how prompts of consecutive turns begin alike: \(turns) turns within the context")
    for name in BundledProfiles.names {
      let prompts = try await prompts(of: name)
      let pairs = zip(prompts, prompts.dropFirst()).map { first, second in
        (common: zip(first, second).prefix { $0 == $1 }.count, shorter: min(first.count, second.count))
      }
      let (common, shorter) = pairs.reduce((0, 0)) { ($0.0 + $1.common, $0.1 + $1.shorter) }
      let shares = pairs.map { 100 * Double($0.common) / Double($0.shorter) }.sorted()
      Report.figure(
        "\(name), of all bytes", 100 * Double(common) / Double(shorter), " %", aim: .atLeast(90))
      Report.line(
        "\(name), of one prompt: median \(rounded(shares[shares.count / 2])) %, least \(rounded(shares[0])) %"
      )
    }
  }

  private func prompts(of name: String) async throws -> [[UInt8]] {
    guard let profile = BundledProfiles.profile(name) else { return [] }
    let model = ListeningModel()
    let renderer = PromptRenderer(contextTokens: 32_000)
    let session = try Session(
      cast: [Program(profile: profile, name: name)],
      performer: LLMPerformer(model, settings: .init(renderer: renderer)))
    for turn in 0..<turns { _ = try await session.respond(to: said(turn)) }
    return model.prompts.withLock { $0 }
  }

  private func said(_ turn: Int) -> Event {
    let texts = [
      "Good evening. What is there to eat at this hour?", "You watered the ale, and everybody here knows it.",
      "I am sorry. Tell me who comes here during the fair.", "What did you do before you kept the inn?",
    ]
    return Event(actor: "Rowan", text: "\(texts[turn % texts.count]) That is the \(turn)th thing I say.")
  }
}

/// Keeps the prompts that it is given, and always has something to say.
private final class ListeningModel: LanguageModel {
  let name = "listening"
  let prompts = Mutex([[UInt8]]())

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    let prompt = request.messages.flatMap { Array("\($0.role): \($0.text)\n".utf8) }
    let number = prompts.withLock { prompts in
      prompts.append(prompt)
      return prompts.count
    }
    return Completion(text: "The lamp burns low, and this is my answer number \(number), friend.")
  }
}
