/// Prints diagnostics with an excerpt of the source.
package struct DiagnosticRenderer {
  package let file: SourceFile

  package init(file: SourceFile) {
    self.file = file
  }

  /// Several lines, without a break at the end.
  package func text(_ diagnostic: Diagnostic) -> String {
    let gutter = String(repeating: " ", count: gutterWidth(of: diagnostic))
    var lines = [
      "\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: \(diagnostic.message.oneLine)",
      "\(gutter)--> \(place(of: diagnostic))",
    ]
    if let span = diagnostic.span { lines += excerpts(of: diagnostic, at: span, behind: gutter) }
    lines += diagnostic.help.map { "\(gutter) = help: \($0.oneLine)" }
    return lines.joined(separator: "\n")
  }

  private func gutterWidth(of diagnostic: Diagnostic) -> Int {
    guard let span = diagnostic.span else { return 2 }
    return ([span] + diagnostic.marks.map(\.span)).map { "\($0.start.line)".count }.max() ?? 2
  }

  private func place(of diagnostic: Diagnostic) -> String {
    guard let start = diagnostic.span?.start else { return file.name.oneLine }
    return "\(file.name.oneLine):\(start.line):\(start.column)"
  }

  /// The place of the mistake and the others, in the order of the file.
  private func excerpts(of diagnostic: Diagnostic, at span: SourceSpan, behind gutter: String) -> [String] {
    let places =
      [(span: span, label: diagnostic.label, mark: Character("^"))]
      + diagnostic.marks.map { ($0.span, $0.label, "-") }
    var lines = ["\(gutter) |"]
    var last: (line: Int, text: String)?
    for place in places.sorted(by: { $0.span.start < $1.span.start }) {
      let excerpt = SourceExcerpt(of: place.span, in: file)
      let number = place.span.start.line
      if let last, number > last.line + 1 { lines.append("...") }
      if last?.line != number || last?.text != excerpt.text {
        let start = "\(number)".padded(to: gutter.count) + " |"
        lines.append(excerpt.text.isEmpty ? start : "\(start) \(excerpt.text)")
      }
      last = (number, excerpt.text)
      let indent = String(repeating: " ", count: excerpt.indent)
      let marks = String(repeating: place.mark, count: excerpt.underline)
      lines.append("\(gutter) | \(indent)\(marks)\(place.label.map { " \($0.oneLine)" } ?? "")")
    }
    return lines
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    String(repeating: " ", count: Swift.max(0, width - count)) + self
  }
}

/// The printable part of a source line around a span.
struct SourceExcerpt {
  static let width = 100
  static let markedWidth = 60
  /// No more bytes than these are looked at on each side; a column rarely takes more than four.
  static let reach = 512

  let text: String
  /// The columns before the underline.
  let indent: Int
  /// The columns to underline, at least one.
  let underline: Int

  init(of span: SourceSpan, in file: SourceFile) {
    let line = file.lineRange(span.start.line)
    let start = span.start.offset.clamped(to: line)
    let end = max(start, span.end.offset.clamped(to: line))
    let marked = Part(file.excerpt(start..<end, keepingEnd: false), columns: Self.markedWidth, .marked)
    let before = Part(file.excerpt(line.lowerBound..<start, keepingEnd: true), columns: nil, .before)
    let after = Part(file.excerpt(end..<line.upperBound, keepingEnd: false), columns: nil, .after)
    let room = Room(before: before.width, marked: marked.width, after: after.width)
    let left = before.ending(in: room.before)
    text = left + marked.text + after.beginning(in: room.after)
    indent = left.displayWidth
    underline = max(1, marked.width)
  }
}

extension SourceExcerpt {
  /// The columns left and right of the marked text.
  struct Room {
    let before: Int
    let after: Int

    init(before: Int, marked: Int, after: Int) {
      let rest = SourceExcerpt.width - marked
      self.before = min(before, max(rest / 2, rest - after))
      self.after = min(after, rest - self.before)
    }
  }

  /// Cleaned text that knows whether some of it was left out.
  struct Part {
    /// Where it stands, which decides what of it is escaped since nobody could see it.
    enum Role { case before, marked, after }

    let text: String
    let width: Int
    private let isCut: Bool

    init(_ source: (text: Substring, isCut: Bool), columns: Int?, _ role: Role) {
      let clean = Self.escaped(source.text, role).oneLine
      let short = columns.map { clean.leading(columns: $0) } ?? clean
      isCut = source.isCut || short.unicodeScalars.count < clean.unicodeScalars.count
      text = isCut && columns != nil ? short.leading(columns: (columns ?? 0) - 1) + "…" : short
      width = text.displayWidth
    }

    /// Blanks of other scripts are usual inside a text; those that take no room are not, and neither are those of an
    /// indentation.
    private static func escaped(_ text: Substring, _ role: Role) -> String {
      let noRoom = { (scalar: Unicode.Scalar) in scalar.isOddBlank && scalar.columns == 0 }
      switch role {
      case .marked where text.unicodeScalars.count == 1: return text.escaping { $0.invisibleName != nil }
      case .marked: return text.escaping(\.isOddBlank)
      case .after: return text.escaping(noRoom)
      case .before:
        let indent = text.prefix { $0.isWhitespace }
        return indent.escaping(\.isOddBlank) + text[indent.endIndex...].escaping(noRoom)
      }
    }

    func beginning(in columns: Int) -> String {
      if width <= columns, !isCut { return text }
      return text.leading(columns: columns - 1) + "…"
    }

    func ending(in columns: Int) -> String {
      if width <= columns, !isCut { return text }
      return "…" + text.trailing(columns: columns - 1)
    }
  }
}

extension SourceFile {
  /// The start or the end of a range, whole if it is short.
  fileprivate func excerpt(_ range: Range<Int>, keepingEnd: Bool) -> (text: Substring, isCut: Bool) {
    let length = min(range.count, SourceExcerpt.reach)
    var start = keepingEnd ? range.upperBound - length : range.lowerBound
    var end = start + length
    while start < end, !bytes[start].startsScalar { start += 1 }
    while end < range.upperBound, end > start, !bytes[end].startsScalar { end -= 1 }
    let isCut = end - start < range.count
    return (Substring(decoding: bytes[start..<end], as: UTF8.self), isCut)
  }
}

extension Int {
  fileprivate func clamped(to range: Range<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}
