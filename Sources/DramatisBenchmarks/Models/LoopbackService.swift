import BenchmarkPeers

/// A service of ours in a process of its own; it ends with its last user.
final class LoopbackService: Sendable {
  private let server: peer_server

  init() throws {
    var server = peer_server()
    guard peer_server_start(&server) else {
      throw MissingInput(description: "the system has no socket or no process for a service on the loopback")
    }
    self.server = server
  }

  deinit {
    var server = server
    peer_server_stop(&server)
  }

  /// On how many processors the client may run.
  static var clientProcessors: Int { Int(peer_processor_count()) }

  /// Where a load is served, up to and including `/v1`.
  func address(of load: ModelLoad) -> String {
    "http://127.0.0.1:\(server.port)/\(load.reply.path)/v1"
  }
}
