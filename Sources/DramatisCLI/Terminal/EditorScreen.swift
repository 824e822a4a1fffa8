import DramatisCompiler

/// Draws a line editor, and remembers what it drew so that the next drawing is small.
///
/// Rows are ended explicitly, never by the terminal's own wrapping. The cursor is placed by printing what stands left of
/// it once more: terminals disagree about the width of emoji, and so they put it where they show it.
struct EditorScreen {
  let prompt: String
  let style: Style
  private(set) var size: ScreenSize
  private var drawn = EditorLayout.blank

  init(prompt: String, style: Style, size: ScreenSize) {
    self.prompt = prompt
    self.style = style
    self.size = size
  }

  /// What to write so that the terminal shows the editor.
  mutating func draw(_ editor: LineEditor) -> String {
    let layout = EditorLayout(
      prompt: editor.search.map(Self.searchPrompt) ?? prompt, style: style, text: editor.text,
      cursor: editor.cursor, columns: size.columns
    ).cropped(to: size.rows)
    defer { drawn = layout }
    return change(to: layout)
  }

  private static func searchPrompt(_ search: HistorySearch) -> String {
    "\(search.hasFailed ? "not found" : "search") '\(search.query)': "
  }

  /// Removes the editor from the screen; the cursor stands where it began.
  mutating func erase() -> String {
    defer { drawn = .blank }
    return drawn.rows.isEmpty ? "" : up(drawn.cursorRow) + "\r\u{1B}[J"
  }

  /// Leaves the text on the screen and goes below it.
  mutating func finish(_ editor: LineEditor) -> String {
    var ended = editor
    ended.cursor = ended.text.count
    ended.search = nil
    defer { drawn = .blank }
    return draw(ended) + "\n"
  }

  /// The screen was cleared, or somebody else wrote on it.
  mutating func forget() {
    drawn = .blank
  }

  /// Removes what was drawn from a screen that has another size now.
  ///
  /// Most terminals break the rows anew when they get narrower, and so the first row has moved away.
  mutating func resize(to size: ScreenSize) -> String {
    defer { drawn = .blank }
    self.size = size
    guard !drawn.rows.isEmpty else { return "" }
    return up(min(drawn.rowsAboveCursor(columns: size.columns), size.rows - 1)) + "\r\u{1B}[J"
  }

  private func change(to layout: EditorLayout) -> String {
    let (old, new) = (drawn.rows, layout.rows)
    let same = zip(old, new).prefix { $0 == $1 }.count
    var output = ""
    var row = drawn.cursorRow
    if same < max(old.count, new.count) {
      let start = min(same, new.count - 1, max(0, old.count - 1))
      output += vertical(from: row, to: start) + redraw(new[start...]) + clearBelow(old.count > new.count)
      row = new.count - 1
    }
    return output + vertical(from: row, to: layout.cursorRow) + "\r" + layout.head.text
  }

  private func redraw(_ rows: ArraySlice<EditorLayout.Row>) -> String {
    rows.map { "\r" + $0.text + ($0.width < size.columns ? "\u{1B}[K" : "") }.joined(separator: "\r\n")
  }

  /// What is below is cleared from there, since clearing at the end of a full row would take its last character.
  private func clearBelow(_ isNeeded: Bool) -> String {
    isNeeded ? "\r\n\u{1B}[J" + up(1) : ""
  }

  private func vertical(from: Int, to: Int) -> String {
    to < from ? up(from - to) : to > from ? "\u{1B}[\(to - from)B" : ""
  }

  private func up(_ count: Int) -> String {
    count > 0 ? "\u{1B}[\(count)A" : ""
  }
}

/// Candidates in columns, read downwards.
struct CandidateList {
  static let gap = 2

  let candidates: [String]
  /// The rows that may be used; what does not fit is counted.
  let maximumRows: Int

  func rows(columns: Int) -> [String] {
    let longest = max(1, columns - Self.gap)
    let cut = candidates.map { $0.fitted(to: longest) }
    let cell = (cut.map(\.displayWidth).max() ?? 0) + Self.gap
    let perRow = max(1, (columns + Self.gap) / cell)
    let shown = cut.prefix(perRow * max(1, maximumRows))
    let count = (shown.count + perRow - 1) / perRow
    let rows = (0..<count).map { row in
      let cells = stride(from: row, to: shown.count, by: count).map { shown[$0].padded(to: cell) }
      return cells.joined().trimmingEnd
    }
    let left = cut.count - shown.count
    return left > 0 ? rows + ["… and \(left) more".fitted(to: columns)] : rows
  }
}

extension String {
  /// The text itself, or its start with an ellipsis, within some columns.
  func fitted(to columns: Int) -> String {
    displayWidth <= columns ? self : columns < 1 ? "" : leading(columns: columns - 1) + "…"
  }

  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - displayWidth))
  }

  fileprivate var trimmingEnd: String {
    lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
  }
}
