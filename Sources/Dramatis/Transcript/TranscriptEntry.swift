/// Something that a session recorded: it has an identity and a parent, so that every branch can be followed.
public struct TranscriptEntry: Sendable {
  /// What an entry can be.
  package enum Content: Sendable {
    case opening(OpeningEntry)
    case greeting(LineEntry)
    case turn(TurnEntry)
    case change(ChangeEntry)
  }

  /// The number of the entry in its transcript, from 1.
  public let id: Int
  /// The entry that came before it on its branch; 0 where nothing did.
  public let parent: Int
  /// What happened.
  package let content: Content

  package init(id: Int, parent: Int, content: Content) {
    self.id = id
    self.parent = parent
    self.content = content
  }

  /// Whether it is a turn, which undo and retry count.
  public var isTurn: Bool { turn != nil }
  /// The number of the turn on its branch, from 1; nil for an opening, a greeting or a change.
  public var turnNumber: Int? { turn?.number }
  /// The event of the turn; nil for an opening, a greeting or a change.
  public var event: Event? { turn?.event }
  /// What a member of the cast said, as a greeting or in the turn; nil where nobody spoke.
  public var lineText: String? {
    if case .greeting(let line) = content { line.text } else { turn?.line?.text }
  }

  /// The turn that was taken; nil for an opening, a greeting or a change.
  package var turn: TurnEntry? {
    if case .turn(let turn) = content { turn } else { nil }
  }
}

extension TranscriptEntry: Codable {
  private enum Key: String, CodingKey {
    case id, parent, opening, greeting, turn, change
  }

  /// Reads an entry of one of the known kinds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decode(Int.self, forKey: .id)
    parent = try container.decode(Int.self, forKey: .parent)
    if let turn = try container.decodeIfPresent(TurnEntry.self, forKey: .turn) {
      content = .turn(turn)
    } else if let greeting = try container.decodeIfPresent(LineEntry.self, forKey: .greeting) {
      content = .greeting(greeting)
    } else if let opening = try container.decodeIfPresent(OpeningEntry.self, forKey: .opening) {
      content = .opening(opening)
    } else {
      content = .change(try container.decode(ChangeEntry.self, forKey: .change))
    }
  }

  /// Writes the entry under the name of its kind.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(id, forKey: .id)
    try container.encode(parent, forKey: .parent)
    switch content {
    case .opening(let opening): try container.encode(opening, forKey: .opening)
    case .greeting(let greeting): try container.encode(greeting, forKey: .greeting)
    case .turn(let turn): try container.encode(turn, forKey: .turn)
    case .change(let change): try container.encode(change, forKey: .change)
    }
  }
}

/// How a story opened.
package struct OpeningEntry: Hashable, Sendable, Codable {
  package let text: String
}

/// A line as it was spoken.
package struct LineEntry: Hashable, Sendable, Codable {
  package let character: String
  package let text: String
  /// The place of the text among those of the profile's lines; nil for words made for the occasion.
  package let authored: Int?
}

/// Characters who were put elsewhere between two turns.
package struct ChangeEntry: Sendable, Codable {
  package enum Reason: String, Sendable, Codable {
    /// Variables were written.
    case set
    /// A stored snapshot was taken over.
    case resumed
    /// The profiles had changed.
    case migrated
  }

  package let reason: Reason
  /// The programs from here on; nil where they stay the same.
  package let cast: [Program]?
  /// Where everyone stands, in the order of the cast.
  package let after: [NamedSnapshot]
}

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
