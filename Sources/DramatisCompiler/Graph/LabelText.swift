/// Texts from a profile as they stand in a drawing.
extension String {
  /// On one line, and without what no drawing can hold.
  var drawable: String {
    let kept = oneLine.unicodeScalars.map { $0.properties.isNoncharacterCodePoint ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(kept))
  }

  /// The label broken into lines that take no more than some columns; words that are too long are split.
  package func labelLines(columns: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in drawable.split(separator: " ") {
      var rest = String(word)
      if line.isEmpty {
        line = rest
      } else if line.displayWidth + 1 + rest.displayWidth <= columns {
        line += " " + rest
      } else {
        lines.append(line)
        line = rest
      }
      while line.displayWidth > columns {
        rest = line
        line = String(String.UnicodeScalarView(rest.unicodeScalars.dropFirst(rest.scalars(filling: columns))))
        lines.append(
          String(String.UnicodeScalarView(rest.unicodeScalars.prefix(rest.scalars(filling: columns)))))
      }
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  /// How many scalars fill some columns, one at least.
  private func scalars(filling columns: Int) -> Int {
    max(leading(columns: columns).unicodeScalars.count, 1)
  }
}

extension [String] {
  /// The lines of all paragraphs.
  func labelLines(columns: Int) -> [String] { flatMap { $0.labelLines(columns: columns) } }
}
