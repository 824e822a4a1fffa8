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
    if let span = diagnostic.span { lines += excerpt(of: span, label: diagnostic.label, behind: gutter) }
    lines += diagnostic.help.map { "\(gutter) = help: \($0.oneLine)" }
    return lines.joined(separator: "\n")
  }

  private func gutterWidth(of diagnostic: Diagnostic) -> Int {
    diagnostic.span.map { "\($0.start.line)".count } ?? 2
  }

  private func place(of diagnostic: Diagnostic) -> String {
    guard let start = diagnostic.span?.start else { return file.name.oneLine }
    return "\(file.name.oneLine):\(start.line):\(start.column)"
  }

  private func excerpt(of span: SourceSpan, label: String?, behind gutter: String) -> [String] {
    let excerpt = SourceExcerpt(of: span, in: file)
    let indent = String(repeating: " ", count: excerpt.indent)
    let marks = String(repeating: "^", count: excerpt.underline)
    return [
      "\(gutter) |",
      excerpt.text.isEmpty ? "\(span.start.line) |" : "\(span.start.line) | \(excerpt.text)",
      "\(gutter) | \(indent)\(marks)\(label.map { " \($0.oneLine)" } ?? "")",
    ]
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
    let marked = Part(file.excerpt(start..<end, keepingEnd: false), columns: Self.markedWidth)
    let before = Part(file.excerpt(line.lowerBound..<start, keepingEnd: true), columns: nil)
    let after = Part(file.excerpt(end..<line.upperBound, keepingEnd: false), columns: nil)
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
    let text: String
    let width: Int
    private let isCut: Bool

    init(_ source: (text: Substring, isCut: Bool), columns: Int?) {
      let clean = String(source.text).oneLine
      let short = columns.map { clean.leading(columns: $0) } ?? clean
      isCut = source.isCut || short.unicodeScalars.count < clean.unicodeScalars.count
      text = isCut && columns != nil ? short.leading(columns: (columns ?? 0) - 1) + "…" : short
      width = text.displayWidth
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
