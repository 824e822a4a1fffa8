import DramatisCompiler

/// A terminal that understands what the editor writes, and fails on anything else.
struct VirtualScreen {
  private let columns: Int
  private var rows: [[String]] = [[]]
  private(set) var row = 0
  private(set) var column = 0
  /// The sequences that it did not know.
  private(set) var unknown: [String] = []

  init(columns: Int) {
    self.columns = columns
  }

  /// The rows, without blanks at their ends and without empty rows at the end.
  var lines: [String] {
    let lines = rows.map { cells in
      let end = cells.lastIndex { $0 != " " }.map { $0 + 1 } ?? 0
      return cells[..<end].joined()
    }
    return Array(lines[..<((lines.lastIndex { !$0.isEmpty } ?? -1) + 1)])
  }

  mutating func write(_ output: String) {
    var scalars = Array(output.unicodeScalars)[...]
    var run = ""
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\u{1B}", "\r", "\n":
        print(run)
        run = ""
        control(scalar, &scalars)
      default: run.unicodeScalars.append(scalar)
      }
    }
    print(run)
  }

  private mutating func control(_ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>) {
    switch scalar {
    case "\r": column = 0
    case "\n": goDown()
    default: sequence(&rest)
    }
  }

  private mutating func goDown() {
    row += 1
    if row == rows.count { rows.append([]) }
  }

  private mutating func sequence(_ rest: inout ArraySlice<Unicode.Scalar>) {
    _ = rest.popFirst()
    let parameters = rest.prefix { ("0"..."9").contains($0) }
    rest.removeFirst(parameters.count)
    let number = Int(String(String.UnicodeScalarView(parameters))) ?? 1
    switch rest.popFirst() {
    case "A": row = max(0, row - number)
    case "B": row = min(rows.count - 1, row + number)
    case "K": clearRow()
    case "J":
      clearRow()
      rows.removeSubrange((row + 1)...)
    case "m": break
    case let other: unknown.append("\(number)\(other.map(String.init) ?? "")")
    }
  }

  /// At the right border the cursor stands on the last character, which is what clearing takes.
  private mutating func clearRow() {
    let start = min(column, columns - 1)
    if rows[row].count > start { rows[row].removeSubrange(start...) }
  }

  private mutating func print(_ text: String) {
    for character in text {
      let width = character.displayWidth
      if width > 0, column + width > columns {
        column = 0
        goDown()
      }
      put(character, width)
    }
  }

  private mutating func put(_ character: Character, _ width: Int) {
    guard width > 0 else {
      if column > 0, column <= rows[row].count { rows[row][column - 1].append(character) }
      return
    }
    while rows[row].count < column + width { rows[row].append(" ") }
    rows[row][column] = String(character)
    for extra in 1..<max(2, width) where extra < width { rows[row][column + extra] = "" }
    column += width
  }
}
