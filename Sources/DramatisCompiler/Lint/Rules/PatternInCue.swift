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
    if let (sign, words) = alternatives(in: text) {
      return Diagnostic(
        code, message: "a '\(sign)' in a cue stands for itself", at: node.span,
        label: "only '\(text)' is found",
        help: ["write each as a cue of its own"], edit: split(index, of: list, into: words, in: file))
    }
    guard signs.contains(where: text.contains) || isAnchored(text) || isOptional(text) || hasSlot(text) else {
      return nil
    }
    return Diagnostic(
      code, message: "a cue is no pattern of this kind", at: node.span,
      label: "its signs are looked for as they stand",
      help: [
        "write the words as they are said; a '*' stands for the rest of a word, and ' … ' for up to three words"
      ])
  }

  /// Words that stand for each other between bars or slashes: `yes|yep`, `thanks / thank you`.
  private static func alternatives(in text: String) -> (sign: Character, words: [String])? {
    for sign: Character in ["|", "/"] {
      let words = text.split(separator: sign, omittingEmptySubsequences: false).map(String.init)
      guard words.count > 1, !text.contains("||"), !text.contains("//") else { continue }
      let isSpaced = text.contains(" \(sign) ")
      let areWords = words.allSatisfy { word in
        let letters = word.filter(\.isLetter).count
        return sign == "|" || isSpaced ? letters > 0 : letters > 1 && !pronouns.contains(word.lowercased())
      }
      if areWords { return (sign, words) }
    }
    return nil
  }

  /// Words of which two with a slash between them are said to mean both.
  private static let pronouns: Set<String> = [
    "and", "he", "she", "his", "her", "hers", "him", "they", "them",
  ]

  /// `{name}`, which no cue fills in.
  private static func hasSlot(_ text: String) -> Bool {
    guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else {
      return false
    }
    let name = text[open..<close].dropFirst()
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0 == "_" }
  }

  /// `^hello`, `hello$`, `!hello` and `/hello/`.
  private static func isAnchored(_ text: String) -> Bool {
    guard text.contains(where: \.isLetter), let first = text.first, let last = text.last else { return false }
    let behind = text.reversed().prefix { $0.isLetter }
    let isExpression =
      first == "/" && text.dropLast(behind.count).last == "/" && text.count > behind.count + 2
    let isNegated = first == "!" && text.dropFirst().first?.isLetter == true
    return first == "^" || last == "$" || isNegated || isExpression
      || first == "%" && last == "%"
  }

  /// `colou?r`, `dog(s)`, `gr[ae]y`, `hel+o` and `[Tt]hanks`: a sign between letters that makes some of them optional or many.
  private static func isOptional(_ text: String) -> Bool {
    let characters = Array(text)
    if let close = characters.firstIndex(of: "]"), characters.first == "[", close + 1 < characters.count,
      characters[close + 1].isLetter
    {
      return true
    }
    return characters.indices.dropFirst().dropLast().contains { place in
      guard characters[place - 1].isLetter, characters[place + 1].isLetter else { return false }
      return "?([+".contains(characters[place])
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
