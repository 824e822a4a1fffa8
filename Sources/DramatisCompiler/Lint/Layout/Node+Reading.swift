/// Reading a document whose shape has been checked.
extension Node {
  /// The entries of a mapping; none of anything else.
  var entries: [MappingEntry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  /// The elements of a list; anything else counts as a list of itself, nothing as an empty one.
  var elements: [Node] {
    if case .sequence(let nodes) = content { return nodes }
    return isNull ? [] : [self]
  }

  var isMapping: Bool {
    if case .mapping = content { true } else { false }
  }

  /// The questions of a profile or of a story.
  var questions: [MappingEntry] {
    (self[\ProfileKeys.questions] ?? self[\StoryKeys.questions])?.entries ?? []
  }

  /// The commitments of a profile or of a story.
  var commitments: [MappingEntry] {
    (self[\ProfileKeys.commitments] ?? self[\StoryKeys.commitments])?.entries ?? []
  }

  /// The cues of a question, a foreshadow or a payoff.
  var cues: Node? { self[\QuestionKeys.cues] ?? self[\BeatKeys.cues] }

  /// The counter-cues of a question, a foreshadow or a payoff.
  var counterCues: Node? { self[\QuestionKeys.counterCues] ?? self[\BeatKeys.counterCues] }

  /// Whether a gate has a statement in one of its branches, however deep.
  var leadsToStatement: Bool {
    [self[\GateKeys.then], self[\GateKeys.else], self[\GateKeys.unknown]].contains { branch in
      branch?.elements.contains { !$0.isMapping || $0.leadsToStatement } ?? false
    }
  }
}
