extension SyntaxProblem {
  func diagnostic(in file: SourceFile) -> Diagnostic {
    let offset = start(in: file)
    if let tab = tab(inLineOf: offset, of: file) { return tabIndentation(at: file.span(tab..<tab + 1)) }
    let isUnclosed = isUnclosed(in: file)
    return Diagnostic(
      .yamlSyntax, message: SyntaxWording.message(for: self), at: file.span(character(at: offset, in: file)),
      label: isUnclosed ? "this is never closed" : nil,
      help: isUnclosed ? [] : advice(at: offset, in: file) ?? contextHelp(in: file))
  }

  /// A missing ':' or bracket is noticed lines later; what the author must see is its beginning.
  private func start(in file: SourceFile) -> Int {
    if context == "while scanning a simple key" || isUnclosed(in: file) {
      return file.offset(ofScalar: contextStart)
    }
    return noticed(in: file)
  }

  private func noticed(in file: SourceFile) -> Int {
    switch place {
    case .byte(let offset): min(offset, file.bytes.count)
    case .scalar(let number): file.offset(ofScalar: number)
    }
  }

  private func isUnclosed(in file: SourceFile) -> Bool {
    let closable = ["a quoted scalar", "a flow sequence", "a flow mapping"]
    guard let context, noticed(in: file) == file.bytes.count else { return false }
    return closable.contains { context.hasSuffix($0) }
  }

  /// Empty at the end of a line.
  private func character(at offset: Int, in file: SourceFile) -> Range<Int> {
    let line = file.lineRange(file.position(at: offset).line)
    guard offset < line.upperBound else { return offset..<offset }
    return offset..<file.offset(ofScalar: file.scalars(before: offset) + 1)
  }

  private func tab(inLineOf offset: Int, of file: SourceFile) -> Int? {
    let line = file.lineRange(file.position(at: offset).line)
    let indentation = file.bytes[line].prefix { $0 == 0x20 || $0 == 0x09 }
    return indentation.firstIndex(of: 0x09)
  }

  private func tabIndentation(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      .tabIndentation, message: "the line is indented with a tab", at: span, help: ["indent with spaces"])
  }

  private func advice(at offset: Int, in file: SourceFile) -> [String]? {
    if let advice = SyntaxWording.advice[problem] { return [advice] }
    if character != nil { return ["remove it"] }
    guard problem.hasPrefix("did not find"), offset > 0 else { return nil }
    let before = offset < file.bytes.count ? SyntaxWording.adviceBefore[file.bytes[offset]] : nil
    return (SyntaxWording.adviceAfter[file.bytes[offset - 1]] ?? before).map { [$0] }
  }

  private func contextHelp(in file: SourceFile) -> [String] {
    guard let context, let place = SyntaxWording.place(of: context) else { return [] }
    let start = file.position(at: file.offset(ofScalar: contextStart))
    return ["this is in \(place) that starts at line \(start.line), column \(start.column)"]
  }
}
