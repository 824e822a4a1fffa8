/// Finds which entries of lorebooks a conversation calls for, as SillyTavern does.
///
/// A scan is a pure function of what it is given; the only chance is the one that it is handed.
public struct LoreScan: Sendable {
  /// A message of the conversation.
  public struct Message: Hashable, Sendable {
    /// Who says it.
    public var name: String
    /// What is said.
    public var text: String
    /// Makes a message.
    public init(name: String, text: String) { (self.name, self.text) = (name, text) }
  }

  /// Who is played, as far as entries ask.
  public struct Character: Hashable, Sendable {
    /// How it is called, for `{{char}}` as well.
    public var name = ""
    /// The name of its file without the ending, by which filters know it.
    public var fileName = ""
    /// Nil where it has none at all.
    public var tags: [String]?
    /// How the user is called, for `{{user}}`.
    public var user = ""
    /// The fields of its card that entries may search.
    public var texts: [LoreEntry.Fields: String] = [:]
    /// Makes a character without a name.
    public init() {}
  }

  /// What a scan came to.
  public struct Result: Hashable, Sendable {
    /// The entries that are told, in the order in which they were found.
    public var activated: [LoreEntry] = []
    /// Why each of them is.
    public var reasons: [Reason] = []
    /// Those that are not told, and why, in the order in which they are tried.
    public var silent: [Silent] = []
    /// Whether the budget was reached.
    public var isOverBudget = false
    /// What the next turn has to know.
    public var memory = LoreMemory()
  }

  /// An entry that is not told.
  public struct Silent: Hashable, Sendable {
    /// The entry.
    public let entry: LoreEntry
    /// Why it is not told.
    public let silence: Silence
  }

  /// Why another pass is made.
  enum Pass { case initial, recursion, minimumActivations }

  let settings: LoreSettings
  let character: Character
  let trigger: String
  private let chance: @Sendable (String) -> Double
  /// In the order in which they are tried.
  let entries: [LoreEntry]
  private let contents: [String]
  private let keys: LoreKeys
  /// The places of entries whose condition does not hold.
  private let closed: Set<Int>
  private let decorators: [[String]]
  var text: LoreText
  private(set) var effects: LoreEffects

  /// The order in which entries were found, by their place in the list.
  private var activated: [Int] = []
  private var reasons: [Int: Reason] = [:]
  private var failed: Set<Int> = []
  private var silences: [Int: Silence] = [:]
  private var isOverBudget = false
  private var carried = ""

  /// Prepares a scan.
  ///
  /// - Parameters:
  ///   - entries: In the order in which they are tried; see ``LoreEntry/ordered(_:by:)``.
  ///   - messages: The oldest first.
  ///   - memory: What the last turn left.
  ///   - trigger: The kind of turn, such as `normal` or `swipe`.
  ///   - count: How many messages there were; as many as are given unless said.
  ///   - closed: The places of entries whose condition does not hold.
  ///   - keys: The keys of the entries made ready, where they are at hand.
  ///   - chance: A number from 0 up to 1 for a name; the same one for the same name.
  public init(
    _ entries: [LoreEntry], messages: [Message], character: Character, settings: LoreSettings,
    memory: LoreMemory = LoreMemory(), trigger: String = "normal", count: Int? = nil, closed: Set<Int> = [],
    keys: LoreKeys? = nil,
    chance: @escaping @Sendable (String) -> Double
  ) {
    self.settings = settings
    self.character = character
    self.trigger = trigger
    self.chance = chance
    self.closed = closed
    self.entries = entries
    let decorated = entries.map(\.decorated)
    decorators = decorated.map(\.decorators)
    self.keys = (keys ?? LoreKeys(of: entries)).filled(for: character, of: entries)
    contents = decorated.map { character.expanding($0.content) }
    let fields: [LoreEntry.Fields] = [
      .persona, .description, .personality, .depthPrompt, .scenario, .creatorNotes,
    ]
    text = LoreText(
      messages.reversed().map { settings.includesNames ? "\($0.name): \($0.text)" : $0.text },
      fields: fields.map { ($0, character.expanding(character.texts[$0] ?? "")) }, settings: settings)
    effects = LoreEffects(memory, entries: entries, count: count ?? messages.count)
  }

  /// Searches until nothing calls for another pass.
  ///
  /// - Complexity: No more passes than there are entries, levels and messages together.
  public mutating func run() -> Result {
    var levels = Array(Set(entries.map(\.recursionLevel).filter { $0 > 0 })).sorted()
    var level = levels.isEmpty ? 0 : levels.removeFirst()
    var pass: Pass? = .initial
    var count = 0
    while let current = pass, settings.maximumSteps == 0 || count < settings.maximumSteps, !entries.isEmpty {
      count += 1
      let new = chosen(in: current, level: level)
      add(new)
      let recursing = new.filter { !entries[$0].preventsRecursion && feedsRecursion($0) }
      pass = next(after: current, recursing: !recursing.isEmpty)
      if pass == nil, !levels.isEmpty {
        pass = .recursion
        level = levels.removeFirst()
      }
      if pass != nil {
        let told = recursing.map { contents[$0] }.joined(separator: "\n")
        text.add(recursed: told)
        carried = told + "\n" + carried
      }
    }
    let told = activated.map { entries[$0].telling(contents[$0]) }
    effects.begin(for: activated.map { entries[$0] })
    let silent = entries.indices.filter { !activated.contains($0) }.map {
      Silent(entry: entries[$0].telling(contents[$0]), silence: silences[$0] ?? .noKey)
    }
    return Result(
      activated: told, reasons: activated.map { reasons[$0] ?? .constant }, silent: silent,
      isOverBudget: isOverBudget, memory: effects.memory)
  }

  /// Whether the text of a chosen entry is searched later: in SillyTavern even one that the budget left out.
  private func feedsRecursion(_ index: Int) -> Bool {
    settings.dialect == .sillytavern ? !failed.contains(index) : activated.contains(index)
  }

  /// The entries that keys may call for, as if all others were told too, whatever rivals, chance and budget say.
  var placesInReach: [Int] {
    let told = settings.isRecursive || entries.contains { $0.recursionLevel > 0 }
    var wide = text
    if told { for content in contents { wide.add(recursed: content) } }
    let whole = settings.minimumActivations > 0 ? SearchedText(wide.whole) : nil
    return entries.indices.filter { index in
      let entry = entries[index]
      guard !entry.isDisabled, isMeant(entry), !effects.isDelayed(entry) else { return false }
      if entry.isConstant || entry.keys.isEmpty || effects.isSticky(entry) || !decorators[index].isEmpty {
        return true
      }
      if effects.isCooling(entry) { return false }
      let searched = whole ?? wide.prepared(for: entry, withRecursed: told)
      return keys.primary[index].contains { !$0.isEmpty && wide.holds(searched, key: $0, for: entry) }
    }
  }

  private mutating func next(after pass: Pass, recursing: Bool) -> Pass? {
    guard !isOverBudget || settings.dialect != .sillytavern else { return nil }
    if settings.isRecursive, recursing || pass == .minimumActivations && !text.recursed.isEmpty {
      return .recursion
    }
    guard settings.minimumActivations > activated.count else { return nil }
    let bound = settings.minimumActivationsDepth
    guard bound == 0 || text.depth <= bound, text.depth <= messageCount else { return nil }
    text.lookFurtherBack()
    return .minimumActivations
  }

  private var messageCount: Int { effects.count }

  /// The entries that a pass calls for, those that stay first, without rivals.
  private mutating func chosen(in pass: Pass, level: Int) -> [Int] {
    let called = entries.indices.filter { index in
      guard let reason = reason(for: index, in: pass, level: level) else { return false }
      reasons[index] = reason
      return true
    }
    let sorted =
      called.filter { effects.isSticky(entries[$0]) } + called.filter { !effects.isSticky(entries[$0]) }
    var rivals = LoreRivals(sorted, in: self, told: activated.map { entries[$0].group })
    rivals.decide(withRecursed: pass != .minimumActivations, chance: chance)
    for index in sorted where !rivals.left.contains(index) {
      silences[index] =
        effects.isCooling(entries[index])
        ? .cooling(messages: effects.wait(of: entries[index])) : .rivals(group: entries[index].group)
    }
    return rivals.left
  }

  private mutating func reason(for index: Int, in pass: Pass, level: Int) -> Reason? {
    guard !failed.contains(index), !activated.contains(index) else { return nil }
    switch verdict(on: index, in: pass, level: level) {
    case .told(let reason): return reason
    case .silent(let silence):
      // What a pass of recursion adds says less than why the first one passed it over.
      if silences[index] == nil || silence != .recursion { silences[index] = silence }
      return nil
    }
  }

  private enum Verdict {
    case told(Reason)
    case silent(Silence)
  }

  private mutating func verdict(on index: Int, in pass: Pass, level: Int) -> Verdict {
    let entry = entries[index]
    let isSticky = effects.isSticky(entry)
    if entry.isDisabled { return .silent(.disabled) }
    if closed.contains(index) { return .silent(.condition) }
    if !isMeant(entry) { return .silent(.notMeant) }
    if effects.isDelayed(entry) { return .silent(.delayed(messages: entry.delay - effects.count)) }
    if !isSticky, effects.isCooling(entry) { return .silent(.cooling(messages: effects.wait(of: entry))) }
    if !isSticky, !isOpen(entry, in: pass, level: level) { return .silent(.recursion) }
    if decorators[index].contains(LoreEntry.Decorator.activate.rawValue) { return .told(.decorator) }
    if decorators[index].contains(LoreEntry.Decorator.dontActivate.rawValue) { return .silent(.decorator) }
    if entry.isConstant { return .told(.constant) }
    return isSticky ? .told(.sticky) : verdict(onKeysOf: index, in: pass)
  }

  /// Whether recursion lets an entry take part in a pass.
  private func isOpen(_ entry: LoreEntry, in pass: Pass, level: Int) -> Bool {
    if entry.recursionLevel > 0, pass != .recursion || entry.recursionLevel > level { return false }
    return !(pass == .recursion && settings.isRecursive && entry.excludesRecursion)
  }

  /// Whether the turn and the character are those that an entry is for.
  private func isMeant(_ entry: LoreEntry) -> Bool {
    guard entry.triggers.isEmpty || entry.triggers.contains(trigger) else { return false }
    guard let filter = entry.filter else { return true }
    if !filter.names.isEmpty, filter.names.contains(character.fileName) == filter.isExcluding { return false }
    guard !filter.tags.isEmpty, let tags = character.tags else { return true }
    return tags.contains(where: filter.tags.contains) != filter.isExcluding
  }

  /// The key that calls for an entry, where the secondary ones agree.
  private mutating func verdict(onKeysOf index: Int, in pass: Pass) -> Verdict {
    let entry = entries[index]
    // A condition of its own is reason enough, in every dialect: none but ours has any.
    guard !entry.keys.isEmpty else { return entry.condition == nil ? .silent(.noKey) : .told(.condition) }
    let searched = text.prepared(for: entry, withRecursed: pass != .minimumActivations)
    let text = text
    let holds = { (key: LoreKey) in !key.isEmpty && text.holds(searched, key: key, for: entry) }
    guard let found = keys.primary[index].first(where: holds) else { return .silent(.noKey) }
    guard entry.isSelective, !entry.secondaryKeys.isEmpty else { return .told(.key(found.written)) }
    let secondary = keys.secondary[index]
    let agree =
      switch entry.logic {
      case .any: secondary.contains(where: holds)
      case .notAll: !secondary.allSatisfy(holds)
      case .none: !secondary.contains(where: holds)
      case .all: secondary.allSatisfy(holds)
      }
    return agree ? .told(.key(found.written)) : .silent(.secondaryKeys(key: found.written))
  }

  /// Tells the entries that chance lets, as far as the budget goes.
  private mutating func add(_ new: [Int]) {
    var passed: [Int] = []
    for index in new {
      if passes(entries[index]) {
        passed.append(index)
      } else {
        failed.insert(index)
        silences[index] = .chance(percent: entries[index].probability ?? 0)
      }
    }
    if settings.dialect == .sillytavern { addUntilFull(passed) } else { addByPriority(passed) }
  }

  /// One after the other until the budget is reached; what comes then is left out, however small.
  private mutating func addUntilFull(_ new: [Int]) {
    let before = Self.tokens(in: carried)
    var told = ""
    for index in new {
      let entry = entries[index]
      let left = max(settings.budgetTokens - before - Self.tokens(in: told), 0)
      if isOverBudget, !entry.ignoresBudget {
        silences[index] = .budget(tokens: Self.tokens(in: contents[index]), left: left)
        continue
      }
      told += contents[index] + "\n"
      if !entry.ignoresBudget, before + Self.tokens(in: told) >= settings.budgetTokens {
        isOverBudget = true
        silences[index] = .budget(tokens: Self.tokens(in: contents[index]), left: left)
        continue
      }
      activated.append(index)
    }
  }

  /// Those of the highest priority first; what does not fit is left out, and the rest goes on.
  private mutating func addByPriority(_ new: [Int]) {
    var left = settings.budgetTokens
    for index in activated where !entries[index].ignoresBudget { left -= Self.tokens(in: contents[index]) }
    let entries = entries
    let priority = { (index: Int) in entries[index].priority ?? entries[index].order }
    let ranked = new.enumerated().sorted { one, other in
      (priority(other.element), one.offset) < (priority(one.element), other.offset)
    }
    var kept: Set<Int> = []
    for (_, index) in ranked {
      let tokens = Self.tokens(in: contents[index])
      if entries[index].ignoresBudget {
        kept.insert(index)
      } else if tokens <= left {
        left -= tokens
        kept.insert(index)
      } else {
        isOverBudget = true
        silences[index] = .budget(tokens: tokens, left: max(left, 0))
      }
    }
    activated += new.filter(kept.contains)
  }

  private func passes(_ entry: LoreEntry) -> Bool {
    guard let probability = entry.probability else { return effects.isSticky(entry) }
    return probability == 100 || effects.isSticky(entry)
      || chance("\(entry.book).\(entry.id)") * 100 <= probability
  }

  private static func tokens(in text: String) -> Int { (text.utf8.count + 3) / 4 }
}

extension LoreScan.Character {
  /// A text with names for its macros.
  func expanding(_ text: String) -> String {
    guard text.contains("{{") else { return text }
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstRange(of: "{{") {
      result += rest[..<start.lowerBound]
      let tail = rest[start.lowerBound...]
      let name = tail.prefix(8).lowercased()
      if name == "{{char}}" || name == "{{user}}" {
        result += name == "{{char}}" ? self.name : user
        rest = tail.dropFirst(8)
      } else {
        result += tail.prefix(1)
        rest = tail.dropFirst()
      }
    }
    return result + rest
  }
}

extension LoreEntry {
  fileprivate func telling(_ content: String) -> LoreEntry {
    var entry = self
    entry.content = content
    return entry
  }
}
