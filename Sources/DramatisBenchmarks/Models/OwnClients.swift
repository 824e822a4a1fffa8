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
    let events = EventCount()
    let cost = try await Cost {
      try await repeated(load) {
        let request = endpoint.request(path: "chat/completions", body: Self.body) { _ in EventCounter(events)
        }
        _ = try await client.send(request).wholeBody()
      }
    }
    guard events.total == load.events else {
      throw WrongResult(description: "\(events.total) events, not \(load.events)")
    }
    return cost
  }
}

/// How many events came in all responses.
private final class EventCount: Sendable {
  private let count = Mutex(0)

  var total: Int { count.withLock { $0 } }

  func add(_ more: Int) {
    count.withLock { $0 += more }
  }
}

/// Counts the events of a response, each of which it has as a whole.
private struct EventCounter: StreamDecoder {
  private var scanner = SSEScanner()
  private var count = 0
  private let total: EventCount

  init(_ total: EventCount) {
    self.total = total
  }

  mutating func decode(_ bytes: Span<UInt8>) throws(TransportError) {
    try scanner.scan(bytes) { _, _ in count += 1 }
  }

  mutating func end(isWhole: Bool) throws(TransportError) {
    total.add(count)
  }

  mutating func deliver() -> Bool { false }
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
