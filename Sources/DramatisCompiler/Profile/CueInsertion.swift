import Dramatis

/// Adds cues to the questions of a profile; what stands there stays byte for byte.
public struct CueInsertion: Sendable {
  /// The text with what was added.
  public let text: String
  /// Questions to which nothing could be added, since their place in the file cannot be told.
  public let unplaced: [String]

  /// What comes in at a place of the file.
  private struct Piece {
    let offset: Int
    let text: String
  }

  /// Adds cues and counter-cues to questions.
  ///
  /// - Parameters:
  ///   - additions: Phrases by the name of a question.
  ///   - compilation: The profile as it is.
  /// - Complexity: Linear in the file, and it is compiled once more for each question that is changed.
  public init(
    _ additions: [(question: String, cues: [String], counterCues: [String])], to compilation: Compilation
  ) {
    var bytes = compilation.file.bytes
    var unplaced: [String] = []
    for addition in additions {
      let current = Compilation(of: bytes, name: compilation.file.name)
      let changed = Self.pieces(of: addition, in: current).map { Self.inserting($0, into: bytes) }
      guard let changed, Self.holds(addition, in: changed, before: current) else {
        unplaced.append(addition.question)
        continue
      }
      bytes = changed
    }
    text = String(decoding: bytes, as: UTF8.self)
    self.unplaced = unplaced
  }

  /// Whether the file compiles as before, and the question has what was added.
  private static func holds(
    _ addition: (question: String, cues: [String], counterCues: [String]), in bytes: [UInt8],
    before: Compilation
  ) -> Bool {
    guard let program = Compilation(of: bytes, name: before.file.name).program,
      let old = before.program, program.questions.count == old.questions.count,
      let question = program.questions.first(where: { $0.name == addition.question })
    else { return false }
    let cues = Set(question.cues + question.counterCues)
    return (addition.cues + addition.counterCues).allSatisfy(cues.contains)
      && zip(program.questions, old.questions).allSatisfy { $0 == $1 || $0.name == addition.question }
  }

  private static func pieces(
    of addition: (question: String, cues: [String], counterCues: [String]), in compilation: Compilation
  ) -> [Piece]? {
    guard let questions = compilation.root?[\ProfileKeys.questions],
      case .mapping(let entries) = questions.content,
      let entry = entries.first(where: { $0.key.text == addition.question }),
      case .mapping(let keys) = entry.value.content, let last = keys.last
    else { return nil }
    let file = compilation.file
    var pieces: [Piece] = []
    var missing = ""
    let isFlow = file.bytes[entry.value.span.start.offset...].first == UInt8(ascii: "{")
    for (name, node, texts) in [
      ("cues", entry.value[\QuestionKeys.cues], addition.cues),
      ("counter-cues", entry.value[\QuestionKeys.counterCues], addition.counterCues),
    ] where !texts.isEmpty {
      let quoted = texts.map { YAMLValue.quoted($0).text }
      if let node {
        guard let piece = piece(adding: quoted, to: node, in: file) else { return nil }
        pieces += piece
      } else {
        let list = "\(name): [\(quoted.joined(separator: ", "))]"
        missing += isFlow ? ", \(list)" : "\n" + blanks(keys[0].key.span.start.column - 1) + list
      }
    }
    if !missing.isEmpty {
      guard let end = end(of: last.value, in: file) else { return nil }
      // A key of its own begins behind whatever comment the last one has.
      let place = isFlow ? end : file.lineRange(file.position(at: end).line).upperBound
      pieces.append(Piece(offset: place, text: missing))
    }
    return pieces
  }

  /// New elements behind those of a list, in its style; a text that stands alone becomes a list.
  private static func piece(adding quoted: [String], to node: Node, in file: SourceFile) -> [Piece]? {
    switch node.content {
    case .sequence(let elements):
      guard let last = elements.last, let end = end(of: last, in: file) else { return nil }
      if file.bytes[node.span.start.offset...].first == UInt8(ascii: "[") {
        return [Piece(offset: end, text: quoted.map { ", " + $0 }.joined())]
      }
      let dash = "\n" + blanks(node.span.start.column - 1) + "- "
      let place = file.lineRange(file.position(at: end).line).upperBound
      return [Piece(offset: place, text: quoted.map { dash + $0 }.joined())]
    case .scalar(let scalar):
      guard [.plain, .doubleQuoted, .singleQuoted].contains(scalar.style),
        scalar.style != .plain || !scalar.text.contains(where: { ",[]{}:#".contains($0) })
      else { return nil }
      return [
        Piece(offset: scalar.span.start.offset, text: "["),
        Piece(offset: scalar.span.end.offset, text: quoted.map { ", " + $0 }.joined() + "]"),
      ]
    case .mapping: return nil
    }
  }

  /// Where the text of a value ends; nil where that is not plain to see.
  ///
  /// No deeper than a document nests.
  private static func end(of node: Node, in file: SourceFile) -> Int? {
    let first = file.bytes[node.span.start.offset...].first
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") { return node.span.end.offset }
    switch node.content {
    case .scalar(let scalar):
      return [.literal, .folded].contains(scalar.style) ? nil : scalar.span.end.offset
    case .sequence(let elements): return elements.last.flatMap { end(of: $0, in: file) }
    case .mapping(let entries): return entries.last.flatMap { end(of: $0.value, in: file) }
    }
  }

  private static func inserting(_ pieces: [Piece], into bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for piece in pieces.sorted(by: { $0.offset > $1.offset }) {
      result.insert(contentsOf: Array(piece.text.utf8), at: piece.offset)
    }
    return result
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}
