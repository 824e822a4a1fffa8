import Dramatis
import FoundationEssentials

/// Writes a profile as a character card, from the card that it was imported from where there is one.
///
/// What the profile does not know of stays byte for byte: unknown keys, extensions, assets, the picture.
public struct CardExport: Sendable {
  /// What a card is written as.
  public enum Format: String, Sendable, CaseIterable {
    case png, json, charx
    /// An archive behind the picture that it was imported with.
    case jpeg
  }

  /// Why a card cannot be written.
  public struct Refusal: Error, CustomStringConvertible {
    /// What is wrong, in a sentence without a full stop.
    public let description: String
  }

  private let json: [UInt8]
  private let kept: CharacterCard?
  private let isVersion3: Bool
  /// Whether the profile says anything else than the card did.
  public let isChanged: Bool

  /// Prepares a card of a program.
  ///
  /// - Parameters:
  ///   - program: The character.
  ///   - kept: The card that it was imported from.
  public init(_ program: Program, kept: CharacterCard? = nil) {
    self.kept = kept
    guard let kept, let profile = CardProfile(kept),
      let before = Compilation(of: Array(profile.text.utf8), name: "card").program
    else {
      json = Array(Self.newCard(program).utf8)
      isVersion3 = true
      isChanged = true
      return
    }
    let edits = Self.edits(of: kept, from: before, to: program)
    isChanged = !edits.isEmpty
    isVersion3 = kept.specification == .v3
    json = JSONEditing(kept.file.text.json, in: kept.fields).text(setting: edits)
  }

  /// The bytes of the card's file.
  ///
  /// - Parameters:
  ///   - format: What to write.
  ///   - picture: A PNG for a card that has none of its own.
  public func bytes(as format: Format, picture: [UInt8]? = nil) throws(Refusal) -> [UInt8] {
    let container = kept?.file.container
    switch format {
    case .json: return json
    case .png: return try pictureBytes(picture)
    case .charx, .jpeg:
      if case .archive(let archive) = container, archive.start > 0 || format == .charx {
        return ZipArchive.writing(card: json, keeping: archive)
      }
      guard format == .charx else {
        throw Refusal(
          description: "only a card that came in a JPEG can be written as one; write .charx or .png")
      }
      var extra: [(name: String, bytes: [UInt8])] = []
      if case .png(let png) = container { extra = [("assets/icon/images/main.png", png.picture)] }
      return ZipArchive.writing(card: json, keeping: nil, extra: extra)
    }
  }

  private func pictureBytes(_ given: [UInt8]?) throws(Refusal) -> [UInt8] {
    var picture = PNGFile.plain
    if case .png(let png) = kept?.file.container { picture = png }
    if let given {
      guard let png = PNGFile(given), png.damage == nil else {
        throw Refusal(description: "the picture is no PNG")
      }
      picture = png
    }
    guard let picture else { throw Refusal(description: "no picture could be made; give one") }
    let keyword = isVersion3 ? "ccv3" : "chara"
    let text = Array(keyword.utf8) + [0] + Array(Data(json).base64EncodedData())
    return picture.bytes(withCard: PNGFile.chunk("tEXt", text))
  }
}

extension PNGFile {
  /// The chunks that are no card's.
  private var ownChunks: [Chunk] {
    chunks.filter { !["chara", "ccv3"].contains($0.textKeyword?.lowercased()) && $0.type != "IEND" }
  }

  /// The file without its card.
  fileprivate var picture: [UInt8] { bytes(withCard: []) }

  /// The file with a card's chunk before its end, and none beside it.
  fileprivate func bytes(withCard card: [UInt8]) -> [UInt8] {
    Self.signature + ownChunks.flatMap(\.whole) + card + Self.chunk("IEND", [])
  }
}

// MARK: What is written

extension CardExport {
  /// The fields that the profile says otherwise than the card did, with their JSON.
  private static func edits(
    of card: CharacterCard, from before: Program, to now: Program
  ) -> [(field: String, json: String)] {
    var edits: [(field: String, json: String)] = []
    let isOld = card.repairs.contains(.oldNames)
    if now.character != before.character {
      edits.append((isOld ? "char_name" : "name", now.character.jsonQuoted))
    }
    if now.summary != before.summary {
      let end = "\n\n" + CharacterCard.personalityStart + card.personality
      let keeps = !card.personality.isEmpty && now.summary.hasSuffix(end)
      let description = keeps ? String(now.summary.dropLast(end.count)) : now.summary
      edits.append((isOld ? "char_persona" : "description", description.cardText.jsonQuoted))
      if !keeps, !card.personality.isEmpty { edits.append(("personality", "".jsonQuoted)) }
    }
    if now.setting != before.setting {
      edits.append((isOld ? "world_scenario" : "scenario", now.setting.cardText.jsonQuoted))
    }
    if now.greetings != before.greetings {
      let greetings = now.greetings.map { $0.cardText(of: now) }
      edits.append((isOld ? "char_greeting" : "first_mes", (greetings.first ?? "").jsonQuoted))
      if card.specification != .v1 { edits.append(("alternate_greetings", greetings.dropFirst().jsonList)) }
    }
    if now.systemPrompt != before.systemPrompt {
      edits.append(("system_prompt", now.systemPrompt.cardText.jsonQuoted))
    }
    if now.postHistory != before.postHistory {
      edits.append(("post_history_instructions", now.postHistory.cardText.jsonQuoted))
    }
    if book(of: now) != book(of: before) { edits.append(("character_book", book(of: now) ?? "null")) }
    if now.examples != before.examples {
      edits.append((isOld ? "example_dialogue" : "mes_example", examples(of: now).jsonQuoted))
    }
    return edits
  }

  /// The character's own book as a card has it; nil where there is none.
  private static func book(of program: Program) -> String? {
    program.lore.first.map { book in
      var book = book
      book.name = ""
      return LoreExport(book).cardBook
    }
  }

  private static func examples(of program: Program) -> String {
    program.examples.map { "<START>\n{{user}}: \($0.event.cardText)\n{{char}}: \($0.line.cardText)" }
      .joined(separator: "\n")
  }

  /// A card of version 3 for a profile that never was one.
  private static func newCard(_ program: Program) -> String {
    let greetings = program.greetings.map { $0.cardText(of: program) }
    let personality = program.voice
    let fields: [(String, String)] = [
      ("name", program.character.jsonQuoted), ("description", program.summary.cardText.jsonQuoted),
      ("personality", personality.cardText.jsonQuoted), ("scenario", program.setting.cardText.jsonQuoted),
      ("first_mes", (greetings.first ?? "").jsonQuoted), ("mes_example", examples(of: program).jsonQuoted),
      ("creator_notes", "".jsonQuoted), ("system_prompt", program.systemPrompt.cardText.jsonQuoted),
      ("post_history_instructions", program.postHistory.cardText.jsonQuoted),
      ("alternate_greetings", greetings.dropFirst().jsonList),
      ("group_only_greetings", "[]"), ("tags", "[]"), ("creator", "".jsonQuoted),
      ("character_version", "".jsonQuoted), ("extensions", "{}"),
    ]
    let all = fields + (book(of: program).map { [("character_book", $0)] } ?? [])
    let data = all.map { "\($0.0.jsonQuoted):\($0.1)" }.joined(separator: ",")
    return #"{"spec":"chara_card_v3","spec_version":"3.0","data":{\#(data)}}"#
  }
}

/// Sets members of an object in a text of JSON and leaves everything else as it is written.
private struct JSONEditing {
  private let source: JSONSource
  private let object: JSONPart

  init(_ source: JSONSource, in object: JSONPart) {
    self.source = source
    self.object = object
  }

  func text(setting edits: [(field: String, json: String)]) -> [UInt8] {
    var bytes = source.bytes
    var added: [String] = []
    var places: [(range: Range<Int>, json: String)] = []
    for edit in edits {
      if let old = object[edit.field] {
        places.append((old.range, edit.json))
      } else {
        added.append("\(edit.field.jsonQuoted):\(edit.json)")
      }
    }
    if !added.isEmpty {
      let end = object.range.upperBound - 1
      let comma = object.members?.isEmpty == false ? "," : ""
      places.append((end..<end, comma + added.joined(separator: ",")))
    }
    for place in places.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
      bytes.replaceSubrange(place.range, with: place.json.utf8)
    }
    return bytes
  }
}

extension LineText {
  /// The text with the macros of cards for its slots; what only we have stands as it is in a profile.
  fileprivate func cardText(of program: Program) -> String {
    written(in: program, user: "{{user}}", character: "{{char}}")
  }
}

extension Sequence<String> {
  fileprivate var jsonList: String { "[" + map(\.jsonQuoted).joined(separator: ",") + "]" }
}

extension String {
  /// A text without slots as a card has it.
  fileprivate var cardText: String { replacing("{user}", with: "{{user}}") }
}
