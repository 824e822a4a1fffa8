import Dramatis
import DramatisServer
import Foundation
import TestSupport
import Testing

/// Instances behind messages: who waits for whom, and what comes of it.
@Suite struct ServerTests {
  private func states(_ message: NSDictionary) -> [String: String] {
    message["states"] as? [String: String] ?? [:]
  }

  @Test func `an event moves an instance, and a turn gives a line`() async throws {
    let game = try await Game.withGuard()
    let event = await game.result(
      1, "event", #"{"instance":"instance-1","event":{"kind":"dusk"},"answers":{"isNight":"yes"}}"#)
    #expect(states(event) == ["watch": "wary"])
    #expect(event["line"] == nil)
    #expect((event["variables"] as? NSDictionary)?["patience"] as? Int == 2)
    let turn = await game.result(
      2, "turn", #"{"instance":"instance-1","event":{"text":"Hm."},"answers":{"isNight":0.9}}"#)
    #expect(["Who goes there?", "Halt!", "State your name."].contains(turn["line"] as? String))
    #expect(turn["turn"] as? Int == 2)
  }

  @Test func `the game is asked for what is open, with who, where and what`() async throws {
    let game = try await Game.withGuard { message in
      let parameters = message["params"] as? NSDictionary
      let keys = (parameters?["questions"] as? [NSDictionary])?.compactMap { $0["key"] as? String } ?? []
      guard parameters?["name"] as? String == "Guard 17", keys.contains("isNight"),
        (parameters?["event"] as? NSDictionary)?["text"] as? String == "Hm.",
        parameters?["scene"] as? String == "Rowan: Hm."
      else { return nil }
      return #"{"jsonrpc":"2.0","id":"\#(message["id"] ?? "")","result":{"answers":{"isNight":true}}}"#
    }
    let event = await game.result(
      1, "event", #"{"instance":"instance-1","ask":true,"event":{"actor":"Rowan","text":"Hm."}}"#)
    #expect(states(event) == ["watch": "wary"])
    #expect(event["late"] == nil)
  }

  @Test func `one that waits for the game holds up nobody else, and its own requests keep their order`()
    async throws
  {
    let game = try await Game.withGuard()
    _ = await game.request(1, "create", #"{"program":"program-1"}"#)
    await game.send(
      #"{"jsonrpc":"2.0","id":2,"method":"event","params":{"instance":"instance-1","ask":true,"event":{"kind":"tick"}}}"#
    )
    await game.send(#"{"jsonrpc":"2.0","id":3,"method":"state","params":{"instance":"instance-1"}}"#)
    let asked = await game.message { $0["method"] as? String == "ask" }
    let other = await game.result(4, "event", #"{"instance":"instance-2","event":{"text":"I kill you"}}"#)
    #expect(states(other) == ["watch": "alarmed"])
    #expect(!game.messages.contains { [2, 3].contains($0["id"] as? Int) })
    await game.send(
      #"{"jsonrpc":"2.0","id":"\#(asked["id"] ?? "")","result":{"answers":{"isNight":"yes"}}}"#)
    let state = await game.message { $0["id"] as? Int == 3 }
    #expect(states(state["result"] as? NSDictionary ?? [:]) == ["watch": "wary"])
  }

  @Test func `what is not answered in time is left to the cues, and told`() async throws {
    let game = try await Game.withGuard()
    let event = await game.result(
      1, "event", #"{"instance":"instance-1","ask":true,"deadline":20,"event":{"text":"I kill you"}}"#)
    #expect(states(event) == ["watch": "alarmed"])
    #expect(event["late"] as? [String] == ["ask"])
    _ = await game.message { $0["method"] as? String == "withdrawn" }
    let turn = await game.result(
      2, "turn", #"{"instance":"instance-1","speak":"game","deadline":20,"event":{"text":"Hm."}}"#)
    #expect(turn["late"] as? [String] == ["line"])
  }

  @Test func `an answer that is an error, or none at all, leaves a question to the cues`() async throws {
    for reply in [
      #""error":{"code":-1,"message":"no"}"#, #""result":{}"#, #""result":{"answers":{"isNight":7}}"#,
    ] {
      let game = try await Game.withGuard { #"{"jsonrpc":"2.0","id":"\#($0["id"] ?? "")",\#(reply)}"# }
      let event = await game.result(
        1, "event", #"{"instance":"instance-1","ask":true,"event":{"text":"Hm."}}"#)
      #expect(states(event) == ["watch": "unactivated"])
      #expect(event["late"] as? [String] == ["ask"])
    }
  }

  @Test func `the game may write the line, and may be silent`() async throws {
    for (reply, line) in [(#"{"line":"Over here!"}"#, "Over here!"), (#"{"line":null}"#, nil), ("{}", nil)] {
      let game = try await Game.withGuard {
        #"{"jsonrpc":"2.0","id":"\#($0["id"] ?? "")","result":\#(reply)}"#
      }
      let turn = await game.result(
        1, "turn", #"{"instance":"instance-1","speak":"game","event":{"text":"Hm."}}"#)
      #expect(turn["line"] as? String == line)
      #expect(turn["late"] == nil)
    }
  }

  @Test func `a cancelled request is answered as such, and the instance is as it was`() async throws {
    let game = try await Game.withGuard()
    await game.send(
      #"{"jsonrpc":"2.0","id":2,"method":"turn","params":{"instance":"instance-1","ask":true,"event":{"text":"I kill you"}}}"#
    )
    _ = await game.message { $0["method"] as? String == "ask" }
    #expect(await game.result(3, "cancel", #"{"id":2}"#)["cancelled"] as? Bool == true)
    let answered = await game.message { $0["id"] as? Int == 2 }
    #expect((answered["error"] as? NSDictionary)?["code"] as? Int == -32005)
    #expect(await game.result(4, "cancel", #"{"id":2}"#)["cancelled"] as? Bool == false)
    let state = await game.result(5, "state", #"{"instance":"instance-1"}"#)
    #expect(states(state) == ["watch": "unactivated"])
    #expect(state["turn"] as? Int == 0)
  }

  @Test func `a language model that is configured speaks, and one that fails lets the profile speak`()
    async throws
  {
    let speaking = try await Game.withGuard(
      helpers: Server.Helpers(performer: FixedPerformer("By my beard.")))
    let turn =
      #"{"instance":"instance-1","speak":"model","event":{"text":"Hm."},"answers":{"isNight":"yes"}}"#
    #expect(await speaking.result(1, "turn", turn)["line"] as? String == "By my beard.")
    let without = try await Game.withGuard()
    #expect("\(await without.request(1, "turn", turn))".contains("no-model"))
  }

  @Test func `a model that takes too long, or fails, lets the profile speak in time`() async throws {
    for performer in [
      SlowPerformer(error: nil), SlowPerformer(error: ReplyCountError(expected: 1, received: 0)),
    ] {
      let game = try await Game.withGuard(helpers: Server.Helpers(performer: performer))
      let turn = await game.result(
        1, "turn",
        #"{"instance":"instance-1","speak":"model","deadline":30,"event":{"text":"Hm."},"answers":{"isNight":"yes"}}"#
      )
      #expect(["Who goes there?", "Halt!", "State your name."].contains(turn["line"] as? String))
      #expect(turn["late"] as? [String] == ["line"])
    }
  }

  /// Speaks after a minute, or never.
  private struct SlowPerformer: Performer {
    let error: ReplyCountError?

    func line(for request: LineRequest) async throws -> SpokenLine? {
      if let error { throw error }
      try? await Task.sleep(for: .seconds(60))
      return SpokenLine("Too late.")
    }
  }

  @Test func `those who subscribe are told what changed`() async throws {
    let game = try await Game.withGuard()
    _ = await game.request(1, "subscribe", #"{"instance":"instance-1"}"#)
    _ = await game.request(2, "event", #"{"instance":"instance-1","event":{"text":"Nothing."}}"#)
    _ = await game.request(
      3, "event", #"{"instance":"instance-1","event":{"text":"Hm."},"answers":{"isNight":"yes"}}"#)
    _ = await game.request(4, "set", #"{"instance":"instance-1","values":{"patience":5}}"#)
    _ = await game.request(5, "unsubscribe")
    _ = await game.request(6, "set", #"{"instance":"instance-1","values":{"patience":0}}"#)
    let told = game.messages.filter { $0["method"] as? String == "changed" }.compactMap {
      $0["params"] as? NSDictionary
    }
    #expect(told.count == 2)
    #expect(told.first?["states"] as? [String: String] == ["watch": "wary"])
    #expect((told.last?["variables"] as? NSDictionary)?["patience"] as? Int == 5)
  }

  @Test func `after a restore the next line is the one that would have come`() async throws {
    let game = try await Game.withGuard()
    let event = #""event":{"text":"Hm."},"answers":{"isNight":"yes"}}"#
    for number in 1...2 { _ = await game.request(number, "turn", #"{"instance":"instance-1",\#(event)"#) }
    let save = await game.result(3, "save", #"{"instance":"instance-1"}"#)["save"] as? String ?? ""
    let restored = await game.result(4, "restore", #"{"program":"program-1","save":"\#(save)"}"#)
    #expect(restored["instance"] as? String == "instance-2")
    #expect(restored["lost"] as? [String] == [])
    for number in 5...7 {
      let first = await game.result(number, "turn", #"{"instance":"instance-1",\#(event)"#)
      let second = await game.result(number + 10, "turn", #"{"instance":"instance-2",\#(event)"#)
      #expect(first["line"] as? String == second["line"] as? String)
      #expect(first["line"] != nil)
    }
  }

  @Test func `a program that is loaded anew moves its instances and says what is lost`() async throws {
    let game = try await Game.withGuard()
    _ = await game.request(1, "event", #"{"instance":"instance-1","event":{"text":"I kill you"}}"#)
    let changed = Game.profile.replacing("alarmed", with: "ringing")
    let text = String(decoding: try JSONEncoder().encode(changed), as: UTF8.self)
    let report = await game.result(2, "reload", #"{"program":"program-1","text":\#(text)}"#)
    #expect("\(report["lost"] ?? "")".contains("alarmed became other"))
    #expect("\(report["differences"] ?? "")".contains("ringing"))
    let state = await game.result(3, "state", #"{"instance":"instance-1"}"#)
    #expect(states(state) == ["watch": "other"])
    #expect(state["turn"] as? Int == 1)
  }

  private static let refused: [(method: String, parameters: String, word: String)] = [
    ("event", #"{"instance":"instance-1","event":{}}"#, "empty-event"),
    ("event", #"{"instance":"instance-1","event":{"text":5}}"#, "bad-parameters"),
    (
      "event", #"{"instance":"instance-1","event":{"kind":"a"},"answers":{"isNight":"maybe"}}"#,
      "bad-parameters"
    ),
    ("event", #"{"instance":"instance-1","event":{"kind":"a"},"answers":{"isNight":2}}"#, "bad-parameters"),
    ("event", #"{"instance":"instance-1","event":{"kind":"a"},"deadline":0}"#, "bad-parameters"),
    ("turn", #"{"instance":"instance-1","event":{"kind":"a"},"speak":"loudly"}"#, "bad-parameters"),
    ("set", #"{"instance":"instance-1","values":{"patience":"much"}}"#, "wrong-value"),
    ("set", #"{"instance":"instance-1","values":{"patince":1}}"#, "no-such-variable"),
    ("force", #"{"instance":"instance-1","states":{"watch":"asleep"}}"#, "no-such-state"),
    ("force", #"{"instance":"instance-1","states":{"wach":"calm"}}"#, "no-such-machine"),
    ("restore", #"{"program":"program-1","save":"AAAA"}"#, "bad-save"),
    ("restore", #"{"program":"program-1","save":"%"}"#, "bad-save"),
    ("create", #"{"program":"program-9"}"#, "unknown-handle"),
    ("create", #"{"program":"program-1","seed":-1}"#, "bad-parameters"),
    ("free", "{}", "bad-parameters"), ("load", "{}", "bad-parameters"),
    ("load", #"{"text":"a","path":"b"}"#, "bad-parameters"), ("load", #"{"bytes":"%"}"#, "bad-parameters"),
    ("load", #"{"path":"/dev/zero"}"#, "unreadable"), ("load", #"{"path":"/tmp"}"#, "unreadable"),
    ("load", #"{"path":"/nowhere/at/all.yaml"}"#, "unreadable"), ("load", #"{"path":"-"}"#, "unreadable"),
    ("load", #"{"text":"dramatis: 1\ncharacter: [Ann]\n"}"#, "bad-profile"),
    ("load", #"{"text":"dramatis-program 1 sha256:0\n{}"}"#, "bad-profile"),
  ]

  @Test(arguments: refused)
  func `what is refused changes nothing and says why`(
    _ row: (method: String, parameters: String, word: String)
  )
    async throws
  {
    let game = try await Game.withGuard()
    let answered = await game.request(1, row.method, row.parameters)
    let data = (answered["error"] as? NSDictionary)?["data"] as? NSDictionary
    #expect(data?["code"] as? String == row.word, "\(answered)")
    let state = await game.result(2, "state", #"{"instance":"instance-1"}"#)
    #expect(states(state) == ["watch": "unactivated"])
    #expect(state["turn"] as? Int == 0)
  }

  @Test func `what was freed is not there any more, and its identity is not used again`() async throws {
    let game = try await Game.withGuard()
    _ = await game.request(1, "free", #"{"instance":"instance-1"}"#)
    #expect("\(await game.request(2, "state", #"{"instance":"instance-1"}"#))".contains("unknown-handle"))
    #expect(
      await game.result(3, "create", #"{"program":"program-1"}"#)["instance"] as? String == "instance-2")
  }

  @Test func `why an instance moved can be asked`() async throws {
    let game = try await Game.withGuard()
    _ = await game.request(1, "event", #"{"instance":"instance-1","event":{"text":"I kill you"}}"#)
    let why = await game.result(2, "explain", #"{"instance":"instance-1"}"#)
    #expect((why["text"] as? String)?.contains("watch: unactivated → alarmed because threatened") == true)
    #expect((why["steps"] as? NSArray)?.count == 1)
  }
}
