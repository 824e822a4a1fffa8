import Dramatis

/// An entry of a lorebook as the text of version 3 of character cards has it.
struct Version3Entry {
  private let part: JSONPart
  private let number: Int
  private let source: JSONSource

  init(_ part: JSONPart, number: Int, in source: JSONSource) {
    (self.part, self.number, self.source) = (part, number, source)
  }

  /// The entry as it is searched.
  func entry(book: String) -> LoreEntry {
    var entry = LoreEntry(id: number)
    entry.book = book
    entry.name = part["name"]?.string ?? part["comment"]?.string ?? ""
    let usesPatterns = part["use_regex"]?.boolean ?? false
    let keys = texts("keys")
    entry.keys = usesPatterns ? keys.map(Self.delimited) : keys
    entry.secondaryKeys = usesPatterns ? [] : texts("secondary_keys")
    entry.isSelective = part["selective"]?.boolean ?? false
    entry.isConstant = !usesPatterns && part["constant"]?.boolean ?? false
    entry.isDisabled = part["enabled"]?.boolean == false
    entry.order = source.number(part["insertion_order"]) ?? 100
    entry.priority = source.number(part["priority"])
    entry.isCaseSensitive = part["case_sensitive"]?.boolean
    entry.position = part["position"]?.string == "after_char" ? .afterCharacter : .beforeCharacter
    let (decorators, content) = Self.decorators(of: part["content"]?.string ?? "")
    entry.content = content
    for (name, value) in decorators { apply(name, value, to: &entry) }
    entry.source = entry.identity
    return entry
  }

  /// A list, or one text with commas in it, as the specification has both.
  private func texts(_ key: String) -> [String] {
    guard let part = part[key] else { return [] }
    if let text = part.string { return text.commaSeparated }
    return part.elements?.compactMap(source.pattern) ?? []
  }

  /// A pattern that stands without slashes, with them.
  private static func delimited(_ key: String) -> String {
    guard !key.hasPrefix("/") else { return key }
    return "/" + key.replacing("\\/", with: "/").replacing("/", with: "\\/") + "/"
  }

  /// The decorators at the start of a text, of each name the first, with what stands in their place where they are not known.
  private static func decorators(of text: String) -> (decorators: [(String, String)], content: String) {
    guard text.hasPrefix("@@") else { return ([], text) }
    var found: [(String, String)] = []
    var isKnown = true
    var lines = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    while let line = lines.first, line.hasPrefix("@@") || line.allSatisfy(\.isWhitespace) {
      lines.removeFirst()
      guard line.hasPrefix("@@") else { continue }
      let isFallback = line.hasPrefix("@@@")
      if isFallback, isKnown { continue }
      let words = line.drop { $0 == "@" }.split(separator: " ", maxSplits: 1)
      let name = words.first.map { $0.lowercased() } ?? ""
      isKnown = names.contains(name)
      let isRepeated = name != "additional_keys" && found.contains { $0.0 == name }
      if isKnown, !isRepeated { found.append((name, words.count > 1 ? String(words[1]) : "")) }
    }
    return (found, lines.joined(separator: "\n"))
  }

  private static let names: Set<String> = [
    "activate", "dont_activate", "depth", "role", "scan_depth", "position", "additional_keys",
    "exclude_keys", "keep_activate_after_match", "dont_activate_after_match", "activate_only_after",
    "ignore_on_max_context", "constant", "probability",
  ]

  private func apply(_ name: String, _ value: String, to entry: inout LoreEntry) {
    let whole = Int(value.filter { !$0.isWhitespace }).map { min(max($0, 0), Lorebook.maximumNumber) }
    switch name {
    case "activate", "constant": entry.isConstant = true
    case "dont_activate": entry.isDisabled = true
    case "depth":
      (entry.position, entry.depth) = (.atDepth, whole ?? entry.depth)
    case "role": entry.role = ["system": 0, "user": 1, "assistant": 2][value.lowercased()] ?? 0
    case "scan_depth": entry.scanDepth = whole.map { min($0, 1000) }
    case "position":
      switch value.lowercased() {
      case "after_desc", "personality", "scenario": entry.position = .afterCharacter
      case "before_desc": entry.position = .beforeCharacter
      default: (entry.position, entry.outlet) = (.outlet, value)
      }
    case "additional_keys":
      (entry.isSelective, entry.logic) = (true, .any)
      entry.secondaryKeys = value.commaSeparated
    case "exclude_keys":
      (entry.isSelective, entry.logic) = (true, .none)
      entry.secondaryKeys = value.commaSeparated
    case "keep_activate_after_match": entry.sticky = Lorebook.maximumNumber
    case "dont_activate_after_match": entry.cooldown = Lorebook.maximumNumber
    // The character's messages are every other one.
    case "activate_only_after": entry.delay = min((whole ?? 0) * 2, Lorebook.maximumNumber)
    case "ignore_on_max_context": entry.priority = -1000
    case "probability": entry.probability = whole.map { Double(min($0, 100)) } ?? 100
    default: break
    }
  }
}

extension String {
  /// The parts between commas, without blanks around them and without empty ones.
  var commaSeparated: [String] {
    split(separator: ",").map { part in
      let start = part.drop(while: \.isWhitespace)
      return start.lastIndex { !$0.isWhitespace }.map { String(start[...$0]) } ?? ""
    }.filter { !$0.isEmpty }
  }
}
