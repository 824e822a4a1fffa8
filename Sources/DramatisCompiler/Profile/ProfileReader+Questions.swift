import Dramatis

extension ProfileReader {
  mutating func readQuestions(_ node: Node?) {
    for entry in entries(node, "questions", limit: limits.questions) {
      guard let fields = fields(entry.value, "a question", ProfileKeys.question, span: entry.key.span) else {
        resolver.names.refuse(entry.key.text)
        continue
      }
      guard declare(entry.key, .question(resolver.names.questions.count)) else { continue }
      _ = resolver.names.add(
        Question(
          name: entry.key.text, text: requiredText(fields, "ask") ?? "", cues: cues(fields["cues"]),
          counterCues: cues(fields["counter-cues"]),
          reach: word(fields["over"], "newest or scene") ?? .newest,
          otherwise: word(fields["otherwise"], "yes, no or unknown", as: Truth.self).map { Answer($0) }))
    }
  }

  mutating func cues(_ node: Node?) -> [String] {
    texts(node).filter { isCue($0) }.map(\.text)
  }

  private mutating func isCue(_ node: Node) -> Bool {
    do {
      _ = try Phrase(parsing: node.text)
      return true
    } catch {
      let offset = node.text.unicodeScalars.prefix(error.offset).reduce(0) { $0 + UTF8.width($1) }
      let place = node.scalar.map { file.span(of: offset..<offset, in: $0) } ?? node.span
      report(.badCue, message: error.fault.message, at: place, help: [error.fault.help])
      return false
    }
  }
}

extension PhraseError.Fault {
  fileprivate var message: String {
    switch self {
    case .empty: "this cue is empty"
    case .misplacedStar: "a '*' stands only at the end of a cue"
    case .nothingToMatch: "this cue has no letter, digit or symbol to match"
    }
  }

  fileprivate var help: String {
    switch self {
    case .empty, .nothingToMatch: "give it a word"
    case .misplacedStar: "'cheat*' matches every word that begins with 'cheat'"
    }
  }
}
