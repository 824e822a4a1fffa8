import DramatisCompiler

/// How a prompt and a text lie in the rows of a screen.
struct EditorLayout: Equatable {
  /// One row; the text holds the colours too, the width does not count them.
  struct Row: Equatable {
    var text = ""
    var width = 0
  }

  private(set) var rows: [Row] = [Row()]
  /// The row of the cursor.
  private(set) var cursorRow = 0
  /// The part of the row that stands left of the cursor.
  private(set) var head = Row()
  private let columns: Int

  /// Begins the rows after a line break in the text.
  static let continuation = "… "

  /// Lays out; a row that is full is followed by an empty one where the cursor comes after it.
  init(prompt: String, style: Style, text: [Character], cursor: Int, columns: Int) {
    self.columns = max(Self.continuation.count + 2, columns)
    begin(with: prompt.fitted(to: max(1, self.columns / 2)), styled: style.bold)
    for (index, character) in text.enumerated() {
      if index > 0, text[index - 1].isWhitespace, !character.isWhitespace {
        breakRow(before: text[index...].prefix { !$0.isWhitespace })
      }
      if index == cursor { place(before: character.isNewline ? 1 : max(1, character.displayWidth)) }
      if character.isNewline {
        rows.append(Row())
        begin(with: Self.continuation, styled: style.dim)
      } else {
        append(character)
      }
    }
    if cursor >= text.count { place(before: 1) }
  }

  private mutating func begin(with mark: String, styled: (String) -> String) {
    rows[rows.count - 1] = Row(text: styled(mark), width: mark.displayWidth)
  }

  /// A mark without a letter is shown on a circle, so that it does not join the character before it.
  private mutating func append(_ character: Character) {
    let isVisible = character.displayWidth > 0
    let width = isVisible ? character.displayWidth : 1
    makeRoom(for: width)
    rows[rows.count - 1].text += isVisible ? String(character) : "◌\(character)"
    rows[rows.count - 1].width += width
  }

  /// A word that does not fit goes to the next row, if that holds it.
  private mutating func breakRow(before word: ArraySlice<Character>) {
    let used = rows[rows.count - 1].width
    var width = 0
    for character in word {
      width += max(1, character.displayWidth)
      guard width <= columns else { return }
    }
    if used > 0, used + width > columns { rows.append(Row()) }
  }

  private mutating func makeRoom(for width: Int) {
    let used = rows[rows.count - 1].width
    if used > 0, used + width > columns { rows.append(Row()) }
  }

  private mutating func place(before width: Int) {
    makeRoom(for: width)
    (cursorRow, head) = (rows.count - 1, rows[rows.count - 1])
  }

  /// The rows around the cursor that a screen of some height can show.
  func cropped(to height: Int) -> EditorLayout {
    guard rows.count > height else { return self }
    var cropped = self
    let start = max(0, cursorRow - (height - 1))
    cropped.rows = Array(rows[start..<min(rows.count, start + height)])
    cropped.cursorRow -= start
    return cropped
  }
}

extension EditorLayout {
  /// Nothing is on the screen yet.
  static let blank = EditorLayout()

  private init() {
    columns = 1
    rows = []
  }

  /// How far the cursor is from the first row once a screen of other columns has broken the rows anew.
  func rowsAboveCursor(columns: Int) -> Int {
    let above = rows.prefix(cursorRow).map { max(1, ($0.width + columns - 1) / columns) }
    return above.reduce(0, +) + head.width / columns
  }
}
