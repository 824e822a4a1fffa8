import TestSupport
import Testing

@testable import DramatisLLM

/// What the transport does with services that behave and with those that do not.
@Suite(.serialized) struct TransferTests {
  private let client = HTTPClient()

  private func request(
    _ server: ScriptedServer, body: [UInt8]? = nil, headers: [String] = [], _ limits: TransferLimits = .init()
  ) -> HTTPRequest {
    HTTPRequest(
      address: server.address + "/x", host: "127.0.0.1", body: body, headers: headers, limits: limits)
  }

  private func body(_ request: HTTPRequest) async throws -> String {
    String(decoding: try await client.send(request).wholeBody(), as: UTF8.self)
  }

  @Test func `a body arrives whole, with status and type`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response(
        "grüß", status: 418, type: "Text/Plain; charset=utf-8", "Retry-After: 7\r\n")
    } _: { server in
      let response = client.send(request(server))
      let body = try await response.wholeBody()
      #expect(body == Array("grüß".utf8))
      #expect(
        response.head == HTTPHead(status: 418, contentType: "text/plain", retryAfter: .seconds(7)))
    }
  }

  @Test func `a post carries its body and headers, and never asks for leave first`() async throws {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 2 << 20)
    try await withServer { _, _ in
      ScriptedServer.Act.response("ok")
    } _: { server in
      let request = request(server, body: long, headers: ["X-Test: yes"])
      #expect(try await body(request) == "ok")
      let sent = try #require(server.requests.first)
      #expect(sent.hasPrefix("POST /x HTTP/1.1\r\n"))
      #expect(sent.contains("\r\nX-Test: yes\r\n"))
      #expect(!sent.lowercased().contains("expect:"))
      #expect(sent.utf8.suffix(long.count).elementsEqual(long))
    }
  }

  @Test func `sixty transfers run at the same time`() async throws {
    try await withServer { request, _ in
      [.pause(milliseconds: 100)] + ScriptedServer.Act.response(String(request.prefix(40)))
    } _: { server in
      let bodies = try await withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<60 { group.addTask { try await body(request(server)) } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(bodies.count == 60)
      #expect(bodies.allSatisfy { $0.hasPrefix("GET /x") })
    }
  }

  @Test func `nobody who listens is an error that names the host`() async throws {
    let port = try await withServer({ _, _ in [] }) { $0.port }
    let request = HTTPRequest(
      address: "http://127.0.0.1:\(port)/", host: "127.0.0.1", body: nil, headers: [], limits: .init())
    await #expect(throws: TransportError.unreachable("'127.0.0.1' takes no connection")) {
      try await client.send(request).wholeBody()
    }
  }

  @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1/"])
  func `libcurl itself is told to speak nothing but http and https`(address: String) async {
    let request = HTTPRequest(address: address, host: "h", body: nil, headers: [], limits: .init())
    await #expect(throws: TransportError.self) { try await client.send(request).wholeBody() }
  }

  @Test func `a service that is silent meets the limit on the first text`() async throws {
    try await withServer { _, _ in
      [.head(), .stall]
    } _: { server in
      let request = request(server, TransferLimits(firstText: .milliseconds(100)))
      await #expect(throws: TransportError.timedOut(.firstText)) { try await body(request) }
      #expect(await ScriptedServer.eventually { server.gone == 1 })
    }
  }

  @Test func `keep-alives do not renew the patience for a text`() async throws {
    try await withServer { _, _ in
      [.head(), .repeatedly(": ping\n\n", milliseconds: 10)]
    } _: { server in
      let request = request(server, TransferLimits(firstText: .milliseconds(300)))
      await #expect(throws: TransportError.timedOut(.firstText)) { try await body(request) }
      #expect(await ScriptedServer.eventually { server.gone == 1 })
    }
  }

  @Test func `the limit on the whole holds however busy the service is`() async throws {
    try await withServer { _, _ in
      [.head(), .repeatedly("data: x\n\n", milliseconds: 10)]
    } _: { server in
      let response = client.send(request(server, TransferLimits(total: .milliseconds(300))))
      await #expect(throws: TransportError.timedOut(.total)) {
        var received: [UInt8] = []
        while try await response.read(into: &received, patience: response.patience()) {}
      }
    }
  }

  @Test func `a reply that is too long ends the transfer`() async throws {
    try await withServer { _, _ in
      [.head(), .flood("x", bytes: 100 << 20)]
    } _: { server in
      let request = request(server, TransferLimits(bytes: 1 << 20))
      await #expect(throws: TransportError.tooLong(bytes: 1 << 20)) { try await body(request) }
      #expect(await ScriptedServer.eventually { server.gone == 1 })
      #expect(server.bytesSent < 50 << 20)
    }
  }

  @Test func `a reader that does not read stops the service`() async throws {
    try await withServer { _, _ in
      [.head(), .flood("x", bytes: 100 << 20)]
    } _: { server in
      let response = client.send(request(server, TransferLimits(bytes: 200 << 20)))
      var received: [UInt8] = []
      _ = try await response.read(into: &received, patience: response.patience())
      #expect(!received.isEmpty)
      // The kernel's buffers on both sides hold a few megabytes; nothing else may.
      var last = -1
      while last != server.bytesSent {
        last = server.bytesSent
        try await Task.sleep(for: .milliseconds(100))
      }
      #expect(last < 50 << 20)
      var count = received.count
      while try await response.read(into: &received, patience: response.patience()) {
        count += received.count
      }
      #expect(count == 100 << 20)
    }
  }

  @Test func `a body that is cut off is an error, never a short reply`() async throws {
    let scripts: [[ScriptedServer.Act]] = [
      [.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")],
      [.chunkedHead, .chunk("half")],
      [.chunkedHead, .send("ffff\r\nhalf")],
      [],
    ]
    for script in scripts {
      try await withServer { _, _ in
        script
      } _: { server in
        await #expect(throws: TransportError.cutOff) { try await body(request(server)) }
      }
    }
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}", "HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
  ])
  func `what is not HTTP is an error`(text: String) async throws {
    try await withServer { _, _ in
      [.send(text)]
    } _: { server in
      await #expect(throws: TransportError.self) { try await body(request(server)) }
    }
  }

  @Test func `endless headers end the transfer`() async throws {
    try await withServer { _, _ in
      [.send("HTTP/1.1 200 OK\r\n"), .flood("X-More: yes\r\n", bytes: 50 << 20)]
    } _: { server in
      await #expect(throws: TransportError.self) { try await body(request(server)) }
      #expect(await ScriptedServer.eventually { server.gone == 1 })
    }
  }

  @Test func `cancellation closes the transfer`() async throws {
    try await withServer { _, _ in
      [.head(), .send("data: x\n\n"), .stall]
    } _: { server in
      let task = Task { try await body(request(server)) }
      #expect(await ScriptedServer.eventually { server.bytesSent > 70 })
      task.cancel()
      await #expect(throws: TransportError.cancelled) { try await task.value }
      #expect(await ScriptedServer.eventually { server.gone == 1 })
    }
  }

  @Test func `a response that nobody keeps is closed`() async throws {
    try await withServer { _, _ in
      [.head(), .send("data: x\n\n"), .stall]
    } _: { server in
      _ = client.send(request(server))
      #expect(await ScriptedServer.eventually { server.gone == 1 || server.requests.isEmpty })
      let response = client.send(request(server))
      var received: [UInt8] = []
      _ = try await response.read(into: &received, patience: response.patience())
      #expect(!received.isEmpty)
    }
  }

  @Test func `cancellation is noticed though the service never pauses`() async throws {
    try await withServer { _, _ in
      [.head(), .flood("x", bytes: 1 << 30)]
    } _: { server in
      let response = client.send(request(server, TransferLimits(bytes: 2 << 30)))
      let task = Task {
        var received: [UInt8] = []
        while try await response.read(into: &received, patience: response.patience()) {}
      }
      #expect(await ScriptedServer.eventually { server.bytesSent > 1 << 20 })
      task.cancel()
      await #expect(throws: TransportError.cancelled) { try await task.value }
      #expect(server.bytesSent < 1 << 30)
    }
  }

  @Test func `a service that speaks no TLS is not trusted`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response("x")
    } _: { server in
      let request = HTTPRequest(
        address: "https://127.0.0.1:\(server.port)/", host: "127.0.0.1", body: nil,
        headers: ["Authorization: Bearer sk-1"],
        limits: TransferLimits(connect: .seconds(3), firstText: .seconds(3)))
      let error = await #expect(throws: TransportError.self) {
        try await client.send(request).wholeBody()
      }
      #expect(error.map { ["untrusted", "timed-out"].contains(ModelError($0).code) } == true)
      #expect(server.requests.isEmpty)
    }
  }

  @Test func `a task that is cancelled already asks nobody to wait`() async throws {
    try await withServer { _, _ in
      [.head(), .stall]
    } _: { server in
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await body(request(server))
      }
      await #expect(throws: TransportError.cancelled) { try await task.value }
    }
  }

  @Test func `connections of a round are kept for the next round`() async throws {
    try await withServer { _, number in
      [.pause(milliseconds: 100)] + ScriptedServer.Act.response("\(number)")
    } _: { server in
      for _ in 0..<3 {
        try await withThrowingTaskGroup(of: String.self) { group in
          for _ in 0..<32 { group.addTask { try await body(request(server)) } }
          try await group.waitForAll()
        }
      }
      #expect(server.connections <= 40)
    }
  }

  @Test func `streams that are paused beside each other arrive whole`() async throws {
    let bytes = 4 << 20
    try await withServer { _, _ in
      [.head(), .flood("x", bytes: bytes)]
    } _: { server in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<24 { group.addTask { try await body(request(server)).utf8.count } }
        for try await count in group { #expect(count == bytes) }
      }
    }
  }

  @Test func `a request knows nothing of the one whose handle it uses`() async throws {
    let answers = [
      ScriptedServer.Act.response("late", status: 429, "Retry-After: 7\r\n"),
      ScriptedServer.Act.response("ok"),
    ]
    try await withServer { _, number in
      answers[number % 2]
    } _: { server in
      for _ in 0..<2 {
        let posted = client.send(request(server, body: Array("body".utf8), headers: ["X-Key: secret"]))
        _ = try await posted.wholeBody()
        let response = client.send(request(server))
        _ = try await response.wholeBody()
        #expect([posted, response].map(\.head?.retryAfter).contains(nil))
        #expect(response.head?.status == (posted.head?.status == 429 ? 200 : 429))
      }
      #expect(server.connections == 1)
      for sent in server.requests where sent.hasPrefix("GET") {
        #expect(!sent.contains("X-Key") && !sent.contains("body") && !sent.contains("Content-"))
      }
    }
  }

  @Test func `connections are kept for the next request`() async throws {
    try await withServer { _, number in
      ScriptedServer.Act.response("\(number)")
    } _: { server in
      for number in 0..<20 {
        let body = try await body(request(server))
        #expect(body == "\(number)")
      }
      #expect(server.connections == 1)
    }
  }

  @Test func `a handle that serves again carries nothing of the request before`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response("ok")
    } _: { server in
      let first = request(server, body: Array("first body".utf8), headers: ["X-First: secret"])
      let others = [
        request(server, body: Array("x".utf8), headers: ["X-Other: yes"]), request(server, body: []),
        request(server),
      ]
      for other in others {
        let bodies = try await [body(first), body(other)]
        #expect(bodies == ["ok", "ok"])
      }
      let sent = server.requests.filter { !$0.contains("X-First") }
      #expect(sent.count == others.count && server.connections == 1)
      #expect(!sent.contains { $0.contains("secret") || $0.contains("body") })
      #expect(sent.map { $0.prefix(4) } == ["POST", "POST", "GET "])
      #expect(sent.map { $0.contains("Content-Length: 1\r\n") } == [true, false, false])
      #expect(sent.map { $0.contains("X-Other: yes\r\n") } == [true, false, false])
    }
  }

  @Test func `a service that hangs up on every kept connection is asked again each time`() async throws {
    try await withServer { _, number in
      number.isMultiple(of: 2) ? ScriptedServer.Act.response("\(number)") : []
    } _: { server in
      for number in 0..<20 {
        let body = try await body(request(server))
        #expect(body == "\(2 * number)")
      }
    }
  }

  @Test func `the address of a service may be a name`() async throws {
    try await withServer { _, _ in
      ScriptedServer.Act.response("found")
    } _: { server in
      let request = HTTPRequest(
        address: "http://localhost:\(server.port)/", host: "localhost", body: nil, headers: [],
        limits: .init())
      let body = try await body(request)
      #expect(body == "found")
    }
  }

  @Test func `many transfers are cancelled while others begin`() async throws {
    try await withServer { request, _ in
      request.hasPrefix("POST") ? [.head(), .send("data: x\n\n"), .stall] : ScriptedServer.Act.response("ok")
    } _: { server in
      let stalled = (0..<100).map { _ in Task { try await body(request(server, body: [])) } }
      #expect(await ScriptedServer.eventually { server.requests.count == 100 })
      async let bodies = withThrowingTaskGroup(of: String.self) { group in
        for _ in 0..<50 { group.addTask { try await body(request(server)) } }
        return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      }
      for task in stalled { task.cancel() }
      for task in stalled { await #expect(throws: TransportError.cancelled) { try await task.value } }
      let counts = try await bodies
      #expect(counts == ["ok": 50])
      #expect(await ScriptedServer.eventually { server.gone == 100 })
    }
  }
}
