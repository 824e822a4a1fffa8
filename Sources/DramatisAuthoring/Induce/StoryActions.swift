import Dramatis
import DramatisLLM

/// Something that happens in a story.
public struct StoryAction: Hashable, Sendable {
  /// Who does it, `Environment` where nobody does.
  public let characters: [String]
  /// What is done or said.
  public let text: String
  /// How it stands in a scene; with its speaker where the text alone does not say who speaks.
  public let shown: String
  /// The chapter in which it happens.
  public let chapter: String

  /// Makes an action.
  public init(by characters: [String], _ text: String, shown: String? = nil, chapter: String = "") {
    self.characters = characters
    self.text = text
    self.shown = shown ?? text
    self.chapter = chapter
  }

  /// What a line of a dialogue is as an action.
  static func line(of speaker: String, _ text: String, chapter: String) -> StoryAction {
    StoryAction(by: [speaker], text, shown: "\(speaker): \(text)", chapter: chapter)
  }
}

/// The actions of a work in their order, from whichever file they come.
public struct StoryActions: Hashable, Sendable {
  /// What the work is called.
  public let work: String
  /// Everything that happens.
  public let actions: [StoryAction]

  /// Makes a work.
  public init(work: String, _ actions: [StoryAction]) {
    self.work = work
    self.actions = actions
  }

  /// Who nobody is, in the published series.
  public static let environment = "Environment"
  /// How many actions a scene holds.
  public static let window = 10

  /// The scene-action pairs: one for each character that acts, in the order of the story.
  ///
  /// - Parameter crossesChapters: Whether a scene goes on from the end of the chapter before, as the published code lets it.
  public func pairs(crossesChapters: Bool = false) -> [ScenePair] {
    var start = 0
    var pairs: [ScenePair] = []
    for (index, action) in actions.enumerated() {
      if index > 0, !crossesChapters, actions[index - 1].chapter != action.chapter { start = index }
      let before = actions[max(start, index - Self.window)..<index]
      let acting = action.characters.filter { $0 != Self.environment }.uniqued
      let present = (before.flatMap(\.characters) + acting).filter { $0 != Self.environment }.uniqued
      for character in acting {
        let place = action.chapter.isEmpty ? "\(index)" : "\(action.chapter) \(index)"
        pairs.append(
          ScenePair(
            id: "\(work.isEmpty ? "" : work + " ")\(place) \(character)", work: work, chapter: action.chapter,
            index: index, character: character, scene: before.map(\.shown).joined(separator: "\n"),
            action: action.text, previous: before.last?.characters ?? [], present: present))
      }
    }
    return pairs
  }
}

extension StoryActions {
  /// Reads a published series: a JSON object of titles with lists of `{action, character | characters}`, or lines of JSON
  /// with one such action each and its `chapter`; a chat of SillyTavern in lines of JSON; the transcript of a session.
  ///
  /// - Throws: ``PairError`` for a file that is none of these, with the line where there is one.
  /// - Complexity: Linear in the file.
  public init(_ bytes: [UInt8], work: String) throws(PairError) {
    if Transcript.isTranscript(bytes) {
      self.init(work: work, try Self.transcript(bytes))
    } else if let whole = try? JSONValue(parsing: bytes), let actions = Self.series(whole) {
      self.init(work: work, actions)
    } else {
      self.init(work: work, try Self.lines(bytes))
    }
    guard !actions.isEmpty else { throw PairError(line: nil, message: "there is no action in it") }
  }

  /// Whether bytes begin as JSON does; anything else is prose.
  public static func isJSON(_ bytes: [UInt8]) -> Bool {
    bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) } == UInt8(ascii: "{")
  }

  private static func series(_ value: JSONValue) -> [StoryAction]? {
    guard case .object(let titles) = value, !titles.isEmpty else { return nil }
    var actions: [StoryAction] = []
    for title in titles {
      guard let elements = title.value.elements else { return nil }
      for element in elements {
        guard let action = action(element, chapter: title.name) else { return nil }
        actions.append(action)
      }
    }
    return actions
  }

  private static func action(_ value: JSONValue, chapter: String) -> StoryAction? {
    guard let text = value["action"]?.text, !text.isBlank,
      let characters = (value["characters"] ?? value["character"])?.texts
    else { return nil }
    return StoryAction(by: characters, text, chapter: chapter)
  }

  private static func transcript(_ bytes: [UInt8]) throws(PairError) -> [StoryAction] {
    do {
      return TranscriptExport(try Transcript(bytes: bytes)).utterances.map { utterance in
        guard let actor = utterance.actor else { return StoryAction(by: [environment], utterance.text) }
        return .line(of: actor, utterance.text, chapter: "")
      }
    } catch {
      throw PairError(line: nil, message: "\(error)")
    }
  }

  private static func lines(_ bytes: [UInt8]) throws(PairError) -> [StoryAction] {
    var actions: [StoryAction] = []
    for (number, line) in JSONLines(bytes) {
      let value = try JSONLines.value(of: line, number: number)
      if let action = action(value, chapter: value["chapter"]?.text ?? value["title"]?.text ?? "") {
        actions.append(action)
      } else if let said = value["mes"]?.text {
        // What a front end says of itself, and what was taken out of the conversation, is no part of the story.
        guard value["is_system"] != .bool(true), let name = value["name"]?.text, !said.isBlank else {
          continue
        }
        actions.append(.line(of: name, said, chapter: ""))
      } else if value["chat_metadata"] == nil && value["user_name"] == nil {
        throw PairError(
          line: number,
          message: "this is no action (with 'action' and 'character'), no line of a chat and no pair")
      }
    }
    return actions
  }
}
