/// One of the clients that are compared.
protocol ModelClient {
  var name: String { get }
  /// Whether a first round is run that does not count.
  var warmsUp: Bool { get }

  /// Does the work of a load once; nil, with a loud word about it, where the client is not installed.
  ///
  /// - Throws: ``WrongResult`` where anything else came than what was sent.
  func run(_ load: ModelLoad, at address: String) async throws -> Cost?
}

extension ModelClient {
  var warmsUp: Bool { true }
}

/// What a load took.
struct Cost {
  /// Of the processor.
  let nanoseconds: Double
  let wall: Duration

  init(nanoseconds: Double, wall: Duration) {
    self.nanoseconds = nanoseconds
    self.wall = wall
  }

  init(of work: () async throws -> Void) async rethrows {
    let (start, wallStart) = (ProcessorTime.now, ContinuousClock.now)
    try await work()
    nanoseconds = Double(ProcessorTime.now - start)
    wall = .now - wallStart
  }
}

/// Clients that take turns at the same load.
struct ModelRace {
  let service: LoopbackService
  let rounds: Int

  /// The costs of each client in the order of rounds, those that are not installed left out.
  func costs(of clients: [any ModelClient], _ load: ModelLoad) async throws -> [[Cost]] {
    let address = service.address(of: load)
    var costs = clients.map { _ in [Cost]() }
    var isMissing = clients.map { _ in false }
    for round in 0...rounds {
      for (index, client) in clients.enumerated() where !isMissing[index] && (round > 0 || client.warmsUp) {
        guard let cost = try await client.run(load, at: address) else {
          isMissing[index] = true
          continue
        }
        if round > 0 { costs[index].append(cost) }
      }
    }
    return costs
  }

  /// The median nanoseconds of each client for a unit of the load.
  func medians(of clients: [any ModelClient], _ load: ModelLoad) async throws -> [Double?] {
    try await costs(of: clients, load).map { costs in
      costs.isEmpty ? nil : costs.map(\.nanoseconds).sorted()[costs.count / 2] / Double(load.units)
    }
  }
}
