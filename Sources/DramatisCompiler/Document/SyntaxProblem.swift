import CYAML

/// Why libyaml gave up.
struct SyntaxProblem: Error {
  enum Place {
    case scalar(Int)
    case byte(Int)
  }

  let problem: String
  let place: Place
  /// The character that the input may not hold.
  let character: UInt32?
  let context: String?
  /// Where the context began, in Unicode scalars.
  let contextStart: Int

  init(_ parser: yaml_parser_t) {
    let isReader = parser.error == YAML_READER_ERROR
    problem = parser.problem.map { String(cString: $0) } ?? "there is not enough memory"
    place = isReader ? .byte(parser.problem_offset) : .scalar(parser.problem_mark.index)
    character = isReader ? UInt32(exactly: parser.problem_value) : nil
    context = parser.context.map { String(cString: $0) }
    contextStart = parser.context_mark.index
  }
}

extension SyntaxProblem {
  func diagnostic(in file: SourceFile) -> Diagnostic {
    let offset = start(in: file)
    if let tab = tab(inLineOf: offset, of: file) { return tabIndentation(at: file.span(tab..<tab + 1)) }
    if let told = SyntaxCulprit(of: self, noticedAt: noticed(in: file), in: file).diagnostic { return told }
    let isUnclosed = isUnclosed(in: file)
    return Diagnostic(
      .yamlSyntax, message: SyntaxWording.message(for: self), at: file.span(character(at: offset, in: file)),
      label: isUnclosed ? "this is never closed" : nil,
      help: isUnclosed ? [] : advice(at: offset, in: file) ?? [],
      marks: isUnclosed ? [] : contextMark(in: file).map { [$0] } ?? [])
  }

  /// A missing ':' or bracket is noticed lines later; what the author must see is its beginning.
  private func start(in file: SourceFile) -> Int {
    if context == "while scanning a simple key" || isUnclosed(in: file) {
      return file.offset(ofScalar: contextStart)
    }
    return noticed(in: file)
  }

  /// Where libyaml gave up.
  func noticed(in file: SourceFile) -> Int {
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
    if let list = listOfCues(at: offset, in: file) { return ["put a list of cues in quotes: \"\(list)\""] }
    if let advice = SyntaxWording.advice[problem] { return [advice] }
    if character != nil { return ["remove it"] }
    guard problem.hasPrefix("did not find"), offset > 0 else { return nil }
    let before = offset < file.bytes.count ? SyntaxWording.adviceBefore[file.bytes[offset]] : nil
    return (SyntaxWording.adviceAfter[file.bytes[offset - 1]] ?? before).map { [$0] }
  }

  /// `@thank` as a cue, which no value without quotes can begin with.
  private func listOfCues(at offset: Int, in file: SourceFile) -> String? {
    guard problem == "found character that cannot start any token",
      let colon = file.bytes[..<offset].lastIndex(of: UInt8(ascii: ":")),
      file.bytes[..<colon].suffix(4).elementsEqual("cues".utf8)
    else { return nil }
    let rest = file.bytes[offset..<max(offset, file.lineRange(file.position(at: offset).line).upperBound)]
    let end = rest.firstIndex { ",]}# \t".utf8.contains($0) } ?? rest.endIndex
    let word = String(decoding: rest[..<end], as: UTF8.self)
    return word.hasPrefix("@") && word.dropFirst().first?.isLetter == true ? word : nil
  }

  /// Where the list or the mapping begins in which it happened; nothing for what begins with the file.
  private func contextMark(in file: SourceFile) -> Diagnostic.Mark? {
    guard let context, let place = SyntaxWording.place(of: context) else { return nil }
    let offset = file.offset(ofScalar: contextStart)
    guard file.position(at: offset).column > 1, offset < start(in: file) else { return nil }
    return Diagnostic.Mark(file.span(character(at: offset, in: file)), "\(place) begins here")
  }
}

/// libyaml's phrases in the words of a profile's author.
private enum SyntaxWording {
  static func message(for problem: SyntaxProblem) -> String {
    if let character = problem.character { return controlCharacter(character) }
    return exact[problem.problem] ?? reworded(problem.problem)
  }

  /// What to do about some problems, by libyaml's phrase.
  static let advice: [String: String] = [
    "mapping values are not allowed in this context":
      "put quotes around text that contains ': ', or indent the key like its neighbours",
    "could not find expected ':'": "write 'key: value', and indent text below its key",
    "found character that cannot start any token": "put quotes around text that begins with it",
    "found unknown escape character": "write '\\\\' for a backslash, or use single quotes",
    "did not find expected alphabetic or numeric character":
      "put quotes around text that begins with '&' or '*'",
  ]

  /// What to do about a character that cannot go on where it stands.
  static let adviceBefore: [UInt8: String] = [
    UInt8(ascii: "["): "put quotes around text or a condition that contains '['",
    UInt8(ascii: "{"): "put quotes around text or a condition that contains '{'",
    UInt8(ascii: ":"): "put quotes around text that contains ': '",
  ]

  /// What to do if the text goes on behind a closing quote or bracket.
  static let adviceAfter: [UInt8: String] = [
    UInt8(ascii: "}"): "put quotes around text that begins with '{'",
    UInt8(ascii: "]"): "put quotes around text that begins with '['",
    UInt8(ascii: "'"): "inside single quotes, write '' for a single quote",
    UInt8(ascii: "\""): "inside double quotes, write \\\" for a double quote",
  ]

  /// Nil if the context tells nothing.
  static func place(of context: String) -> String? {
    let words = context.split(separator: " ")
    guard words.first == "while", words.count > 2, words[2] != "for" else { return nil }
    return replaced(words.dropFirst(2).joined(separator: " "))
  }

  private static let exact = [
    "mapping values are not allowed in this context": "a ':' is not allowed here",
    "mapping keys are not allowed in this context": "a key is not allowed here",
    "block sequence entries are not allowed in this context": "a list item is not allowed here",
    "could not find expected ':'": "no ':' follows this key",
    "found character that cannot start any token": "a value cannot begin with this character",
    "found unexpected end of stream": "the file ends before the closing quote",
    "found unknown escape character": "unknown escape sequence",
    "did not find expected alphabetic or numeric character": "expected a name of letters and digits",
    "found unexpected document indicator": "a new document begins before the closing quote",
    "did not find expected hexdecimal number": "expected hexadecimal digits",
    "did not find expected key": "expected a key",
    "did not find expected node content": "expected a value",
    "did not find expected <document start>": "expected the end of the file or '---'",
    "did not find expected '-' indicator": "expected a list item that begins with '-'",
  ]

  private static func reworded(_ problem: String) -> String {
    let start = "did not find expected "
    return replaced(problem.hasPrefix(start) ? "expected " + problem.dropFirst(start.count) : problem)
  }

  private static func replaced(_ phrase: String) -> String {
    names.first { $0.yaml == phrase }?.plain
      ?? phrase.split(separator: " ").map { $0 == "intendation" ? "indentation" : $0 }.joined(separator: " ")
  }

  private static let names: [(yaml: String, plain: String)] = [
    ("a block mapping", "the mapping"), ("a flow mapping", "the mapping in braces"),
    ("a block collection", "the list"), ("a flow sequence", "the list in brackets"),
    ("a block node", "the value"), ("a flow node", "the value"), ("a quoted scalar", "the quoted text"),
    ("a plain scalar", "the text"), ("a block scalar", "the block of text"),
    ("an anchor", "the anchor"), ("an alias", "the alias"), ("a tag", "the tag"),
  ]

  private static func controlCharacter(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    return "the control character U+\(padding)\(digits) is not allowed"
  }
}
