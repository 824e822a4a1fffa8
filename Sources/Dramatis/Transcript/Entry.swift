/// Something that a session recorded: it has an identity and a parent, so that every branch can be followed.
public struct Entry: Sendable {
  /// The number of the entry in its transcript, from 1.
  public let id: Int
  /// The entry that came before it on its branch; 0 where nothing did.
  public let parent: Int
  /// What happened.
  package let content: EntryContent

  package init(id: Int, parent: Int, content: EntryContent) {
    self.id = id
    self.parent = parent
    self.content = content
  }

  /// Whether it is a turn, which undo and retry count.
  public var isTurn: Bool { turn != nil }

  /// The turn that was taken; nil for an opening, a greeting or a change.
  package var turn: TurnEntry? {
    if case .turn(let turn) = content { turn } else { nil }
  }
}

/// What an entry can be.
package enum EntryContent: Sendable {
  case opening(OpeningEntry)
  case greeting(LineEntry)
  case turn(TurnEntry)
  case change(ChangeEntry)
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

extension Entry: Codable {
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
