import Foundation
import Testing

/// The chat as somebody sees it who types.
@Suite(.serialized, .enabled(if: Tmux.isThere, "needs tmux"))
struct TerminalTests {
  private static let chat = "\"$DRAMATIS\" chat Profiles/mara.yaml --user me"

  private func tmux(columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]) async throws
    -> Tmux
  {
    let tmux = try await Tmux(columns: columns, rows: rows, environment: environment, script: Self.chat)
    #expect(try await tmux.last("me>"))
    return tmux
  }

  @Test func `arrows, words and ends are moved to, and what is cut comes back`() async throws {
    let tmux = try await tmux()
    try await tmux.type("one two three")
    try await tmux.press("Left", "M-b", "C-k")
    #expect(try await tmux.last("me> one two"))
    try await tmux.press("Home")
    try await tmux.type("X")
    try await tmux.press("C-Right", "C-y", "C-e", "BSpace", "M-BSpace", "C-a", "DC")
    #expect(try await tmux.last("me> onethree"))
    try await tmux.press("C-w", "C-u", "C-e", "C-u")
    #expect(try await tmux.last("me>"))
  }

  @Test func `wide characters and emoji are passed and deleted as one, and the cursor stands where they end`()
    async throws
  {
    let tmux = try await tmux()
    try await tmux.type("日本語👩‍👩‍👧e\u{301}")
    #expect(try await tmux.last("me> 日本語👩‍👩‍👧e\u{301}"))
    try await tmux.press("Left", "BSpace", "Left")
    try await tmux.type("x")
    #expect(try await tmux.last("me> 日本x語e\u{301}"))
    #expect(try await tmux.cursor(inColumn: 9))
  }

  @Test func `a line that is longer than a row is drawn anew when the terminal changes its size`()
    async throws
  {
    let tmux = try await tmux(columns: 40)
    let text = String(repeating: "0123456789", count: 7)
    try await tmux.type(text)
    #expect(try await tmux.screen { $0.last?.count == 34 }.suffix(2).joined() == "me> " + text)
    for columns in [25, 60, 30, 200, 12] {
      try await tmux.run("resize-window", "-x", "\(columns)")
      let rows = stride(from: 0, to: 74, by: columns).map { start in
        String(("me> " + text).dropFirst(start).prefix(columns))
      }
      let screen = try await tmux.screen { Array($0.suffix(rows.count)) == rows }
      #expect(Array(screen.suffix(rows.count)) == rows, "\(columns)")
      #expect(screen.count { $0.hasPrefix("me> 0") } == 1)
    }
  }

  @Test func `pasted lines are one text, and a backslash asks for another line`() async throws {
    let tmux = try await tmux()
    try await tmux.paste("Good evening,\nMara.")
    #expect(try await tmux.screen { $0.last == "… Mara." }.suffix(2) == ["me> Good evening,", "… Mara."])
    try await tmux.type(" And\\")
    try await tmux.press("Enter")
    try await tmux.type("hello.")
    #expect(try await tmux.last("… hello."))
    try await tmux.press("Enter")
    let screen = try await tmux.screen { $0.last == "me>" && $0.contains { $0.hasPrefix("· mood") } }
    #expect(screen.contains("… Mara. And") && screen.contains { $0.hasPrefix("· mood: unactivated → warm") })
  }

  @Test func `what was said is recalled, in the next chat too, and can be searched`() async throws {
    let tmux = try await Tmux(script: "\(Self.chat); clear; \(Self.chat)")
    #expect(try await tmux.last("me>"))
    for line in ["first one", " not kept", "second one"] {
      try await tmux.type(line)
      try await tmux.press("Enter")
      #expect(try await tmux.screen { $0.last == "me>" && $0.contains("me> \(line)") }.last == "me>")
    }
    try await tmux.press("C-d")
    _ = try await tmux.screen { !$0.contains("me> first one") && $0.last == "me>" }
    try await tmux.press("Up")
    #expect(try await tmux.last("me> second one"))
    try await tmux.press("Up", "Up", "Up")
    #expect(try await tmux.last("me> first one"))
    try await tmux.press("C-c", "C-r")
    try await tmux.type("sec")
    #expect(try await tmux.last("search 'sec': second one"))
    try await tmux.press("Home")
    #expect(try await tmux.last("me> second one"))
  }

  @Test func `a tab completes, and a second one shows what there is`() async throws {
    let tmux = try await tmux()
    try await tmux.type("/sta")
    try await tmux.press("Tab")
    #expect(try await tmux.last("me> /state"))
    try await tmux.press("C-u")
    try await tmux.type("/")
    try await tmux.press("Tab", "Tab")
    #expect(
      try await tmux.screen { $0.contains { $0.hasPrefix("/state ") } }.last
        == "me> /")
  }

  @Test func `the commands complete what they take`() async throws {
    let tmux = try await tmux()
    try await tmux.type("/set tr")
    try await tmux.press("Tab")
    try await tmux.type("1")
    #expect(try await tmux.last("me> /set trust=1"))
    try await tmux.press("C-u")
    try await tmux.type("hello")
    try await tmux.press("Enter")
    #expect(
      try await tmux.screen { $0.last == "me>" && $0.contains { $0.hasPrefix("turn 1") } }.last == "me>")
    try await tmux.type("/goto m")
    try await tmux.press("Tab")
    try await tmux.type("|")
    #expect(try await tmux.last("me> /goto main |"))
  }

  @Test func `Ctrl-C clears the line, then warns, then leaves`() async throws {
    let tmux = try await Tmux(script: Self.chat + "; echo ended $?")
    #expect(try await tmux.last("me>"))
    try await tmux.type("never mind")
    #expect(try await tmux.last("me> never mind"))
    try await tmux.press("C-c")
    #expect(try await tmux.last("me>"))
    try await tmux.press("C-c")
    #expect(try await tmux.screen { $0.contains("Press Ctrl-C again to leave.") }.last == "me>")
    try await tmux.type("x")
    try await tmux.press("BSpace", "C-c")
    #expect(try await tmux.screen { $0.count { $0.hasPrefix("Press") } == 2 }.last == "me>")
    try await tmux.press("C-c")
    #expect(try await tmux.last("ended 0"))
  }

  @Test func `hostile sequences on the way in leave the line as it is`() async throws {
    let tmux = try await tmux()
    try await tmux.type("a\u{1B}[99;99Xb\u{1B}]0;title\u{7}c\u{1B}[200~\u{1B}[31mred\u{1B}[201~d\u{1B}")
    #expect(try await tmux.last("me> abcredd"))
  }

  @Test(arguments: ["dumb", ""])
  func `a dumb terminal gets plain lines`(_ kind: String) async throws {
    let tmux = try await tmux(environment: ["TERM": kind])
    try await tmux.type("/state")
    try await tmux.press("Enter")
    #expect(try await tmux.screen { $0.contains("turn: 0") }.contains("me> /state"))
    try await tmux.press("C-d")
  }
}
