import Foundation
import TestSupport
import Testing

/// What a chat shows between the lines: where it stands, and what is not saved.
@Suite(.serialized, .enabled(if: Tmux.isThere, "needs tmux"))
struct ChatScreenTests {
  private static let chat = "\"$DRAMATIS\" chat Profiles/mara.yaml --user me"

  private func say(_ text: String, _ tmux: borrowing Tmux, until row: String) async throws {
    try await tmux.type(text)
    try await tmux.press("Enter")
    let screen = try await tmux.screen { $0.last == "me>" && $0.contains { $0.contains(row) } }
    #expect(screen.last == "me>" && screen.contains { $0.contains(row) }, "\(screen)")
  }

  @Test func `the status stands once above the prompt, in words that fit`() async throws {
    let tmux = try await Tmux(columns: 44, script: Self.chat)
    #expect(try await tmux.last("me>"))
    try await say("Good evening. A stew, please.", tmux, until: "turn 1")
    try await tmux.press("Enter", "Enter")
    let screen = try await tmux.screen { $0.suffix(3) == ["me>", "me>", "me>"] }
    #expect(Array(screen.suffix(4)) == ["turn 1 · mood: warm · slate: served", "me>", "me>", "me>"])
  }

  @Test func `a chat that was killed is gone on with, and its last lines are shown again`() async throws {
    let killed = "sh -c 'echo $$ > \"$FOLDER/pid\"; exec \(Self.chat)'"
    let tmux = try await Tmux(script: "\(killed); clear; \(Self.chat) --resume")
    #expect(try await tmux.last("me>"))
    try await say("Good evening", tmux, until: "turn 1")
    let line = try #require(try await tmux.screen().last { $0.hasPrefix("Mara: ") })
    let process = Tool(executable: URL(filePath: "/bin/kill"))
    _ = try await process("-9", try tmux.file("pid").trimmingCharacters(in: .whitespacesAndNewlines))
    let screen = try await tmux.screen {
      $0.last == "me>" && $0.contains { $0.hasPrefix("On session 'mara-") }
    }
    #expect(screen.contains("me: Good evening") && screen.contains(line), "\(screen)")
    #expect(screen.contains("turn 1 · written lines · mood: warm"))
  }

  @Test func `a chat that cannot be saved says so in its status, and once more before it is left`()
    async throws
  {
    let tmux = try await Tmux(
      environment: ["XDG_STATE_HOME": "/proc/nowhere", "HOME": "/proc/nowhere"],
      script: Self.chat + "; echo ended $?")
    #expect(try await tmux.last("me>"))
    try await say("Good evening", tmux, until: "NOT SAVED · turn 1")
    try await say("thanks", tmux, until: "NOT SAVED · turn 2")
    try await tmux.press("C-d")
    let warned = try await tmux.screen {
      $0.last == "me>" && $0.contains { $0.hasPrefix("2 turns are not saved.") }
    }
    #expect(warned.joined(separator: " ").contains("/save FOLDER/NAME.jsonl keeps the chat elsewhere"))
    try await tmux.type("/quit")
    try await tmux.press("Enter")
    #expect(try await tmux.screen { $0.last == "ended 3" }.last == "ended 3")
  }

  @Test func `an unsaved chat that was saved elsewhere is left at once`() async throws {
    let tmux = try await Tmux(
      environment: ["XDG_STATE_HOME": "/proc/nowhere", "HOME": "/proc/nowhere"],
      script: Self.chat + "; echo ended $?")
    #expect(try await tmux.last("me>"))
    try await say("Good evening", tmux, until: "NOT SAVED · turn 1")
    try await say("/save \(tmux.path)/kept.jsonl", tmux, until: "Kept as '")
    #expect(try await tmux.screen().contains("turn 1 · written lines · mood: warm"))
    try await tmux.press("C-d")
    #expect(try await tmux.screen { $0.last == "ended 0" }.last == "ended 0")
    #expect(try tmux.file("kept.jsonl").contains("Good evening"))
  }
}
