/// Something that a session recorded: it has an identity and a parent, so that every branch can be followed.
public struct TranscriptEntry: Sendable {
  /// What an entry can be.
  enum Content: Sendable {
    case opening(OpeningEntry)
    case greeting(LineEntry)
    case turn(TurnEntry)
    case change(ChangeEntry)
  }

  /// The number of the entry in its transcript, from 1.
  public let id: Int
  /// The entry that came before it on its branch; 0 where nothing did.
  public let parent: Int
  /// When it was recorded, as the session's clock has it; nothing that happens reads it, and nil where there is no clock.
  public let at: String?
  /// What happened.
  let content: Content

  init(id: Int, parent: Int, at time: String? = nil, content: Content) {
    self.id = id
    self.parent = parent
    at = time
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

  /// Who said it; nil where nobody spoke.
  public var lineSpeaker: String? {
    if case .greeting(let line) = content { line.character } else { turn?.line?.character }
  }

  /// Why the line of the turn ends before its end; nil where it is whole.
  public var lineCut: LineCut? { turn?.line?.cut }

  /// How a story opened; nil for anything else.
  package var opening: String? {
    if case .opening(let opening) = content { opening.text } else { nil }
  }

  /// The turn that was taken; nil for an opening, a greeting or a change.
  var turn: TurnEntry? {
    if case .turn(let turn) = content { turn } else { nil }
  }
}

extension TranscriptEntry: Codable {
  private enum Key: String, CodingKey {
    case id, parent, at, opening, greeting, turn, change
  }

  /// Reads an entry of one of the known kinds.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    id = try container.decode(Int.self, forKey: .id)
    parent = try container.decode(Int.self, forKey: .parent)
    at = try container.decodeIfPresent(String.self, forKey: .at)
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
    try container.encodeIfPresent(at, forKey: .at)
    switch content {
    case .opening(let opening): try container.encode(opening, forKey: .opening)
    case .greeting(let greeting): try container.encode(greeting, forKey: .greeting)
    case .turn(let turn): try container.encode(turn, forKey: .turn)
    case .change(let change): try container.encode(change, forKey: .change)
    }
  }
}

/// How a story opened.
struct OpeningEntry: Hashable, Sendable, Codable {
  let text: String
}

/// A line as it was spoken.
struct LineEntry: Hashable, Sendable, Codable {
  let character: String
  let text: String
  /// The place of the text among those of the profile's lines; nil for words made for the occasion.
  let authored: Int?
  /// Why it ends before its end; nil where it is whole.
  let cut: LineCut?
  /// What a model wrote besides; nil for nothing.
  let leftOut: [String]?
  /// What is wrong with it; nil for nothing.
  let flaws: [LineFlaw]?

  init(character: String, _ spoken: SpokenLine) {
    self.character = character
    text = spoken.text
    authored = spoken.authored
    cut = spoken.cut
    leftOut = spoken.leftOut.isEmpty ? nil : spoken.leftOut
    flaws = spoken.flaws.isEmpty ? nil : spoken.flaws
  }

  /// The line without who says it.
  var spoken: SpokenLine {
    SpokenLine(text, authored: authored, cut: cut, leftOut: leftOut ?? [], flaws: flaws ?? [])
  }
}

/// Characters who were put elsewhere between two turns.
struct ChangeEntry: Sendable, Codable {
  enum Reason: String, Sendable, Codable {
    /// Variables were written.
    case set
    /// A stored snapshot was taken over.
    case resumed
    /// The profiles had changed.
    case migrated
    /// Somebody is to say nothing unasked, or to speak again.
    case muted
  }

  let reason: Reason
  /// The programs from here on; nil where they stay the same.
  let cast: [Program]?
  /// Where everyone stands, in the order of the cast.
  let after: [NamedSnapshot]
  /// Who says nothing unasked from here on; nil where that stays as it is.
  var muted: [String]?
}

/// A turn by names instead of indices: the event, and what it did to everyone in the cast.
struct TurnEntry: Sendable, Codable {
  let number: Int
  let event: Event
  /// Who said the event as a line, and has stepped on it already; nil for any other event.
  let said: String?
  /// How many lines had been made for this event before.
  let attempt: Int
  /// In the order of the cast.
  let characters: [CharacterEntry]
  let line: LineEntry?
  /// In which direction the line was to go; nil for nowhere in particular.
  let directions: [Direction]?
}

/// What a turn did to one character.
struct CharacterEntry: Sendable, Codable {
  let character: String
  let before: NamedSnapshot
  let after: NamedSnapshot
  /// How the event was taken; nil for who said it.
  let event: StepEntry?
  /// How the character's own line was taken.
  let line: StepEntry?
  /// How another member's line was taken, in records by the second rules and later ones.
  let heard: StepEntry?
  /// What the turn added in answer to standing questions; nil for nothing.
  let kept: [MemoryNote]?
  /// The summary of what the character perceived first, as the turn made it anew; nil where it did not.
  let past: KeptPast?
}

/// The questions of a step, and what it came to.
struct StepEntry: Sendable, Codable {
  let rounds: [[String]]
  let answers: [AnswerEntry]
  let grounding: GroundingEntry
}

/// An answer, with the name or the exact text of its question.
struct AnswerEntry: Sendable, Codable {
  let question: String
  /// How many questions of the same text come before it, where they are not shared; nil for none.
  let copy: Int?
  let answer: Answer
  let source: String
}

/// A grounding by names.
struct GroundingEntry: Sendable, Codable {
  struct Fired: Sendable, Codable {
    let machine, from, to: String
    /// The index of the transition in its machine; nil where a belief moved.
    let transition: Int?
  }

  struct Statement: Sendable, Codable {
    let topic, text: String
  }

  struct Moved: Sendable, Codable {
    let name: String
    let kind: CommitmentChange.Kind
    let because: String
  }

  let role: Role?
  let fired: [Fired]
  let statements: [Statement]
  let distributions: [String: [String: Double]]
  /// What became of commitments; nil where nothing did.
  let commitments: [Moved]?
  /// The names of those that the line had to pay; nil for none.
  let due: [String]?
}
