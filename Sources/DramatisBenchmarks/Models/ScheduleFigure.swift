/// Whether streams keep the pace of a service that sends 50 tokens a second in each.
struct ScheduleFigure {
  private static let rate = 50

  let service: LoopbackService
  let rounds: Int
  let seconds: Int
  let streams: Int

  func run() async throws {
    Report.title("\(streams) streams of \(Self.rate) tokens a second, for \(seconds) s")
    let load = ModelLoad(
      reply: .stream(tokens: seconds * Self.rate, rate: Self.rate), streams: streams, requests: 1)
    let clients: [any ModelClient] =
      [try PlainClient(streams: streams), CoreClient(), PublicClient()]
      + PythonClient.Package.allCases.map { PythonClient(package: $0) }
    let costs = try await ModelRace(service: service, rounds: min(rounds, 3)).costs(of: clients, load)
    for (client, costs) in zip(clients, costs) where !costs.isEmpty {
      let schedule = median(costs) { Duration.seconds(seconds) / $0.wall * 100 }
      let busy = median(costs) { $0.nanoseconds / 1e7 / ($0.wall / .seconds(1)) }
      let cost = median(costs) { $0.nanoseconds / 1000 / Double(load.units) }
      Report.line("\(client.name): \(rounded(cost)) µs a token, \(rounded(busy)) % of a processor")
      if client is PublicClient {
        Report.figure("ours, of the schedule", schedule, " %", aim: .atLeast(98))
      } else {
        Report.line("\(client.name), of the schedule: \(rounded(schedule)) %")
      }
    }
  }

  private func median(_ costs: [Cost], _ value: (Cost) -> Double) -> Double {
    costs.map(value).sorted()[costs.count / 2]
  }
}
