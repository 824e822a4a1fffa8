/// libyaml's phrases in the words of a profile's author.
enum SyntaxWording {
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
