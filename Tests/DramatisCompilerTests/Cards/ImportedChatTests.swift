import Dramatis
import DramatisCompiler
import TestSupport
import Testing

/// Chats of SillyTavern as sessions.
@Suite struct ImportedChatTests {
  private static let chat = """
    {"user_name":"Jon","character_name":"Edda","chat_metadata":{"world_info":"Merle"}}
    {"name":"Edda","is_user":false,"mes":"Mind the rope."}
    {"name":"Jon","is_user":true,"mes":"Thank you!"}
    {"name":"Edda","is_user":false,"mes":"Hm.","swipes":["Aye.","Hm.","","No."],"swipe_id":1}
    {"name":"Note","is_system":true,"mes":"hidden"}
    {"name":"Jon","is_user":true,"mes":"So?"}
    {"name":"Jon","is_user":true,"mes":"Well?"}
    {"name":"Edda","is_user":false,"mes":"Sit."}
    {"name":"Edda","is_user":false,"mes":"And hold on."}
    """
  private static let profile = """
    dramatis: 1
    character: Edda
    questions:
      thanked: { ask: Is Edda thanked?, cues: [thank you] }
    machines:
      mood:
        states: { warm: She smiles. }
        transitions:
          - { from: unactivated, to: warm, when: thanked }
    """

  @Test func `a chat becomes turns, its swipes attempts, and states move as if it was played`() async throws {
    let chat = try ImportedChat(Array(Self.chat.utf8))
    #expect(chat.user == "Jon" && chat.character == "Edda" && chat.world == "Merle" && chat.hidden == 1)
    let program = try Program(profile: Array(Self.profile.utf8), name: "edda.yaml")
    let (transcript, summary) = try await chat.played(by: [program])
    #expect(summary.turns == 4 && summary.alternatives == 2 && summary.leftOut == 0)
    let path = transcript.path(to: transcript.head)
    #expect(path.compactMap(\.lineText) == ["Mind the rope.", "Hm.", "Sit.", "And hold on."])
    #expect(path.compactMap(\.event?.text) == ["Thank you!", "So?", "Well?"])
    let session = try Session(resuming: transcript)
    #expect(try await session.snapshot(of: "Edda").states == [1])
    #expect(try transcript.differences().differences.isEmpty)
    let attempts = transcript.entries.filter { $0.turnNumber == 1 }.compactMap(\.lineText)
    #expect(attempts == ["Aye.", "No.", "Hm."])
  }

  @Test(arguments: [
    ("", "no message"), ("{", "no object of JSON"), ("[]", "no object of JSON"),
    (#"{"a":1}"#, "needs name and mes"),
    ("{\"user_name\":\"Jon\"}\n", "no message"), ("\u{0}", "no object of JSON"),
  ])
  func `what is no chat says why`(text: String, why: String) {
    let problem = #expect(throws: ImportedChat.Problem.self) { try ImportedChat(Array(text.utf8)) }
    #expect(problem?.description.contains(why) == true || why == "no object of JSON" && text == "\u{0}")
  }
}
