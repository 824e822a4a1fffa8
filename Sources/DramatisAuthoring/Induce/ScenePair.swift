import Dramatis
import DramatisLLM

/// What a character did, with the scene in which it did so.
///
/// A file of pairs holds one a line, as JSON.
public struct ScenePair: Hashable, Sendable {
  /// What it is called in reports and in the provenance of a profile.
  public let id: String
  /// The work that it comes from.
  public let work: String
  /// The chapter of the work, which a scene does not leave.
  public let chapter: String
  /// The place of the action in its work, from 0.
  public let index: Int
  /// Who acts.
  public let character: String
  /// What happened before, one action a line; the action itself is not in it.
  public let scene: String
  /// What the character did or said.
  public let action: String
  /// Who acted just before.
  public let previous: [String]
  /// Who acts in the scene or with the character.
  public let present: [String]

  /// Makes a pair.
  public init(
    id: String, work: String = "", chapter: String = "", index: Int = 0, character: String, scene: String,
    action: String, previous: [String] = [], present: [String] = []
  ) {
    self.id = id
    self.work = work
    self.chapter = chapter
    self.index = index
    self.character = character
    self.scene = scene
    self.action = action
    self.previous = previous
    self.present = present
  }

  /// Reads a pair; nil where one of `character`, `scene` and `action` is missing or of the wrong type.
  init?(_ value: JSONValue, number: Int) {
    guard let character = value["character"]?.text, !character.isBlank, let scene = value["scene"]?.text,
      let action = value["action"]?.text, !action.isBlank
    else { return nil }
    self.init(
      id: value["id"]?.text ?? value["id"]?.int.map(String.init) ?? "pair-\(number)",
      work: value["work"]?.text ?? "", chapter: value["chapter"]?.text ?? "",
      index: value["index"]?.int ?? number - 1, character: character, scene: scene, action: action,
      previous: value["previous"]?.texts ?? [], present: value["present"]?.texts ?? [])
  }

  /// The same pair under another name.
  public func renamed(_ id: String) -> ScenePair {
    ScenePair(
      id: id, work: work, chapter: chapter, index: index, character: character, scene: scene, action: action,
      previous: previous, present: present)
  }

  /// The pair as a line of a file.
  public var line: String {
    let value: JSONValue = [
      "id": .string(id), "work": .string(work), "chapter": .string(chapter), "index": .number(Double(index)),
      "character": .string(character), "scene": .string(scene), "action": .string(action),
      "previous": .array(previous.map { .string($0) }), "present": .array(present.map { .string($0) }),
    ]
    return value.spelled + "\n"
  }
}

/// Why a file holds no pairs, with its line.
public struct PairError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number of the line, from 1; nil for the whole file.
  public let line: Int?
  /// What is wrong, and what to do.
  public let message: String

  /// What is wrong, in a sentence without a full stop.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

extension [ScenePair] {
  /// Reads lines of JSON; empty ones are passed over.
  ///
  /// - Throws: ``PairError`` with the number of the first line that is no pair, or whose id was given before.
  /// - Complexity: Linear in the file.
  public init(lines bytes: [UInt8]) throws(PairError) {
    var pairs: [ScenePair] = []
    var ids: Set<String> = []
    for (number, line) in JSONLines(bytes) {
      let value = try JSONLines.value(of: line, number: number)
      guard let pair = ScenePair(value, number: number) else {
        throw PairError(line: number, message: "a pair has the texts 'character', 'scene' and 'action'")
      }
      guard ids.insert(pair.id).inserted else {
        throw PairError(line: number, message: "the id '\(pair.id.oneLine)' was given before")
      }
      pairs.append(pair)
    }
    guard !pairs.isEmpty else { throw PairError(line: nil, message: "there is no pair in it") }
    self = pairs
  }

  /// The pairs of a character, in their order; names are compared as cues are.
  public func of(_ character: String) -> [ScenePair] {
    let name = character.folded()
    return filter { $0.character.folded() == name }
  }

  /// The characters that act, those with most pairs first.
  public var characters: [(name: String, count: Int)] {
    reduce(into: [String: Int]()) { $0[$1.character, default: 0] += 1 }
      .map { (name: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
  }
}

/// The lines of a file, each with its number.
struct JSONLines: Sequence, IteratorProtocol {
  private let lines: [ArraySlice<UInt8>]
  private var place = 0

  init(_ bytes: [UInt8]) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lines = bytes[start...].split(separator: 0x0A, omittingEmptySubsequences: false)
  }

  mutating func next() -> (number: Int, line: [UInt8])? {
    while place < lines.count {
      let line = lines[place]
      place += 1
      if line.contains(where: { ![0x20, 0x09, 0x0D].contains($0) }) { return (place, Array(line)) }
    }
    return nil
  }

  static func value(of line: [UInt8], number: Int) throws(PairError) -> JSONValue {
    do throws(JSONError) {
      return try JSONValue(parsing: line)
    } catch {
      throw PairError(line: number, message: "\(error)")
    }
  }
}

extension JSONValue {
  /// The texts of a list, or a text alone; nil for anything else.
  var texts: [String]? { text.map { [$0] } ?? elements?.compactMap(\.text) }
}

extension String {
  /// Whether nothing but space is in it.
  var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
