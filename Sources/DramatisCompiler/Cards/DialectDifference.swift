import Dramatis

/// Something in a card's book that SillyTavern and the text of version 3 understand differently.
public struct DialectDifference: Sendable, Hashable, Encodable {
  /// The name or number of the entry; nil for the book itself.
  public let entry: String?
  /// What differs, in a sentence without a full stop.
  public let what: String

  /// The difference in words.
  public var text: String { (entry.map { "\($0): " } ?? "") + what }
}

extension CharacterCard {
  /// By whose rules the card's book is searched unless somebody says otherwise.
  public var dialect: LoreDialect? {
    bookEntries == 0 ? nil : Lorebook(of: self, name: name ?? "").settings.dialect
  }

  /// Where SillyTavern and version 3 would make something else of the card's book.
  public var dialectDifferences: [DialectDifference] {
    guard specification != .worldInfo,
      let book = specification == .lorebook ? fields : fields["character_book"]
    else {
      return []
    }
    let parts = book["entries"]?.elements ?? book["entries"]?.members?.map(\.value) ?? []
    let ofBook = ["scan_depth", "token_budget", "recursive_scanning"].filter { key in
      book[key].map { !$0.isNull } ?? false
    }.map { DialectDifference(entry: nil, what: "SillyTavern does not read \($0) of a card's book") }
    return ofBook + parts.enumerated().flatMap { number, part in differences(of: part, number: number) }
  }

  private func differences(of part: JSONPart, number: Int) -> [DialectDifference] {
    var found: [String] = []
    let keys = part["keys"]?.elements?.compactMap(\.string) ?? part["keys"]?.string.map { [$0] } ?? []
    let usesPatterns = part["use_regex"]?.boolean ?? false
    let isDelimited = { (key: String) in key.count > 1 && key.hasPrefix("/") && key.dropFirst().contains("/")
    }
    if usesPatterns, keys.contains(where: { !isDelimited($0) }) {
      found.append("its keys are patterns in version 3 and plain text in SillyTavern")
    }
    if !usesPatterns, keys.contains(where: isDelimited) {
      found.append("a key between slashes is a pattern in SillyTavern and plain text in version 3")
    }
    if usesPatterns, part["constant"]?.boolean == true || part["secondary_keys"]?.elements?.isEmpty == false {
      found.append("beside patterns, version 3 ignores constant and secondary_keys")
    }
    if part["case_sensitive"]?.boolean != nil, part["extensions"]?["case_sensitive"] == nil {
      found.append("SillyTavern does not read case_sensitive outside extensions")
    }
    if part["priority"]?.isNumber == true { found.append("SillyTavern does not read priority") }
    let decorators = (part["content"]?.string ?? "").split(whereSeparator: \.isNewline).prefix {
      $0.hasPrefix("@@")
    }
    .map { $0.drop { $0 == "@" }.prefix { $0 != " " } }.filter {
      !["activate", "dont_activate"].contains($0)
    }
    if !decorators.isEmpty {
      found.append(
        "SillyTavern strips the decorators \(decorators.joined(separator: ", ")) and does not obey them")
    }
    let own = (part["extensions"]?.members ?? []).filter { Self.matters($0) }.map(\.key)
    if !own.isEmpty { found.append("only SillyTavern reads \(own.joined(separator: ", "))") }
    let name = part["name"]?.string ?? part["comment"]?.string ?? ""
    return found.map {
      DialectDifference(entry: name.isEmpty ? keys.first ?? "entry \(number)" : name, what: $0)
    }
  }

  /// Whether an extension of an entry says something that version 3 has no word for.
  private static func matters(_ member: JSONPart.Member) -> Bool {
    guard LoreFields.extensions[member.key] != nil, member.key != "position" else { return false }
    switch member.value.content {
    case .boolean(let value): return value && member.key != "useProbability"
    case .null: return false
    case .string(let text, _): return !text.isEmpty
    case .array(let elements): return !elements.isEmpty
    case .number, .object:
      return ["sticky", "cooldown", "delay", "scan_depth", "selectiveLogic"].contains(member.key)
    }
  }
}
