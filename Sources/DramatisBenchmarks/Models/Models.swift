import ArgumentParser

/// Every figure of the model client, with its peers.
struct Models: AsyncParsableCommand {
  /// What can be measured.
  enum Suite: String, CaseIterable, ExpressibleByArgument {
    case tokens, requests, schedule, questions, prompts
  }

  static let configuration = CommandConfiguration(
    abstract: "Measure the client of language models against libcurl in C and clients in Python.",
    discussion: """
      The service is one of ours, on the loopback, in a process of its own; times are processor times of the client \
      alone. Bind the client to one core, and the service takes the others. The Python peers are the packages \
      'openai', 'httpx' and 'aiohttp'; one that is missing is reported as skipped.

      Example: taskset -c 0 .build/release/dramatis-benchmarks models
      """)

  @Argument(help: "What to measure, everything unless given: \(Suite.allCases.map(\.rawValue)).")
  var suites: [Suite] = []

  @Option(help: "How many rounds the medians are taken of.")
  var rounds = 9

  @Option(parsing: .upToNextOption, help: "How many streams there are at the same time.")
  var streams = [1, 16, 256]

  @Option(help: "How many tokens a round streams.")
  var tokens = 100_000

  @Option(help: "How many requests a round makes.")
  var requests = 2_000

  @Option(help: "How long the streams of the schedule are, in seconds.")
  var seconds = 5

  @Option(help: "How many turns the conversation has whose prompts are compared.")
  var turns = 50

  func validate() throws {
    guard (1...1000).contains(rounds) else { throw ValidationError("--rounds is 1 to 1000") }
    guard !streams.isEmpty, streams.allSatisfy((1...1000).contains) else {
      throw ValidationError("--streams are 1 to 1000 each")
    }
    guard (1...10_000_000).contains(tokens), (1...1_000_000).contains(requests) else {
      throw ValidationError("--tokens and --requests are at least 1, and not endless")
    }
    guard (1...600).contains(seconds), (2...1000).contains(turns) else {
      throw ValidationError("--seconds is 1 to 600, and --turns 2 to 1000")
    }
  }

  func run() async throws {
    let service = try LoopbackService()
    Report.line("processors of the client: \(LoopbackService.clientProcessors)")
    for suite in suites.isEmpty ? Suite.allCases : suites {
      switch suite {
      case .tokens:
        try await TokenFigure(service: service, rounds: rounds, tokens: tokens).run(streams)
      case .requests:
        try await RequestFigure(service: service, rounds: rounds, requests: requests).run(streams)
      case .schedule:
        let most = streams.max() ?? 1
        try await ScheduleFigure(service: service, rounds: rounds, seconds: seconds, streams: most).run()
      case .questions: try await QuestionFigure(service: service, rounds: rounds).run()
      case .prompts: try await PromptFigure(turns: turns).run()
      }
    }
  }
}
