import DramatisCompiler

/// Breaks text between words, chunk by chunk as it comes.
///
/// How the text was cut into chunks makes no difference. It must hold no control sequences.
struct WordWrap {
  /// The columns of a row; nil where nothing is broken.
  private let width: Int?
  private let indent: Int
  private var column: Int
  private var needsIndent = false
  /// The last character, which the next chunk may still change.
  private var held = ""
  private var word: [Character] = []
  private var wordWidth = 0
  /// Whether the word has begun on the screen because it is longer than a row.
  private var isCut = false
  private var blanks = ""
  private var output = ""

  /// A row that begins after some columns, and rows below it that are indented.
  init(width: Int?, indent: Int = 0, column: Int = 0) {
    self.width = width.map { max($0, indent + 2) }
    self.indent = indent
    self.column = column
  }

  /// A whole text at once.
  static func wrapped(_ text: String, width: Int?, indent: Int = 0, column: Int = 0) -> String {
    var wrap = WordWrap(width: width, indent: indent, column: column)
    return wrap.push(text) + wrap.finish()
  }

  /// What can be shown with this chunk; a word is held until it is complete.
  mutating func push(_ chunk: String) -> String {
    held += chunk
    guard let last = held.indices.last else { return "" }
    for character in held[..<last] { append(character) }
    held = String(held[last])
    return flush()
  }

  /// The rest.
  mutating func finish() -> String {
    for character in held { append(character) }
    held = ""
    emitWord()
    return flush()
  }

  private mutating func flush() -> String {
    defer { output = "" }
    return output
  }

  private mutating func append(_ character: Character) {
    if character.isNewline {
      emitWord()
      breakRow()
    } else if character.isBlank {
      emitWord()
      blanks.append(character)
    } else {
      appendVisible(character)
    }
  }

  private mutating func appendVisible(_ character: Character) {
    // What only changes the style takes no room.
    guard Emphasis.Mark(rawValue: character) == nil else { return word.append(character) }
    guard !isCut else { return emit(character) }
    if mayBreak(before: character) { emitWord() }
    word.append(character)
    wordWidth += character.displayWidth
    guard let width, wordWidth > width else { return }
    emitWord()
    isCut = true
  }

  /// Between wide characters a row may end, but none begins with a closing mark.
  private func mayBreak(before character: Character) -> Bool {
    guard let last = word.last, !Self.closing.contains(character), !Self.opening.contains(last) else {
      return false
    }
    return last.displayWidth > 1 || character.displayWidth > 1
  }

  private static let closing = Set("、。，．！？：；）］｝」』】〉》〕ー…‥・々.,!?:;)]}'\"’”»")
  private static let opening = Set("（［｛「『【〈《〔([{'\"‘“«")

  private mutating func emitWord() {
    isCut = false
    guard !word.isEmpty else { return }
    let isLong = wordWidth > (width ?? .max) - indent
    if !fits(blanks.displayWidth + (isLong ? 2 : wordWidth)) { breakRow() }
    if needsIndent { write(String(repeating: " ", count: indent), columns: indent) }
    write(blanks, columns: blanks.displayWidth)
    (blanks, needsIndent) = ("", false)
    for character in word { emit(character) }
    (word, wordWidth) = ([], 0)
  }

  /// A word that is longer than a row is broken wherever the row ends.
  private mutating func emit(_ character: Character) {
    let columns = Emphasis.Mark(rawValue: character) == nil ? character.displayWidth : 0
    if !fits(columns) {
      breakRow()
      write(String(repeating: " ", count: indent), columns: indent)
      needsIndent = false
    }
    write(String(character), columns: columns)
  }

  private func fits(_ columns: Int) -> Bool {
    guard let width else { return true }
    return (needsIndent ? indent : column) + columns <= width
  }

  private mutating func write(_ text: String, columns: Int) {
    output += text
    column += columns
  }

  private mutating func breakRow() {
    output += "\n"
    (column, needsIndent, blanks) = (0, true, "")
  }
}

extension Character {
  /// White space at which a row may end; a no-break space and one that carries a mark are none.
  fileprivate var isBlank: Bool {
    isWhitespace && unicodeScalars.count == 1 && self != "\u{A0}" && self != "\u{202F}"
  }
}
