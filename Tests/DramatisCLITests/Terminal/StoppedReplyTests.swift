import Foundation
import TestSupport
import Testing

/// Replies of a language model as somebody sees them who stops them.
@Suite(.serialized, .enabled(if: Tmux.isThere, "needs tmux"))
struct StoppedReplyTests {
  private static func chat(_ server: ScriptedServer, _ arguments: String = "--discriminator cues")
    async throws
    -> Tmux
  {
    let tmux = try await Tmux(
      script:
        // The signal goes to the shell of the script too, which must live on.
        "trap : INT; \"$DRAMATIS\" chat Profiles/mara.yaml --user me --base-url \(server.address) --model tiny \(arguments)"
        + "; echo ended $?")
    #expect(try await tmux.last("me>"))
    return tmux
  }

  @Test func `Ctrl-C keeps what was said, and the chat goes on with it`() async throws {
    try await withServer { _, number in
      guard number == 0 else { return ModelCommandTests.stream("Now I am", " done.") }
      return [
        .head(), .send("data: {\"choices\":[{\"delta\":{\"content\":\"Well, I was going to \"}}]}\n\n"),
        .stall,
      ]
    } _: { server in
      let tmux = try await Self.chat(server)
      #expect(try await tmux.screen().contains { $0.hasPrefix("turn 0 · tiny") })
      try await tmux.type("hello")
      try await tmux.press("Enter")
      #expect(try await tmux.screen { $0.last?.hasPrefix("Mara: Well, I was going") == true }.last != "me>")
      try await tmux.press("C-c")
      let screen = try await tmux.screen { $0.last == "me>" && $0.contains { $0.hasPrefix("turn 1") } }
      #expect(screen.count { $0.contains("Well, I was going to") } == 1)
      #expect(screen.contains { $0.hasPrefix("turn 1 · tiny · mood: warm") })
      #expect(await ScriptedServer.eventually { server.gone == 1 })
      try await tmux.type("go on")
      try await tmux.press("Enter")
      #expect(try await tmux.screen { $0.contains("Mara: Now I am done.") && $0.last == "me>" }.last == "me>")
      #expect(server.requests.last?.contains(#""content":"Well, I was going to""#) == true)
    }
  }

  @Test func `Ctrl-C before anything was said gives the turn up, and a second one leaves`() async throws {
    try await withServer { _, _ in
      [.stall]
    } _: { server in
      let tmux = try await Self.chat(server, "--discriminator llm")
      try await tmux.type("what a day")
      try await tmux.press("Enter")
      #expect(await ScriptedServer.eventually { !server.requests.isEmpty })
      try await tmux.press("C-c")
      let screen = try await tmux.screen { $0.last == "me>" && $0.contains { $0.hasPrefix("Stopped") } }
      #expect(screen.contains("Stopped; the turn was not taken."))
      #expect(screen.count { $0.hasPrefix("turn 0") } == 2)
      try await tmux.press("C-d")
      #expect(try await tmux.screen { $0.contains("ended 0") }.contains("ended 0"))
    }
  }
}
