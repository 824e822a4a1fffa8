extension ScriptedServer.Act {
  /// The head of a response whose body ends with the connection.
  package static func head(_ status: Int = 200, _ type: String = "text/event-stream", _ more: String = "")
    -> Self
  {
    .send("HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nConnection: close\r\n\(more)\r\n")
  }

  /// A whole response after which the connection is kept.
  package static func response(
    _ body: String, status: Int = 200, type: String = "application/json", _ more: String = ""
  )
    -> [Self]
  {
    [
      .send(
        "HTTP/1.1 \(status) X\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(more)\r\n\(body)"
      ),
      .send(""),
    ]
  }

  /// A piece of a chunked body.
  package static func chunk(_ text: String) -> Self {
    .send("\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n")
  }

  /// The head of a chunked stream of events.
  package static let chunkedHead = Self.send(
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
}

/// Runs a test's body with a scripted server and stops the server afterwards.
@discardableResult
package func withServer<T>(
  _ script: @escaping @Sendable (_ request: String, _ number: Int) -> [ScriptedServer.Act],
  _ body: (ScriptedServer) async throws -> T
) async throws -> T {
  let server = try ScriptedServer(script)
  defer { server.stop() }
  return try await body(server)
}

extension ScriptedServer {
  /// Waits until a condition holds, for at most a minute or so.
  package static func eventually(_ condition: () -> Bool) async -> Bool {
    for _ in 0..<12_000 {
      if condition() { return true }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return condition()
  }
}
