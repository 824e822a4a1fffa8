import Dramatis
import DramatisCompiler
import DramatisLLM
import FoundationEssentials

/// What was mined, as a story file.
struct MinedStory {
  let title: String
  let triples: [MinedTriple]
  /// The profiles of the cast, relative to the story.
  let cast: [String]
  /// Who owns everything; nil for the first of the cast.
  let owner: String?

  /// The profile that stands for whoever tells the story, where no other is given.
  static let narrator = """
    dramatis: 1
    character: Narrator
    summary: Tells the story.
    relevant: "true"
    lines: [The story goes on.]

    """

  var yaml: String {
    var lines = [
      "story: 1", "title: \(quoted(title))", "cast: [\(cast.map(quoted).joined(separator: ", "))]",
    ]
    lines.append(triples.isEmpty ? "commitments: {}" : "commitments:")
    for (index, triple) in triples.enumerated() {
      let ask = "ask(\(triple.trigger.oneLine.conditionQuoted))"
      lines += [
        "  debt_\(index + 1):",
        "    source: sentences \(triple.foreshadowSentence) and \(triple.payoffSentence)",
        "    foreshadow: \(quoted(triple.foreshadow))", "    trigger: \(quoted(ask))",
        "    payoff: \(quoted(triple.payoff))",
      ]
      if let owner { lines.append("    owner: \(quoted(owner))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A text as a double-quoted scalar, for which JSON's escapes do.
  private func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    let bytes = (try? encoder.encode(text.oneLine)) ?? Data("\"\"".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}
