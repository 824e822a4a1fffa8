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
    /// Whether the budget was reached.
    public var isOverBudget = false
    /// What the next turn has to know.
    public var memory = LoreMemory()
  }

  /// Why an entry is told.
  public enum Reason: Hashable, Sendable {
    /// A line at its start says so.
    case decorator
    case constant
    /// It stays from an earlier turn.
    case sticky
    /// A key was found.
    case key(String)
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
  private let decorators: [[String]]
  var text: LoreText
  private(set) var effects: LoreEffects

  /// The order in which entries were found, by their place in the list.
  private var activated: [Int] = []
  private var reasons: [Int: Reason] = [:]
  private var failed: Set<Int> = []
  private var isOverBudget = false
  private var carried = ""

  /// Prepares a scan.
  ///
  /// - Parameters:
  ///   - entries: In the order in which they are tried; see ``LoreEntry/ordered(_:by:)``.
  ///   - messages: The oldest first.
  ///   - memory: What the last turn left.
  ///   - trigger: The kind of turn, such as `normal` or `swipe`.
  ///   - chance: A number from 0 up to 1 for a name; the same one for the same name.
  public init(
    _ entries: [LoreEntry], messages: [Message], character: Character, settings: LoreSettings,
    memory: LoreMemory = LoreMemory(), trigger: String = "normal",
    chance: @escaping @Sendable (String) -> Double
  ) {
    self.settings = settings
    self.character = character
    self.trigger = trigger
    self.chance = chance
    self.entries = entries
    let decorated = entries.map(\.decorated)
    decorators = decorated.map(\.decorators)
    contents = decorated.map { character.expanding($0.content) }
    let fields: [LoreEntry.Fields] = [
      .persona, .description, .personality, .depthPrompt, .scenario, .creatorNotes,
    ]
    text = LoreText(
      messages.reversed().map { settings.includesNames ? "\($0.name): \($0.text)" : $0.text },
      fields: fields.map { ($0, character.expanding(character.texts[$0] ?? "")) }, settings: settings)
    effects = LoreEffects(memory, entries: entries, count: messages.count)
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
      let recursing = new.filter { !failed.contains($0) && !entries[$0].preventsRecursion }
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
    return Result(
      activated: told, reasons: activated.map { reasons[$0] ?? .constant }, isOverBudget: isOverBudget,
      memory: effects.memory)
  }

  private mutating func next(after pass: Pass, recursing: Bool) -> Pass? {
    guard !isOverBudget else { return nil }
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
    return rivals.left
  }

  private func reason(for index: Int, in pass: Pass, level: Int) -> Reason? {
    let entry = entries[index]
    let isSticky = effects.isSticky(entry)
    guard !failed.contains(index), !activated.contains(index), !entry.isDisabled, isMeant(entry),
      !effects.isDelayed(entry), isSticky || !effects.isCooling(entry),
      isSticky || isOpen(entry, in: pass, level: level)
    else { return nil }
    if decorators[index].contains(LoreEntry.Decorator.activate.rawValue) { return .decorator }
    if decorators[index].contains(LoreEntry.Decorator.dontActivate.rawValue) { return nil }
    if entry.isConstant { return .constant }
    return isSticky ? .sticky : keyFound(of: entry, in: pass).map { .key($0) }
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
  private func keyFound(of entry: LoreEntry, in pass: Pass) -> String? {
    guard !entry.keys.isEmpty else { return nil }
    let searched = text.searched(for: entry, withRecursed: pass != .minimumActivations)
    let holds = { (key: String) in
      let key = character.expanding(key)
      return !key.isEmpty && text.holds(searched, key: key.trimmedAsInScript, for: entry)
    }
    guard let found = entry.keys.first(where: holds) else { return nil }
    guard entry.isSelective, !entry.secondaryKeys.isEmpty else { return found }
    let agree =
      switch entry.logic {
      case .any: entry.secondaryKeys.contains(where: holds)
      case .notAll: !entry.secondaryKeys.allSatisfy(holds)
      case .none: !entry.secondaryKeys.contains(where: holds)
      case .all: entry.secondaryKeys.allSatisfy(holds)
      }
    return agree ? found : nil
  }

  /// Tells entries one after the other until the budget is reached.
  private mutating func add(_ new: [Int]) {
    let before = Self.tokens(in: carried)
    var told = ""
    for index in new {
      let entry = entries[index]
      guard passes(entry) else {
        failed.insert(index)
        continue
      }
      if isOverBudget, !entry.ignoresBudget { continue }
      told += contents[index] + "\n"
      if !entry.ignoresBudget, before + Self.tokens(in: told) >= settings.budgetTokens {
        isOverBudget = true
        continue
      }
      activated.append(index)
    }
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
