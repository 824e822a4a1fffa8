import DramatisCompiler
import TestSupport
import Testing

@testable import DramatisCLI

@Suite struct EditorScreenTests {
  private func screen(_ columns: Int, rows: Int = 24, prompt: String = "me> ") -> EditorScreen {
    EditorScreen(
      prompt: prompt, style: Style(hasColour: true), size: ScreenSize(columns: columns, rows: rows))
  }

  private func editor(_ text: String, _ keys: Key...) -> LineEditor {
    var editor = LineEditor()
    for key in [.paste(text)] + keys { _ = editor.apply(key) }
    return editor
  }

  private static let layouts: [(String, Int, [String], Int, Int)] = [
    ("abc", 10, ["me> abc"], 0, 7), ("abcdef", 10, ["me> abcdef"], 1, 0),
    ("abcdefg", 10, ["me> abcdef", "g"], 1, 1),
    ("abcde日", 10, ["me> abcde", "日"], 1, 2), ("a\nb", 10, ["me> a", "… b"], 1, 3),
    ("abcdef\ng", 10, ["me> abcdef", "… g"], 1, 3), ("", 10, ["me>"], 0, 4), ("👩‍🚀👍🏽é", 10, ["me> 👩‍🚀👍🏽é"], 0, 9),
  ]

  @Test(arguments: layouts)
  func `a wide character is never split and a full row puts the cursor on the next`(
    text: String, columns: Int, lines: [String], row: Int, column: Int
  ) {
    var terminal = VirtualScreen(columns: columns)
    var screen = screen(columns)
    terminal.write(screen.draw(editor(text)))
    #expect(terminal.lines == lines)
    #expect(terminal.row == row && terminal.column == column)
  }

  @Test func `a text that is higher than the screen shows the rows up to the cursor`() {
    var terminal = VirtualScreen(columns: 20)
    var screen = screen(20, rows: 3)
    terminal.write(screen.draw(editor("a\nb\nc\nd")))
    #expect(terminal.lines == ["… b", "… c", "… d"])
    terminal.write(screen.draw(editor("a\nb\nc\nd", .up, .up, .up)))
    #expect(terminal.lines == ["me> a", "… b", "… c"])
    #expect(terminal.row == 0)
  }

  @Test func `a long prompt leaves half of the row`() {
    var terminal = VirtualScreen(columns: 20)
    var screen = screen(20, prompt: "a name without an end> ")
    terminal.write(screen.draw(editor("abc")))
    #expect(terminal.lines == ["a name wi…abc"])
  }

  @Test func `erasing leaves nothing, finishing leaves the text and goes below it`() {
    var terminal = VirtualScreen(columns: 10)
    var screen = screen(10)
    terminal.write(screen.draw(editor("abcdefgh", .move(.lineStart))) + screen.erase())
    #expect(terminal.lines.isEmpty && terminal.row == 0)
    let ended = editor("abcdefgh", .move(.lineStart))
    terminal.write(screen.draw(ended) + screen.finish(ended) + "\rbelow")
    #expect(terminal.lines == ["me> abcdef", "gh", "below"])
  }

  @Test func `typing at the end of a long text rewrites one row`() {
    var screen = screen(40)
    let text = String(repeating: "word ", count: 60)
    _ = screen.draw(editor(text))
    #expect(screen.draw(editor(text + "x")).utf8.count < 100)
  }

  @Test func `a narrower screen has moved the first row up by the rows that were broken`() {
    var screen = screen(40)
    _ = screen.draw(editor(String(repeating: "x", count: 60)))
    #expect(screen.resize(to: ScreenSize(columns: 20, rows: 24)).hasPrefix("\u{1B}[3A\r\u{1B}[J"))
    #expect(screen.resize(to: ScreenSize(columns: 30, rows: 24)).isEmpty)
  }

  private static let pieces = [
    "a", "word ", "日本", "👩‍👩‍👧", "e\u{301}", "\u{301}", "👍🏽", "🇩🇪", "\u{200D}", "\u{FE0F}", "❤️", "\n", "\\",
    "xxxxxxxxxxxx", "ｆ",
  ]
  private static let keys: [Key] =
    Movement.allCases.flatMap { [.move($0), .erase($0), .kill($0)] } + [
      .up, .down, .yank, .transpose, .tab, .enter, .newline, .search, .cancel, .endOrDelete, .interrupt,
    ]

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `after any keys the cursor is in the text, and small drawings show what a whole one does`(seed: UInt64)
  {
    var random = SeededGenerator(seed: seed)
    let (columns, rows) = (Int.random(in: 4...40, using: &random), Int.random(in: 1...8, using: &random))
    var editor = LineEditor(
      history: ["one", "two\nthree 日本語 four"], completer: .init(commands: ["/a"], names: ["worm"]))
    var (drawing, terminal) = (screen(columns, rows: rows), VirtualScreen(columns: columns))
    for _ in 0..<120 {
      let piece = Self.pieces.randomElement(using: &random) ?? ""
      let key = Bool.random(using: &random) ? Key.text(piece) : Self.keys.randomElement(using: &random) ?? .up
      _ = editor.apply(key)
      #expect((0...editor.text.count).contains(editor.cursor) && Array(editor.line) == editor.text)
      terminal.write(drawing.draw(editor))
      var (whole, fresh) = (screen(columns, rows: rows), VirtualScreen(columns: columns))
      fresh.write(whole.draw(editor))
      #expect(terminal.lines == fresh.lines, "\(key)")
      #expect(terminal.row == fresh.row && terminal.column == fresh.column && terminal.unknown.isEmpty)
      #expect(terminal.lines.allSatisfy { $0.displayWidth <= columns })
    }
  }
}
