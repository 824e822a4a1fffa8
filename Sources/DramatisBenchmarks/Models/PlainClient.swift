import BenchmarkPeers

/// libcurl in C, with the least that a client must do.
final class PlainClient: ModelClient {
  let name = "libcurl in C"
  private let streams: Int
  private let client: OpaquePointer

  init(streams: Int) throws {
    guard let client = peer_client_make(streams) else {
      throw MissingInput(description: "there is no memory for a client")
    }
    self.streams = streams
    self.client = client
  }

  deinit {
    peer_client_free(client)
  }

  func run(_ load: ModelLoad, at address: String) async throws -> Cost? {
    let body = #"{"model":"bench","messages":[{"role":"user","content":"Hello"}]}"#
    var lines = 0
    var isWhole = false
    let cost = await Cost {
      isWhole = peer_client_run(client, "\(address)/chat/completions", body, load.requests, &lines)
    }
    guard isWhole, lines == load.events, load.streams == streams else {
      throw WrongResult(description: "libcurl in C got \(lines) lines, not \(load.events)")
    }
    return cost
  }
}
