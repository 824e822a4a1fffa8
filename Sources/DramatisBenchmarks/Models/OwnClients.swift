import DramatisLLM
import Synchronization

/// The transport and the scanner of events, without reading what events say.
struct CoreClient: ModelClient {
  let name = "ours, the core"
  private let client = HTTPClient()
  private static let body: JSONValue = [
    "model": "bench", "messages": [["role": "user", "content": "Hello"]],
  ]

  func run(_ load: ModelLoad, at address: String) async throws -> Cost? {
    let endpoint = Endpoint(.openAI, at: try ServiceAddress(address), model: "bench")
    let events = Mutex(0)
    let cost = try await Cost {
      try await repeated(load) {
        let count = try await self.events(of: endpoint)
        events.withLock { $0 += count }
      }
    }
    let count = events.withLock { $0 }
    guard count == load.events else { throw WrongResult(description: "\(count) events, not \(load.events)") }
    return cost
  }

  private func events(of endpoint: Endpoint) async throws -> Int {
    let response = client.send(endpoint.request("chat/completions", Self.body))
    var scanner = SSEScanner()
    let patience = response.patience()
    var count = 0
    var bytes: [UInt8] = []
    while try await response.read(into: &bytes, patience) {
      scanner.add(bytes)
      while try scanner.next() != nil { count += 1 }
    }
    return count
  }
}

/// What users of the library call.
struct PublicClient: ModelClient {
  let name = "ours"
  private let client = HTTPClient()

  func run(_ load: ModelLoad, at address: String) async throws -> Cost? {
    let model = ServiceModel(
      Endpoint(.openAI, at: try ServiceAddress(address), model: "bench"), client: client)
    let request = ModelRequest([.init(.user, "Hello")], isStreamed: load.isStreamed)
    let texts = Mutex(0)
    let cost = try await Cost {
      try await repeated(load) {
        _ = try await model.complete(request) { _ in texts.withLock { $0 += 1 } }
      }
    }
    let count = texts.withLock { $0 }
    guard count == load.units else { throw WrongResult(description: "\(count) texts, not \(load.units)") }
    return cost
  }
}

/// Makes the requests of a load.
private func repeated(_ load: ModelLoad, _ request: @escaping @Sendable () async throws -> Void) async throws
{
  let requests = load.requests
  try await withThrowingTaskGroup(of: Void.self) { group in
    for _ in 0..<load.streams {
      group.addTask {
        for _ in 0..<requests { try await request() }
      }
    }
    try await group.waitForAll()
  }
}
