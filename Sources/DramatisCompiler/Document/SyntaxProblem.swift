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
