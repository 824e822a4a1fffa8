import Dramatis

/// Finds cues that can never change the answer.
///
/// A cue that is a counter-cue too is both at once, which is unknown; one in which another cue of the question stands adds
/// nothing, unless a counter-cue beside it is what it has to outweigh, or it denies by itself what the other would see denied.
enum UselessCue: LintRule {
  static let code = DiagnosticCode(
    "L012", name: "useless-cue", severity: .warning, summary: "A cue that can never change the answer.")
  static let looksAtStories = true
  /// How many cues of one question are compared with each other.
  private static let most = 200

  static func check(_ context: LintContext) -> [Diagnostic] {
    context.layout.cued.flatMap { entry -> [Diagnostic] in
      let cues = (entry.value.cues?.writtenCues ?? []).prefix(most).compactMap(Cue.init)
      let counterCues = (entry.value.counterCues?.writtenCues ?? []).prefix(most).compactMap(Cue.init)
      guard Set(cues.map(\.phrase)).count < cues.count || Cue.anyMayStand(in: cues, of: cues + counterCues)
      else {
        return []
      }
      let standing = standing(in: cues, of: cues)
      return cues.indices.compactMap { index in
        let cue = cues[index]
        if let counter = counterCues.first(where: { $0.phrase == cue.phrase }) {
          return diagnostic(
            on: cue, message: "this cue can never answer yes",
            label: "\(counter.node.text.quoted) is a counter-cue as well")
        }
        if let same = cues[..<index].first(where: { $0.phrase == cue.phrase }) {
          return diagnostic(
            on: cue, message: "this cue changes nothing", label: "\(same.node.text.quoted) is the same",
            edit: entry.value.cues.flatMap { TextEdit(removing: index, from: $0, in: context.file) })
        }
        guard cue.phrase.isOnePiece, !cue.phrase.denies,
          !counterCues.contains(where: { $0.sharesWord(with: cue) })
        else { return nil }
        let others = cues.indices.lazy.filter { $0 != index && standing[index][$0] }
        // Of two that match the same, the first may stay.
        guard let other = others.first(where: { $0 < index || !standing[$0][index] }) else { return nil }
        let removal = entry.value.cues.flatMap { list in
          list.elements.firstIndex { $0.span == cue.node.span }
            .flatMap { TextEdit(removing: $0, from: list, in: context.file) }
        }
        return diagnostic(
          on: cue, message: "this cue changes nothing",
          label: "\(cues[other].node.text.quoted) matches wherever it does", edit: removal
        )
      }
    }
  }

  /// For each of some cues, which of others match wherever it does; where it goes on, it must not matter how.
  private static func standing(in cues: [Cue], of others: [Cue]) -> [[Bool]] {
    let matcher = PhraseMatcher(phrases: others.map(\.phrase))
    return cues.map { cue in
      let text = cue.phrase.text
      let spellings =
        (cue.phrase.isSuffix ? [text, "x" + text] : [text]).flatMap {
          cue.phrase.isPrefix ? [$0, $0 + "x"] : [$0]
        }
      return spellings.map(matcher.matches(in:)).reduce(Array(repeating: true, count: others.count)) {
        zip($0, $1).map { $0 && $1 }
      }
    }
  }

  private static func diagnostic(
    on cue: Cue, message: String, label: String, edit: TextEdit? = nil
  ) -> Diagnostic {
    Diagnostic(code, message: message, at: cue.node.span, label: label, help: ["remove it"], edit: edit)
  }

  private struct Cue {
    let node: Node
    let phrase: Phrase

    init?(_ node: Node) {
      guard let phrase = try? Phrase(parsing: node.text) else { return nil }
      self.node = node
      self.phrase = phrase
    }

    /// Whether both might lie over one word of a text; a star might stand for any.
    func sharesWord(with other: Cue) -> Bool {
      let all = [phrase, other.phrase]
      if !phrase.isOnePiece || all.contains(where: { $0.isPrefix || $0.isSuffix }) {
        return all.allSatisfy { $0.isOnePiece }
          ? phrase.words.contains { word in
            other.phrase.words.contains { $0.hasPrefix(word) || word.hasPrefix($0) }
          }
          : true
      }
      return phrase.words.contains(where: other.phrase.words.contains)
    }

    /// Whether any of some cues might match wherever one of others does; where it is dear to know, it might.
    ///
    /// In most questions none does, and a matcher is dear to make.
    static func anyMayStand(in cues: [Cue], of others: [Cue]) -> Bool {
      guard others.count <= few else { return true }
      return cues.indices.contains { index in
        others.indices.contains { $0 != index && others[$0].mayStand(in: cues[index]) }
      }
    }

    private static let few = 12

    /// Folded ASCII compares byte by byte.
    private func mayStand(in other: Cue) -> Bool {
      let (text, whole) = (phrase.text.utf8, other.phrase.text.utf8)
      guard text.allSatisfy({ $0 < 0x80 }), whole.allSatisfy({ $0 < 0x80 }) else { return true }
      guard let first = text.first, text.count <= whole.count else { return false }
      return whole.indices.contains { whole[$0] == first && whole[$0...].starts(with: text) }
    }
  }
}
