import DramatisServer
import Foundation
import TestSupport
import Testing

/// What JSON-RPC 2.0 says of messages.
@Suite struct MessageTests {
  private static let bad: [(line: String, code: Int, word: String)] = [
    ("x", -32700, "parse-error"), ("{", -32700, "parse-error"), ("nul", -32700, "parse-error"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state"}x"#, -32700, "parse-error"),
    (#"{"jsonrpc":"2.0","id":1e999,"method":"state"}"#, -32700, "parse-error"),
    ("1", -32600, "invalid-request"), ("\"state\"", -32600, "invalid-request"),
    ("{}", -32600, "invalid-request"),
    ("[]", -32600, "invalid-request"), (#"{"id":1,"method":"state"}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"1.0","id":1,"method":"state"}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"2.0","id":1}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"2.0","id":{},"method":"state"}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"2.0","id":9007199254740993000,"method":"state"}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"2.0","id":1,"method":5}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state","params":7}"#, -32600, "invalid-request"),
    (#"{"jsonrpc":"2.0","id":1,"method":"stat"}"#, -32601, "unknown-method"),
    (#"{"jsonrpc":"2.0","id":1,"method":"rpc.discover"}"#, -32601, "unknown-method"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state"}"#, -32602, "bad-parameters"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state","params":["instance-1"]}"#, -32602, "bad-parameters"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state","params":{"instance":1}}"#, -32602, "bad-parameters"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state","params":{"instanec":"i"}}"#, -32602, "bad-parameters"),
    (#"{"jsonrpc":"2.0","id":1,"method":"state","params":{"instance":"i"}}"#, -32001, "unknown-handle"),
  ]

  @Test(arguments: bad)
  func `what cannot be done is answered with an error, and the next message is served`(
    _ row: (line: String, code: Int, word: String)
  ) async throws {
    let game = try await Game.withGuard()
    await game.send(row.line)
    let answered = try #require(game.messages.last)
    let error = try #require(answered["error"] as? NSDictionary)
    #expect(error["code"] as? Int == row.code)
    #expect((error["data"] as? NSDictionary)?["code"] as? String == row.word)
    #expect((error["message"] as? String)?.isEmpty == false)
    #expect(answered["jsonrpc"] as? String == "2.0")
    #expect(await game.result(2, "state", #"{"instance":"instance-1"}"#)["name"] as? String == "Guard 17")
  }

  @Test func `what nests too deep is answered with an error, however deep it is`() async throws {
    let game = try await Game.withGuard()
    for line in [
      String(repeating: "[", count: 50_000), String(repeating: #"{"a":"#, count: 900) + "1",
      #"{"jsonrpc":"2.0","id":1,"method":"set","params":\#(String(repeating: "[", count: 200))"#,
    ] {
      await game.send(line)
      let error = try #require(game.messages.last?["error"] as? NSDictionary)
      #expect(error["code"] as? Int == -32700)
    }
    #expect(await game.result(2, "state", #"{"instance":"instance-1"}"#)["name"] as? String == "Guard 17")
  }

  @Test func `a misspelt method or parameter is told what was probably meant`() async throws {
    let game = try await Game.withGuard()
    let method = await game.request(1, "stat")
    #expect("\(method)".contains("did you mean 'state'?"))
    let parameter = await game.request(2, "state", #"{"instanec":"i"}"#)
    #expect("\(parameter)".contains("did you mean 'instance'?"))
    let event = await game.request(3, "event", #"{"instance":"instance-1","event":{"txet":"hi"}}"#)
    #expect("\(event)".contains("did you mean 'text'?"))
  }

  @Test func `a batch is answered in one line, and what wants no answer gets none`() async throws {
    let game = try await Game.withGuard()
    let before = game.lines.count
    await game.send(
      #"[{"jsonrpc":"2.0","id":"a","method":"state","params":{"instance":"instance-1"}},"#
        + #"{"jsonrpc":"2.0","method":"set","params":{"instance":"instance-1","values":{"patience":1}}},5,"#
        + #"{"jsonrpc":"2.0","id":null,"method":"fly"}]"#)
    await game.send(
      #"[{"jsonrpc":"2.0","method":"set","params":{"instance":"instance-1","values":{"patience":2}}}]"#)
    await game.finish()
    let lines = game.lines.dropFirst(before)
    #expect(lines.count == 1)
    let line = try #require(lines.first)
    let answers = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [NSDictionary])
    #expect(answers.count == 3)
    #expect(answers.count { $0["error"] != nil } == 2)
    #expect(answers.contains { $0["id"] as? String == "a" && $0["result"] != nil })
  }

  @Test func `an id that is under way is not taken twice`() async throws {
    let game = try await Game.withGuard()
    await game.send(
      #"{"jsonrpc":"2.0","id":5,"method":"event","params":{"instance":"instance-1","ask":true,"event":{"kind":"tick"}}}"#
    )
    _ = await game.message { $0["method"] as? String == "ask" }
    await game.send(#"{"jsonrpc":"2.0","id":5,"method":"state","params":{"instance":"instance-1"}}"#)
    #expect("\(await game.message { $0["error"] != nil })".contains("under way"))
    await game.finish()
  }

  @Test func `a shutdown is answered last`() async throws {
    let game = try await Game.withGuard()
    await game.send(
      #"{"jsonrpc":"2.0","id":5,"method":"event","params":{"instance":"instance-1","ask":true,"event":{"kind":"tick"}}}"#
    )
    #expect(await game.send(#"{"jsonrpc":"2.0","id":6,"method":"shutdown"}"#) == false)
    await game.finish()
    #expect(game.messages.suffix(2).map { $0["id"] as? Int } == [5, 6])
  }

  @Test func `the schema names every method with what goes in and comes out`() throws {
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(ProtocolSchema.json.utf8)) as? NSDictionary)
    let definitions = try #require(schema["$defs"] as? NSDictionary)
    for method in ["load", "create", "event", "turn", "ask", "set", "save", "restore", "reload", "explain"]
      + ["subscribe", "cancel", "shutdown", "speak", "changed"]
    {
      let parameters = try #require(definitions["\(method).params"] as? NSDictionary, "\(method)")
      #expect(parameters["additionalProperties"] as? Bool == false)
      #expect(definitions["\(method).result"] != nil)
    }
  }
}
