import Dramatis

/// Finds cues that can never change the answer.
///
/// A cue in which a counter-cue stands matches only together with it, which is unknown; one in which another cue of the
/// question stands adds nothing.
enum UselessCue: LintRule {
  static let code = DiagnosticCode.uselessCue
  /// How many cues of one question are compared with each other.
  private static let most = 200

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.layout.cued.flatMap { entry -> [Diagnostic] in
      let cues = (entry.value["cues"]?.elements ?? []).prefix(most).compactMap(Cue.init)
      let counterCues = (entry.value["counter-cues"]?.elements ?? []).prefix(most).compactMap(Cue.init)
      return cues.indices.compactMap { index in
        let cue = cues[index]
        if let counter = counterCues.first(where: { $0.stands(in: cue) }) {
          return diagnostic(
            cue, "this cue can never answer yes", "the counter-cue \(counter.node.text.quoted) stands in it")
        }
        let others = cues.indices.lazy.filter { $0 != index && cues[$0].stands(in: cue) }
        // Of two that match the same, the first may stay.
        guard let other = others.first(where: { $0 < index || !cue.stands(in: cues[$0]) }) else { return nil }
        let removal = entry.value["cues"].flatMap {
          ElementRemoval(file: context.file).edit(removing: index, from: $0)
        }
        return diagnostic(
          cue, "this cue changes nothing", "\(cues[other].node.text.quoted) matches wherever it does", removal
        )
      }
    }
  }

  private static func diagnostic(
    _ cue: Cue, _ message: String, _ label: String, _ edit: Edit? = nil
  ) -> Diagnostic {
    Diagnostic(code, message, at: cue.node.span, label: label, help: ["remove it"], edit: edit)
  }

  private struct Cue {
    let node: Node
    let phrase: Phrase
    private let bytes: [UInt8]

    init?(_ node: Node) {
      guard let phrase = try? Phrase(parsing: node.text) else { return nil }
      self.node = node
      self.phrase = phrase
      bytes = Array(phrase.text.utf8)
    }

    /// Whether it matches wherever another does; where that goes on, it must not matter how.
    func stands(in other: Cue) -> Bool {
      guard other.bytes.contains(bytes) else { return false }
      let matcher = PhraseMatcher(phrases: [phrase])
      let texts = [other.phrase.text] + (other.phrase.isPrefix ? [other.phrase.text + "x"] : [])
      return texts.allSatisfy { matcher.matches(in: $0) == [true] }
    }
  }
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool {
    guard let first = part.first, part.count <= count else { return false }
    return (0...(count - part.count)).contains { start in
      self[start] == first && self[start..<(start + part.count)].elementsEqual(part)
    }
  }
}
