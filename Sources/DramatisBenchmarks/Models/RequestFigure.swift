/// What a request costs whose answer is short and comes as a whole.
struct RequestFigure {
  let service: LoopbackService
  let rounds: Int
  let requests: Int

  func run(_ streams: [Int]) async throws {
    for count in streams { try await run(count) }
  }

  private func run(_ streams: Int) async throws {
    Report.title("a request with a short answer: \(streams) at the same time")
    let race = ModelRace(service: service, rounds: rounds)
    let clients: [any ModelClient] = [try PlainClient(streams: streams), CoreClient(), PublicClient()]
    let medians = try await race.medians(of: clients, load(requests, streams))
    show(clients, medians)
    if let plain = medians[0], let core = medians[1] {
      Report.figure("the core against libcurl in C", core / plain, " times", aim: .atMost(1.3))
    }
    let packages = PythonClient.Package.allCases.map { PythonClient(package: $0) }
    let slow = ModelRace(service: service, rounds: min(rounds, 3))
    show(packages, try await slow.medians(of: packages, load(requests / 4, streams)))
  }

  private func load(_ requests: Int, _ streams: Int) -> ModelLoad {
    ModelLoad(reply: .answer(milliseconds: 0), streams: streams, requests: max(requests / streams, 1))
  }

  private func show(_ clients: [any ModelClient], _ medians: [Double?]) {
    for (client, median) in zip(clients, medians) {
      if let median { Report.line("\(client.name): \(rounded(median / 1000)) µs") }
    }
  }
}
