import Dramatis

extension ProfileReader {
  mutating func readLines(_ node: Node?) -> [AuthoredLine] {
    items(node).compactMap { line($0) }
  }

  /// A text alone is a line that always fits.
  private mutating func line(_ node: Node) -> AuthoredLine? {
    if node.scalar != nil {
      return text(node, "a line").map { _ in
        AuthoredLine(condition: nil, statement: nil, texts: [slots(node)])
      }
    }
    guard let fields = fields(node, "a line", ProfileKeys.line) else { return nil }
    if fields["say"] == nil { missing("say", fields) }
    if let say = fields.entry("say"), items(say.value).isEmpty {
      report(.nothingThere, message: "this line says nothing", at: say.key.span, help: ["give it a text"])
    }
    return AuthoredLine(
      condition: fields["when"].flatMap { condition($0) },
      statement: fields["statement"].flatMap { statementIndex($0) },
      texts: texts(fields["say"]).map { slots($0) })
  }

  private mutating func statementIndex(_ node: Node) -> Int? {
    guard !isFull, let wanted = text(node, "a statement") else { return nil }
    if let index = statementsByText[Array(wanted.utf8)] { return index }
    report(
      .unknownStatement, message: "no statement under behavior reads like this", at: node.span,
      help: [
        nearestStatement(wanted)
          ?? "copy the statement as it stands, or give it an anchor: - &name … and here *name"
      ])
    return nil
  }

  private func nearestStatement(_ wanted: String) -> String? {
    resolver.names.suggestion(wanted, among: statements).map { "did you mean '\($0)'?" }
  }

  mutating func readExamples(_ node: Node?) -> [Example] {
    items(node).compactMap { item in
      guard let fields = fields(item, "an example", ProfileKeys.example) else { return nil }
      guard let event = requiredText(fields, "event"), let line = requiredText(fields, "line") else {
        return nil
      }
      return Example(event: event, line: line)
    }
  }

  /// A text with its slots resolved; `{{` and `}}` stand for braces.
  mutating func slots(_ node: Node) -> LineText {
    guard !isFull, let scalar = node.scalar else { return LineText(pieces: []) }
    var parser = SlotParser(scalar.text, names: resolver.names)
    let text = parser.parse()
    for problem in parser.problems { report(problem, in: scalar) }
    return text
  }
}
