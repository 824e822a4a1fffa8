/// A turn by names instead of indices: the event, and what it did to everyone in the cast.
package struct TurnEntry: Sendable, Codable {
  package let number: Int
  package let event: Event
  /// Who said the event as a line, and has stepped on it already; nil for any other event.
  package let said: String?
  /// How many lines had been made for this event before.
  package let attempt: Int
  /// In the order of the cast.
  package let characters: [CharacterEntry]
  package let line: LineEntry?
}

/// What a turn did to one character.
package struct CharacterEntry: Sendable, Codable {
  package let character: String
  package let before: NamedSnapshot
  package let after: NamedSnapshot
  /// How the event was taken; nil for who said it.
  package let event: StepEntry?
  /// How the character's own line was taken.
  package let line: StepEntry?
}

/// The questions of a step, and what it came to.
package struct StepEntry: Sendable, Codable {
  package let rounds: [[String]]
  package let answers: [AnswerEntry]
  package let grounding: GroundingEntry
}

/// An answer, with the name or the exact text of its question.
package struct AnswerEntry: Sendable, Codable {
  package let question: String
  /// How many questions of the same text come before it, where they are not shared; nil for none.
  package let copy: Int?
  package let answer: Answer
  package let source: String
}

/// A grounding by names.
package struct GroundingEntry: Sendable, Codable {
  package struct Fired: Sendable, Codable {
    package let machine, from, to: String
    /// The index of the transition in its machine; nil where a belief moved.
    package let transition: Int?
  }

  package struct Statement: Sendable, Codable {
    package let topic, text: String
  }

  package struct Moved: Sendable, Codable {
    package let name: String
    package let kind: CommitmentChange.Kind
    package let because: String
  }

  package let role: Role?
  package let fired: [Fired]
  package let statements: [Statement]
  package let distributions: [String: [String: Double]]
  /// What became of commitments; nil where nothing did.
  package let commitments: [Moved]?
  /// The names of those that the line had to pay; nil for none.
  package let due: [String]?
}
