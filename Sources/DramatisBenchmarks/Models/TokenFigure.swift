/// What a streamed token costs where the service sends as fast as it can.
struct TokenFigure {
  let service: LoopbackService
  let rounds: Int
  let tokens: Int

  func run(_ streams: [Int]) async throws {
    for count in streams { try await run(count) }
  }

  private func run(_ streams: Int) async throws {
    Report.title("a streamed token: \(streams) streams at the same time, all as fast as they come")
    let race = ModelRace(service: service, rounds: rounds)
    let clients: [any ModelClient] = [try PlainClient(streams: streams), CoreClient(), PublicClient()]
    let medians = try await race.medians(of: clients, load(tokens, streams))
    show(clients, medians)
    if let plain = medians[0], let core = medians[1], let whole = medians[2] {
      Report.figure("the core against libcurl in C", core / plain, " times", aim: .atMost(1.5))
      Report.figure("ours", whole / 1000, " µs", aim: .atMost(2))
    }
    let packages = PythonClient.Package.allCases.map { PythonClient(package: $0) }
    let slow = ModelRace(service: service, rounds: min(rounds, 3))
    show(packages, try await slow.medians(of: packages, load(tokens / 10, streams)))
  }

  private func load(_ tokens: Int, _ streams: Int) -> ModelLoad {
    ModelLoad(
      reply: .stream(tokens: max(min(tokens / streams, 2000), 1), rate: 0), streams: streams,
      requests: max(tokens / streams / 2000, 1))
  }

  private func show(_ clients: [any ModelClient], _ medians: [Double?]) {
    for (client, median) in zip(clients, medians) {
      if let median { Report.line("\(client.name): \(rounded(median, 0)) ns") }
    }
  }
}
