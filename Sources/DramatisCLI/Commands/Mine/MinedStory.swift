import Dramatis
import DramatisCompiler
import DramatisLLM
import FoundationEssentials

/// What was mined, as a story file.
struct MinedStory {
  /// The most commitments of a story; more go into further ones.
  static let limit = ProfileLimits.standard.declarations

  let title: String
  let triples: [MinedTriple]
  /// The number of the first commitment.
  var first = 1
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
        "  debt_\(first + index):",
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
    // YAML holds no noncharacters, whatever a model says.
    let kept = text.oneLine.unicodeScalars.map { $0.properties.isNoncharacterCodePoint ? "\u{FFFD}" : $0 }
    let bytes =
      (try? encoder.encode(String(String.UnicodeScalarView(kept)))) ?? Data("\"\"".utf8)
    return String(decoding: bytes, as: UTF8.self)
  }
}
