import Dramatis

/// Finds cues that a cue with a star of another question finds as well, so that one word answers both.
///
/// Only a word that the star completes counts: a longer cue that begins alike is told apart by what follows.
enum CoveredCue: LintRule {
  static let code = DiagnosticCode(
    "L046", name: "covered-cue", severity: .warning, summary: "A cue that one of another question covers.")
  static let looksAtStories = true
  /// How many cues of a file are compared.
  private static let most = 2000

  private struct Cue {
    let node: Node
    let phrase: Phrase
    let entry: Int
  }

  static func check(_ context: LintContext) -> [Diagnostic] {
    check(context.layout.questions, called: "question")
      + check(context.layout.beats, called: "part of a commitment")
  }

  private static func check(_ entries: [MappingEntry], called: String) -> [Diagnostic] {
    let all = entries.enumerated().flatMap { index, entry in
      (entry.value.cues?.writtenCues ?? []).compactMap { node -> Cue? in
        guard let phrase = try? Phrase(parsing: node.text),
          !phrase.text.contains(where: { "*… ".contains($0) })
        else {
          return nil
        }
        return Cue(node: node, phrase: phrase, entry: index)
      }
    }.prefix(most)
    let stars = all.filter { $0.phrase.isPrefix && $0.node.text.filter { $0 == "*" }.count == 1 }
    guard !stars.isEmpty else { return [] }
    return all.compactMap { cue in
      let star = stars.first { star in
        star.entry != cue.entry && star.phrase != cue.phrase && cue.phrase.text.hasPrefix(star.phrase.text)
      }
      guard let star, !cue.node.text.hasPrefix("*") else { return nil }
      return Diagnostic(
        code, message: "'\(star.node.text)' of another \(called) finds this cue, too", at: cue.node.span,
        help: ["keep it where it belongs, or write the words of the other out"],
        marks: [Diagnostic.Mark(star.node.span, "a cue of '\(entries[star.entry].key.text)'")])
    }
  }
}
