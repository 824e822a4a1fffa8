import Dramatis

/// A conversation, a book and what the book is expected to tell in each turn: a regression test of a lorebook.
public struct LoreCase: Sendable {
  /// What a turn came to, as cases write it.
  public struct Outcome: Hashable, Sendable {
    /// Lists of entries by their name, such as `activated`, `before`, `depth 4 0`, `outlet rules` or `sticky 3`.
    public var lists: [String: [Int]] = [:]
    /// Whether the budget was reached.
    public var isOverBudget = false

    /// What differs, the expected first; nil where nothing does.
    func difference(to other: Outcome) -> String? {
      if isOverBudget != other.isOverBudget {
        return "overflowed: expected \(isOverBudget), got \(other.isOverBudget)"
      }
      for key in Set(lists.keys).union(other.lists.keys).sorted() where lists[key] != other.lists[key] {
        return "\(key): expected \(lists[key] ?? []), got \(other.lists[key] ?? [])"
      }
      return nil
    }
  }

  /// How the case is called.
  public let name: String
  private let source: JSONSource
  private let root: JSONPart

  /// Reads a line of a file of cases; nil where it is none.
  public init?(_ line: [UInt8]) {
    guard let source = JSONSource(line), let name = source.root["name"]?.string,
      source.root["turns"]?.elements != nil,
      source.root["book"] != nil
    else { return nil }
    self.source = source
    self.name = name
    root = source.root
  }

  /// Plays the case and says what differs first; nil where everything is as expected.
  public func difference() -> String? {
    for (index, pair) in zip(outcomes(), expectations).enumerated() {
      if let difference = pair.1.difference(to: pair.0) { return "turn \(index + 1): \(difference)" }
    }
    return nil
  }

  /// What each turn is expected to come to.
  public var expectations: [Outcome] { turns.compactMap { $0["expected"].map(outcome) } }

  private var turns: [JSONPart] { root["turns"]?.elements ?? [] }

  /// What each turn comes to.
  public func outcomes() -> [Outcome] {
    let absence: WorldInfo.Absence = root["family"]?.string == "absent" ? .isAbsent : .isDefault
    var books = self.books
    var messages: [LoreScan.Message] = []
    var memory = LoreMemory()
    return turns.map { turn in
      if let keep = source.whole(turn["keep"]) { messages = Array(messages.prefix(max(0, keep))) }
      messages +=
        turn["add"]?.elements?.map { message in
          LoreScan.Message(name: message["name"]?.string ?? "", text: message["text"]?.string ?? "")
        } ?? []
      for edit in turn["edit"]?.members ?? [] {
        for index in books.indices { books[index].info.edit(Int(edit.key) ?? -1, edit.value, in: source) }
      }
      let entries = LoreEntry.ordered(
        books.map { ($0.scope, $0.info.loreEntries(book: $0.name, absence: absence)) }, by: settings.strategy)
      var scan = LoreScan(
        entries, messages: messages, character: character, settings: settings, memory: memory,
        trigger: turn["trigger"]?.string ?? "normal"
      ) { _ in 0.5 }
      let result = scan.run()
      memory = result.memory
      return Outcome(result)
    }
  }

  /// What each turn comes to, an object of JSON a line, in the form in which cases expect it.
  public func outcomeLines() -> [String] { outcomes().map(\.json) }

  // MARK: Reading

  private var books: [(name: String, scope: LoreEntry.Scope, info: WorldInfo)] {
    let first = root["book"].map { [("", root["bookScope"]?.string, $0)] } ?? []
    let more = root["moreBooks"]?.elements?.compactMap { book in
      book["book"].map { (book["name"]?.string ?? "", book["scope"]?.string, $0) }
    }
    return (first + (more ?? [])).compactMap { name, scope, part in
      WorldInfo(source, part).map { (name, scope.flatMap(LoreEntry.Scope.init) ?? .global, $0) }
    }
  }

  private var character: LoreScan.Character {
    let (card, user) = (root["character"], root["user"])
    var character = LoreScan.Character()
    character.name = card?["name"]?.string ?? ""
    let avatar = card?["avatar"]?.string ?? ""
    character.fileName = avatar.lastIndex(of: ".").map { String(avatar[..<$0]) } ?? avatar
    character.tags = card?["tags"]?.elements?.compactMap(\.string)
    character.user = user?["name"]?.string ?? ""
    let fields: [(String, LoreEntry.Fields)] = [
      ("description", .description), ("personality", .personality), ("depth_prompt", .depthPrompt),
      ("scenario", .scenario), ("creator_notes", .creatorNotes),
    ]
    for (key, field) in fields { character.texts[field] = card?[key]?.string ?? "" }
    character.texts[.persona] = user?["description"]?.string ?? ""
    return character
  }

  private var settings: LoreSettings {
    root["settings"].map { LoreSettings($0, in: source) } ?? LoreSettings()
  }

  private func outcome(_ expected: JSONPart) -> Outcome {
    var outcome = Outcome()
    func ids(_ part: JSONPart?) -> [Int] { part?.elements?.compactMap(source.whole) ?? [] }
    for key in ["activated"] + Outcome.positions.map(\.name) {
      let list = ids(expected[key])
      if !list.isEmpty { outcome.lists[key] = list }
    }
    for item in expected["depth"]?.elements ?? [] {
      outcome.lists["depth \(source.whole(item["depth"]) ?? 0) \(source.whole(item["role"]) ?? 0)"] = ids(
        item["uids"])
    }
    for outlet in expected["outlets"]?.members ?? [] {
      outcome.lists["outlet \(outlet.key)"] = ids(outlet.value)
    }
    for effect in ["sticky", "cooldown"] {
      for entry in expected["timed"]?[effect]?.members ?? [] {
        outcome.lists["\(effect) \(entry.key)"] =
          ids(entry.value) + (entry.value.elements?.count == 3 ? [1] : [])
      }
    }
    if case .boolean(true) = expected["overflowed"]?.content { outcome.isOverBudget = true }
    return outcome
  }
}

extension LoreCase.Outcome {
  /// The outcome as a case writes what it expects.
  public var json: String {
    func list(_ ids: [Int]) -> String { "[\(ids.map { "\($0)" }.joined(separator: ","))]" }
    var members: [(key: String, value: String)] = [("activated", list(lists["activated"] ?? []))]
    var depth: [(at: [Int], ids: [Int])] = []
    var nested: [String: [String]] = [:]
    for (name, ids) in lists.sorted(by: { $0.key < $1.key }) {
      let words = name.split(separator: " ", maxSplits: 1).map(String.init)
      switch words.first {
      case "depth": depth.append((words[1].split(separator: " ").compactMap { Int($0) }, ids))
      case "outlet": nested["outlets", default: []].append("\(words[1].jsonQuoted):\(list(ids))")
      case "sticky", "cooldown":
        let numbers = ids.prefix(2).map { "\($0)" } + (ids.count > 2 ? ["\"protected\""] : [])
        nested[words[0], default: []].append("\(words[1].jsonQuoted):[\(numbers.joined(separator: ","))]")
      case "activated": break
      default: members.append((name, list(ids)))
      }
    }
    if !depth.isEmpty {
      let items = depth.map { #"{"depth":\#($0.at[0]),"role":\#($0.at[1]),"uids":\#(list($0.ids))}"# }
      members.append(("depth", "[\(items.joined(separator: ","))]"))
    }
    if let outlets = nested["outlets"] { members.append(("outlets", "{\(outlets.joined(separator: ","))}")) }
    members.append(("overflowed", isOverBudget ? "true" : "false"))
    let timed = ["sticky", "cooldown"].compactMap { name in
      nested[name].map { "\"\(name)\":{\($0.joined(separator: ","))}" }
    }
    if !timed.isEmpty { members.append(("timed", "{\(timed.joined(separator: ","))}")) }
    return "{\(members.map { "\($0.key.jsonQuoted):\($0.value)" }.joined(separator: ","))}"
  }

  /// The positions as cases name them.
  static let positions: [(name: String, position: LoreEntry.Place)] = [
    ("before", .beforeCharacter), ("after", .afterCharacter), ("noteTop", .noteTop),
    ("noteBottom", .noteBottom),
    ("examplesTop", .examplesTop), ("examplesBottom", .examplesBottom),
  ]

  /// What a scan came to.
  public init(_ result: LoreScan.Result) {
    isOverBudget = result.isOverBudget
    let placed = LorePlacement(result.activated)
    if !result.activated.isEmpty { lists["activated"] = result.activated.map(\.id) }
    for (name, position) in Self.positions {
      if let entries = placed.fixed[position] { lists[name] = entries.map(\.id) }
    }
    for item in placed.atDepth { lists["depth \(item.depth) \(item.role)"] = item.entries.map(\.id) }
    for (name, entries) in placed.outlets { lists["outlet \(name)"] = entries.map(\.id) }
    for (name, effects) in [("sticky", result.memory.sticky), ("cooldown", result.memory.cooldown)] {
      for (key, effect) in effects {
        lists["\(name) \(key.id)"] = [effect.start, effect.end] + (effect.isProtected ? [1] : [])
      }
    }
  }
}
