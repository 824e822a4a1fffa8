import Dramatis

/// Finds cues that are written as patterns of another language: only their own characters are found.
enum PatternInCue: LintRule {
  static let code = DiagnosticCode(
    "L044", name: "pattern-in-cue", severity: .warning, summary: "A cue is written as a pattern.")
  static let looksAtStories = true
  private static let signs = [
    #"\b"#, #"\w"#, #"\s"#, #"\d"#, "(?", ".*", ".+", "[a-z]", "{{", "${", "{user}", "{char", "<user>",
    "<char>", "||",
    "&&", " OR ", " AND ",
  ]

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.layout.cued.flatMap { [$0.value.cues, $0.value.counterCues] }.flatMap { list -> [Diagnostic] in
      guard let list else { return [] }
      return list.elements.indices.filter { CueElement(list.elements[$0].text) == .phrase }.compactMap {
        diagnostic(on: $0, of: list, in: context.file)
      }
    }
  }

  private static func diagnostic(on index: Int, of list: Node, in file: SourceFile) -> Diagnostic? {
    let node = list.elements[index]
    let text = node.text
    let words = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    if words.count > 1, words.allSatisfy({ $0.contains(where: \.isLetter) }), !text.contains("||") {
      return Diagnostic(
        code, message: "a '|' in a cue stands for itself", at: node.span, label: "only '\(text)' is found",
        help: ["write each as a cue of its own"], edit: split(index, of: list, into: words, in: file))
    }
    guard signs.contains(where: text.contains) || isAnchored(text) || isOptional(text) else { return nil }
    return Diagnostic(
      code, message: "a cue is no pattern of this kind", at: node.span,
      label: "its signs are looked for as they stand",
      help: ["write the words as they are said; a '*' stands for the rest of a word"])
  }

  /// `^hello`, `hello$`, `!hello` and `/hello/`.
  private static func isAnchored(_ text: String) -> Bool {
    guard text.contains(where: \.isLetter), let first = text.first, let last = text.last else { return false }
    let isNegated = first == "!" && text.dropFirst().first?.isLetter == true
    return first == "^" || last == "$" || isNegated || first == "/" && last == "/"
      || first == "%" && last == "%"
  }

  /// `colou?r`, `dog(s)` and `gr[ae]y`: a sign between letters that makes some of them optional.
  private static func isOptional(_ text: String) -> Bool {
    let characters = Array(text)
    return characters.indices.dropFirst().dropLast().contains { place in
      guard characters[place - 1].isLetter, characters[place + 1].isLetter else { return false }
      return "?([".contains(characters[place])
    }
  }

  /// Only where the words stand next to each other as they are written.
  private static func split(_ index: Int, of list: Node, into words: [String], in file: SourceFile)
    -> TextEdit?
  {
    let cues = words.map { YAMLValue.quoted($0.trimmingBlanks).text }
    let node = list.elements[index]
    guard node.span.start.line == node.span.end.line, !node.text.contains(where: { "()[]".contains($0) })
    else { return nil }
    guard case .sequence = list.content else {
      return TextEdit(replacing: list, with: "[\(cues.joined(separator: ", "))]")
    }
    guard !list.isInBrackets(of: file) else {
      return TextEdit(replacing: node, with: cues.joined(separator: ", "))
    }
    let dash = "\n" + String(repeating: " ", count: list.span.start.column - 1) + "- "
    return TextEdit(replacing: node, with: cues.joined(separator: dash))
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
