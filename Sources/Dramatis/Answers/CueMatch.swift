/// A place in a text where a cue of a question was found, and what that counts for.
public struct CueMatch: Hashable, Sendable, Codable {
  /// What a match counts for.
  public enum Meaning: String, Hashable, Sendable, Codable, CaseIterable {
    /// A cue: yes.
    case yes
    /// A counter-cue: no.
    case no
    /// A cue in the scope of a negation: no.
    case denied
    /// A counter-cue in the scope of a negation: nothing.
    case deniedCounter = "denied-counter"
    /// A longer match of the same question lies over it: nothing.
    case covered
    /// Said by somebody else, and the question does not count that: nothing.
    case reported
    /// In the part of the text that the question does not look at: nothing.
    case elsewhere
  }

  /// The cue or counter-cue, as it is written.
  public let cue: String
  /// The words of the text, folded.
  public let found: String
  /// What they count for.
  public let meaning: Meaning
  /// The word that denies it, folded; nil where none does.
  public let negation: String?
}

extension CueDiscriminator {
  /// What the cues of a question met in a scene, in the order of the text; takes time in proportion to it.
  public func matches(of question: Question, in scene: Scene) -> [CueMatch] {
    guard let number = number(of: question) else { return [] }
    let cues = question.cues + question.counterCues
    let (findings, reading) = findings(in: scene, reach: question.reach)
    return (findings[number] ?? []).filter { cues.indices.contains($0.cue) }.map { finding in
      CueMatch(
        cue: cues[finding.cue], found: reading?.text(of: finding.place.range) ?? "",
        meaning: finding.meaning, negation: reading?.negation(of: finding))
    }
  }
}
