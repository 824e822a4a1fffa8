/// What somebody did at the keyboard.
enum Key: Equatable, Sendable {
  case text(String)
  /// Text between the marks of a bracketed paste; its line breaks send nothing.
  case paste(String)
  case move(Movement)
  /// Removes what lies between the cursor and where a movement leads.
  case erase(Movement)
  /// Removes it and keeps it for `yank`.
  case kill(Movement)
  case yank
  case transpose
  case up
  case down
  case enter
  case newline
  case tab
  case search
  /// Ctrl-D: the end of input on an empty line, otherwise it deletes.
  case endOrDelete
  case interrupt
  case clearScreen
  /// A lone escape or Ctrl-G.
  case cancel
}

/// Where a cursor can go within a line.
enum Movement: Equatable, Sendable, CaseIterable {
  case left
  case right
  case wordLeft
  case wordRight
  /// To the start of what is not white space.
  case blankLeft
  case lineStart
  case lineEnd
}
