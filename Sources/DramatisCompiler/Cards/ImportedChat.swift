import Dramatis
import Synchronization

/// A conversation as SillyTavern keeps it: an object of JSON a line, the first of which tells who speaks.
public struct ImportedChat: Sendable {
  /// Something that was said.
  public struct Message: Hashable, Sendable {
    /// Who says it; nil for what nobody says.
    public let name: String?
    /// Whether the user says it.
    public let isUser: Bool
    /// What is said, and behind it what was said instead and passed over; never empty.
    public let texts: [String]
  }

  /// How the user is called; empty where the file does not say.
  public let user: String
  /// The name of the character; empty where the file does not say.
  public let character: String
  /// The name of the world info that belongs to the chat; nil for none.
  public let world: String?
  /// The messages, the oldest first; those that were hidden there are left out.
  public let messages: [Message]
  /// How many messages were hidden there.
  public let hidden: Int

  /// The most messages that are read.
  public static let maximumMessages = 100_000

  /// Why a file is no chat.
  public struct Problem: Error, Hashable, CustomStringConvertible {
    /// The line, from 1; nil for the whole file.
    public let line: Int?
    /// What is wrong, in a sentence without a full stop.
    public let description: String
  }

  /// Reads the lines of a chat.
  ///
  /// - Complexity: O(n) in the bytes.
  public init(_ bytes: [UInt8]) throws(Problem) {
    var messages: [Message] = []
    var (user, character, world) = ("", "", String?.none)
    var hidden = 0
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where line.contains(where: { $0 > 0x20 }) {
      guard let root = JSONSource(Array(line))?.root, root.members != nil else {
        throw Problem(line: index + 1, description: "this is no object of JSON")
      }
      guard let text = root["mes"]?.string else {
        guard messages.isEmpty, root["user_name"] ?? root["character_name"] ?? root["chat_metadata"] != nil
        else {
          throw Problem(line: index + 1, description: "this is no message: it needs name and mes")
        }
        user = root["user_name"]?.string ?? ""
        character = root["character_name"]?.string ?? ""
        world = root["chat_metadata"]?["world_info"]?.string
        continue
      }
      guard messages.count < Self.maximumMessages else {
        throw Problem(line: nil, description: "more than \(Self.maximumMessages) messages")
      }
      if root["is_system"]?.boolean == true {
        hidden += 1
        continue
      }
      messages.append(Self.message(root, saying: text))
    }
    guard !messages.isEmpty else { throw Problem(line: nil, description: "no message") }
    if user.isEmpty || user == "unused" { user = messages.first(where: \.isUser)?.name ?? user }
    if character.isEmpty || character == "unused" {
      character = messages.first { !$0.isUser }?.name ?? character
    }
    (self.user, self.character, self.world) = (user, character, world)
    (self.messages, self.hidden) = (messages, hidden)
  }

  private static func message(_ root: JSONPart, saying text: String) -> Message {
    var others = (root["swipes"]?.elements ?? []).compactMap(\.string).filter { $0 != text }
    var seen: Set<String> = []
    others = others.filter { !$0.allSatisfy(\.isWhitespace) && seen.insert($0).inserted }
    let name = root["name"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    return Message(name: name, isUser: root["is_user"]?.boolean ?? false, texts: [text] + others)
  }
}

extension ImportedChat {
  /// What an import came to.
  public struct Summary: Hashable, Sendable {
    /// How many turns the session has.
    public var turns = 0
    /// How many further attempts at lines it keeps.
    public var alternatives = 0
    /// How many messages were left out because nothing stands in them, or they are too long.
    public var leftOut = 0
  }

  /// Plays the chat in a new session: the cues of the cast answer what they can, the lines are those of the chat.
  ///
  /// What was said instead of a line and passed over becomes an earlier attempt at its turn.
  ///
  /// - Parameters:
  ///   - cast: The characters; the first one speaks for a character that none of them is called by.
  ///   - seed: Decides all chance of the session.
  ///   - began: When the session begins, for people who read the transcript.
  /// - Returns: The record of the session, and what it came to.
  /// - Throws: ``SessionError`` where the user is called as a character is.
  public func played(
    by cast: [Program], seed: UInt64 = 0, began: String? = nil
  ) async throws -> (transcript: Transcript, summary: Summary) {
    let script = ScriptedLines()
    let session = try Session(
      cast: cast, seed: seed, user: user.isEmpty ? nil : user.oneLine, began: began, performer: script)
    var summary = Summary()
    var pending: Message?
    /// Takes the turn on what was said last, with its answer or without.
    func take(_ answer: (Message, speaker: String)?) async throws {
      let event = pending.map { Event(actor: $0.name?.oneLine, text: $0.texts[0]) } ?? Event(kind: "silence")
      pending = nil
      guard let answer else {
        _ = try await session.respond(to: event, speaker: .nobody)
        summary.turns += 1
        return
      }
      let texts = Array(answer.0.texts.dropFirst()) + [answer.0.texts[0]]
      for (attempt, text) in texts.enumerated() {
        script.next = text
        if attempt == 0 {
          _ = try await session.respond(to: event, speaker: .member(answer.speaker))
        } else {
          _ = try await session.retry(speaker: .member(answer.speaker))
          summary.alternatives += 1
        }
      }
      summary.turns += 1
    }
    for (index, message) in messages.enumerated() {
      guard !message.texts[0].allSatisfy(\.isWhitespace), message.texts.allSatisfy(\.isOfSaneLength) else {
        summary.leftOut += 1
        continue
      }
      let speaker = message.isUser ? nil : speaker(of: message, in: cast)
      if let speaker, index == 0 {
        _ = try await session.greet(as: speaker, saying: message.texts[0])
      } else if let speaker {
        try await take((message, speaker))
      } else {
        if pending != nil { try await take(nil) }
        pending = message
      }
    }
    if pending != nil { try await take(nil) }
    return (await session.transcript, summary)
  }

  /// Who of the cast says a message; nil for somebody who is none of it.
  private func speaker(of message: Message, in cast: [Program]) -> String? {
    guard let name = message.name else { return nil }
    if let known = cast.first(where: { $0.isCalled(name) }) { return known.character }
    return cast.count == 1 && name == character ? cast[0].character : nil
  }
}

extension String {
  fileprivate var isOfSaneLength: Bool { utf8.count <= Event.maximumTextBytes }
}

/// Says what it is told to say next.
private final class ScriptedLines: Performer {
  private let line = Mutex("")

  var next: String {
    get { line.withLock { $0 } }
    set { line.withLock { $0 = newValue } }
  }

  func line(for request: LineRequest) -> SpokenLine? { SpokenLine(next) }
}
