/// A deviation of a card from its format that was mended when it was read; the raw value is what machines are told.
public enum CardRepair: String, Sendable, CaseIterable {
  case specMismatch = "spec-mismatch"
  case chunkType = "chunk-type"
  case keywordCase = "keyword-case"
  case duplicateChunk = "duplicate-chunk"
  case ccv3Unreadable = "ccv3-unreadable"
  case crc, truncated, length, bom, utf16, mojibake
  case base64Whitespace = "base64-whitespace"
  case base64Padding = "base64-padding"
  case notUTF8 = "not-utf8"
  case loneSurrogate = "lone-surrogate"
  case embeddedSpelling = "embedded-spelling"
  case rootMirror = "root-mirror"
  case rootHybrid = "root-hybrid"
  case specMissing = "spec-missing"
  case newerVersion = "newer-version"
  case versionType = "version-type"
  case versionNumber = "version-number"
  case oldNames = "old-names"
  case greetingsString = "greetings-string"
  case tagsString = "tags-string"
  case keysString = "keys-string"
  case secondaryKeysString = "secondary-keys-string"
  case bookNull = "book-null"
  case bookExtensions = "book-extensions"
  case extensionsMissing = "extensions-missing"
  case entriesObject = "entries-object"
  case positionNumber = "position-number"
  case datesMilliseconds = "dates-milliseconds"
  case groupGreetingsMissing = "group-greetings-missing"
  case useRegexMissing = "use-regex-missing"
  case unsafePath = "unsafe-path"
}

/// A character card of version 1, 2 or 3, or a lorebook, as other front ends have them.
///
/// What it says is data: nothing in it is run, fetched or written under a name that it gives.
///
/// ```swift
/// let card = try CharacterCard(bytes, ending: "png")
/// print(card.name ?? "", card.repairs)
/// ```
public struct CharacterCard: Sendable {
  /// What a file was recognised as.
  public enum Specification: String, Sendable {
    case v1, v2, v3
    /// A lorebook of version 3 on its own.
    case lorebook = "lorebook_v3"
    /// World info on its own.
    case worldInfo = "world-info"
  }

  /// What the file was recognised as.
  public let specification: Specification
  /// Exactly as the card has it, controls included; nil for world info and for a lorebook without one.
  public let name: String?
  /// By which name `{{char}}` goes, where it is another one.
  public let nickname: String
  /// Who the character is, with the macros as they stand.
  public let description: String
  /// What the character is like, in short.
  public let personality: String
  /// Where and when the conversation happens.
  public let scenario: String
  /// The first message, and behind it the alternates.
  public let greetings: [String]
  /// First messages that are for groups only.
  public let groupGreetings: [String]
  /// Exchanges as they are written, with `<START>` between them.
  public let examples: String
  /// What a model is told to do instead of what the front end tells it; empty for nothing.
  public let systemPrompt: String
  /// What a model is told behind the conversation; empty for nothing.
  public let postHistory: String
  /// Words to find the card by.
  public let tags: [String]
  /// How many entries the lorebook has.
  public let bookEntries: Int
  /// Where in the file the card was: `json`, `charx`, `charx-jpeg`, or the chunk and its keyword.
  public var source: String { file.source }
  /// What was mended, without order.
  public let repairs: [CardRepair]
  /// What could be run elsewhere and is only kept here: places in the JSON, or members of the archive.
  public let inert: [String]
  /// Members of the archive whose names lead out of a folder.
  public let unsafe: [String]

  /// The largest file that is read, in bytes.
  public static let maximumBytes = CardFile.maximumFile

  /// The ending that the file's kind has.
  public var fileEnding: String {
    switch file.container {
    case .json: "json"
    case .png: "png"
    case .archive(let archive): archive.start > 0 ? "jpeg" : "charx"
    }
  }

  let file: CardFile
  /// Which member of the root holds the fields; nil for the root itself.
  let hasData: Bool

  /// Reads a card from the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - ending: The ending of its name without the dot, such as `png`; empty where there is none.
  /// - Throws: ``CardRefusal`` that says why it is no card that can be read.
  /// - Complexity: O(n) in the bytes, and in the card once inflated.
  public init(_ bytes: [UInt8], ending: String = "") throws(CardRefusal) {
    file = try CardFile(bytes, ending: ending)
    guard var reading = CardReading(file) else { throw CardRefusal(.noCard) }
    specification = reading.specification
    name = reading.name
    nickname = reading.text("nickname")
    description = reading.text("description", old: "char_persona")
    personality = reading.text("personality")
    scenario = reading.text("scenario", old: "world_scenario")
    let first = reading.text("first_mes", old: "char_greeting")
    greetings = (first.isEmpty ? [] : [first]) + reading.greetings("alternate_greetings")
    groupGreetings = reading.greetings("group_only_greetings")
    examples = reading.text("mes_example", old: "example_dialogue")
    systemPrompt = reading.text("system_prompt")
    postHistory = reading.text("post_history_instructions")
    tags = reading.tags()
    bookEntries = reading.book()
    reading.checkRequired()
    let members = file.members
    inert = reading.inert + members.filter(\.isModule).map(\.name)
    unsafe = members.filter(\.isUnsafe).map(\.name)
    hasData = reading.hasData
    repairs = reading.repairs
    if [.v1, .v2, .v3].contains(specification), name?.allSatisfy(\.isWhitespace) ?? true {
      throw CardRefusal(.noName)
    }
  }
}

extension CharacterCard {
  /// Whether bytes look like a card: a picture, an archive, or JSON with a card's keys.
  ///
  /// - Complexity: O(1); it looks at the first 64 KiB.
  package static func isLikely(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: PNGFile.signature) || bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return true }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return true }
    let start = bytes.prefix(65_536).drop { [0xEF, 0xBB, 0xBF, 0x20, 0x09, 0x0A, 0x0D].contains($0) }
    guard start.first == UInt8(ascii: "{") else { return false }
    return [#""chara_card_v"#, #""lorebook_v3""#, #""first_mes""#, #""char_greeting""#].contains {
      start.firstRange(of: $0.utf8) != nil
    }
  }
}

extension CardFile {
  fileprivate var members: [ZipArchive.Member] {
    if case .archive(let archive) = container { archive.members } else { [] }
  }
}

extension ZipArchive.Member {
  /// Whether it is a module of RisuAI, whose scripts run there.
  fileprivate var isModule: Bool { name.lowercased().hasSuffix(".risum") }
}

/// Reads the fields of a card and notes what had to be mended.
private struct CardReading {
  let specification: CharacterCard.Specification
  let hasData: Bool
  private(set) var repairs: [CardRepair]
  private let root: JSONPart
  private let fields: JSONPart
  private let cardText: CardText

  init?(_ file: CardFile) {
    cardText = file.text
    root = file.text.json.root
    repairs = file.repairs
    guard root.members != nil else { return nil }
    let data = root["data"].flatMap { $0.members == nil ? nil : $0 }
    hasData = data != nil
    fields = data ?? root
    guard let known = Self.specification(of: root, fields: fields, hasData: hasData, repairs: &repairs) else {
      return nil
    }
    specification = known
    guard [.v2, .v3].contains(known) else { return }
    if Self.isMismatch(known, in: file) { repairs.append(.specMismatch) }
    if hasData, root["name"] != nil || root["description"] != nil || root["first_mes"] != nil {
      repairs.append(.rootMirror)
    }
  }

  private static func specification(
    of root: JSONPart, fields: JSONPart, hasData: Bool, repairs: inout [CardRepair]
  ) -> CharacterCard.Specification? {
    switch root["spec"]?.string?.lowercased() {
    case "lorebook_v3": return .lorebook
    case "chara_card_v2", "chara_card_v3":
      if !hasData { repairs.append(.rootHybrid) }
      return root["spec"]?.string?.lowercased() == "chara_card_v2" ? .v2 : .v3
    default: break
    }
    if hasData, fields["name"] != nil || fields["description"] != nil || fields["first_mes"] != nil {
      repairs.append(.specMissing)
      return fields["group_only_greetings"] == nil ? .v2 : .v3
    }
    if ["char_name", "char_persona", "char_greeting"].contains(where: { root[$0] != nil }),
      root["name"] == nil
    {
      repairs.append(.oldNames)
      return .v1
    }
    if ["description", "personality", "first_mes", "mes_example", "scenario"].contains(where: {
      root[$0] != nil
    }) {
      return .v1
    }
    if let entries = root["entries"], entries.members != nil || entries.elements != nil { return .worldInfo }
    return nil
  }

  /// Whether a card lies where one of another version belongs.
  private static func isMismatch(_ specification: CharacterCard.Specification, in file: CardFile) -> Bool {
    if file.source == "json" { return false }
    return specification == (file.source.hasSuffix("chara") ? .v3 : .v2)
  }

  // MARK: Fields

  private func meant(_ part: JSONPart?) -> String? { part?.string.map(cardText.meant) }

  var name: String? {
    switch specification {
    case .worldInfo: nil
    case .lorebook: meant(fields["name"])
    case .v1, .v2, .v3: meant(fields["name"] ?? fields["char_name"])
    }
  }

  func text(_ key: String, old: String? = nil) -> String {
    meant(fields[key]) ?? old.flatMap { meant(fields[$0]) } ?? ""
  }

  mutating func greetings(_ key: String) -> [String] {
    guard let part = fields[key] else { return [] }
    if let one = meant(part) {
      repairs.append(.greetingsString)
      return one.isEmpty ? [] : [one]
    }
    return part.elements?.compactMap(meant) ?? []
  }

  mutating func tags() -> [String] {
    guard let part = fields["tags"] else { return [] }
    guard let list = meant(part) else { return part.elements?.compactMap(meant) ?? [] }
    repairs.append(.tagsString)
    return list.split(separator: ",").map { String(String($0).trimmingBlanks) }.filter { !$0.isEmpty }
  }

  /// Looks through the lorebook; how many entries it has.
  mutating func book() -> Int {
    let isAlone = specification == .lorebook || specification == .worldInfo
    guard let book = isAlone ? fields : fields["character_book"] else { return 0 }
    if book.isNull { note(.bookNull) }
    guard book.members != nil else { return 0 }
    if specification != .worldInfo, book["extensions"] == nil { note(.bookExtensions) }
    var entries = book["entries"]?.elements ?? []
    if let members = book["entries"]?.members {
      if specification != .worldInfo { note(.entriesObject) }
      entries = members.map(\.value)
    }
    if specification != .worldInfo {
      for entry in entries { check(entry) }
    }
    return entries.count
  }

  private mutating func check(_ entry: JSONPart) {
    if entry["keys"]?.string != nil { note(.keysString) }
    if entry["secondary_keys"]?.string != nil { note(.secondaryKeysString) }
    if entry["position"]?.isNumber == true { note(.positionNumber) }
    if [.v3, .lorebook].contains(specification), entry["use_regex"] == nil { note(.useRegexMissing) }
  }

  private mutating func note(_ repair: CardRepair) {
    if !repairs.contains(repair) { repairs.append(repair) }
  }

  /// Looks at what a version requires and at what is of the wrong type.
  mutating func checkRequired() {
    guard specification == .v2 || specification == .v3 else { return }
    let version = root["spec_version"]
    if version?.isNumber == true { note(.versionType) }
    if number(version) > 3 { note(.newerVersion) }
    if fields["character_version"]?.isNumber == true { note(.versionNumber) }
    if fields["extensions"] == nil { note(.extensionsMissing) }
    if specification == .v3, fields["group_only_greetings"] == nil { note(.groupGreetingsMissing) }
    let dates = ["creation_date", "modification_date"].map { number(fields[$0]) }
    if dates.contains(where: { $0 >= 100_000_000_000 }) { note(.datesMilliseconds) }
    let assets = fields["assets"]?.elements ?? []
    if assets.contains(where: { $0["uri"]?.string?.hasPrefix("embedded://") == true }) {
      note(.embeddedSpelling)
    }
  }

  private func number(_ part: JSONPart?) -> Double {
    guard let part, part.isNumber || part.string != nil else { return 0 }
    let written = part.string ?? String(decoding: cardText.json.written(part), as: UTF8.self)
    return Double(written) ?? 0
  }

  /// Where scripts and patterns lie that other front ends run.
  var inert: [String] {
    let start = hasData ? "/data" : ""
    let known: Set = [
      "regex_scripts", "tavern_helper", "tavernhelper_scripts", "risuai", "triggerscript", "customscripts",
      "scripts",
      "lua", "virtualscript", "backgroundhtml",
    ]
    let own = (fields["extensions"]?.members ?? []).map(\.key).filter { key in
      let plain = key.lowercased()
      return known.contains(plain) && plain != "risuai" || plain.contains("script")
    }
    let nested = (fields["extensions"]?["risuai"]?.members ?? []).map(\.key).filter {
      known.contains($0.lowercased()) || $0.lowercased().contains("script")
    }
    return own.map { "\(start)/extensions/\($0.pointerToken)" }
      + nested.map { "\(start)/extensions/risuai/\($0.pointerToken)" }
  }
}

extension String {
  /// The key as a part of a JSON pointer.
  fileprivate var pointerToken: String { replacing("~", with: "~0").replacing("/", with: "~1") }

  fileprivate var trimmingBlanks: Substring {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
  }
}
