import Dramatis
import DramatisLLM

/// Atomic facts of a part of the source, each with the words that say it.
struct FactsForm: CodifyForm {
  /// The most facts of all parts.
  static let most = 60

  let stage = CodifyStage.facts
  let source: CodifySource
  /// The facts of the parts before.
  let known: [CodifiedFact]
  /// Whether the character is still to be named.
  let isFirst: Bool

  var task: String {
    let who =
      source.name.map { "The character is \($0)." } ?? "The character is whoever the text is mainly about."
    let head =
      isFirst
      ? """
       First the character: its name as the text has it, aliases, how it talks, and where and when it is.
      """ : ""
    return """
      \(who)\(head) Then list the facts about the character, one atomic fact each: the words of the source that say it, \
      copied letter by letter (5 to 25 words), and the fact as a sentence that names the character. Kinds: constant (always \
      so), reaction (to what somebody does), dynamic (what changes, and what changes it), relation (to a person), secret, \
      backstory, forbidden (never does or says), format (how a reply should look: boxes, word limits). Leave out what is \
      not about the character\(known.isEmpty ? "" : ", and what is listed above"). At most \(Self.most / 2).
      """
  }

  var schema: JSONValue {
    let facts: JSONValue = .listed(
      .record([
        "quote": .anyText, "kind": .oneOf(CodifiedFact.Kind.allCases.map(\.rawValue)), "text": .anyText,
      ]), most: Self.most / 2)
    guard isFirst else { return .record(["facts": facts]) }
    return .record([
      "character": .record([
        "name": .anyText, "aliases?": .listed(.anyText, most: 6), "voice?": .anyText, "setting?": .anyText,
      ]), "facts": facts,
    ])
  }

  func read(_ value: JSONValue, into draft: inout Draft) -> [String] {
    var problems: [String] = []
    if isFirst { readCharacter(value["character"], into: &draft, problems: &problems) }
    let found = value.parts("facts", most: Self.most / 2)
    if found.isEmpty, known.isEmpty { problems.append("facts: there are none") }
    var seen = Set(draft.facts.map { $0.text.folded() })
    for (number, part) in found.enumerated() where draft.facts.count < Self.most {
      guard let quote = part.said("quote"), let text = part.said("text") else {
        problems.append("fact \(number + 1): 'quote' or 'text' is missing")
        continue
      }
      guard let place = source.find(quote) else {
        problems.append("fact \(number + 1): these words are not in the source: “\(quote.prefix(120))”")
        continue
      }
      guard seen.insert(text.folded()).inserted else { continue }
      let kind = part.said("kind").flatMap { CodifiedFact.Kind(rawValue: $0.lowercased()) } ?? .constant
      draft.facts.append(
        CodifiedFact(
          id: "f\(draft.facts.count + 1)", kind: kind, quote: place.words, line: place.line, text: text))
    }
    return problems
  }

  private func readCharacter(_ value: JSONValue?, into draft: inout Draft, problems: inout [String]) {
    let said = value?.said("name")
    if let name = source.name {
      draft.name = String(name.prefix(100))
    } else if let said, said.count <= 100, source.find(said) != nil {
      draft.name = said
    } else {
      problems.append("character: the name '\(said ?? "")' is not in the source")
    }
    let aliases = value?.saidTexts("aliases", most: 6) ?? []
    draft.aliases = aliases.filter {
      $0.folded() != draft.name.folded() && $0.count <= 100 && source.find($0) != nil
    }
    draft.voice = value?.said("voice") ?? ""
    draft.setting = value?.said("setting") ?? ""
  }
}
