/// What a lorebook remembers between turns: which entries stay, and which have to wait.
public struct LoreMemory: Hashable, Sendable, Codable {
  /// An effect in force from one number of messages to another.
  public struct Hold: Hashable, Sendable, Codable {
    /// What the entry was read from when the effect began.
    public var source: String
    /// How many messages there were when it began.
    public var start: Int
    /// With how many messages it is over.
    public var end: Int
    /// Whether it stays where messages are taken back.
    public var isProtected: Bool
  }

  /// Which entry an effect is of.
  public struct Key: Hashable, Sendable, Codable, Comparable {
    /// The book that the entry stands in.
    public var book: String
    /// Its number there.
    public var id: Int

    /// By book, then by number.
    public static func < (one: Key, other: Key) -> Bool { (one.book, one.id) < (other.book, other.id) }
  }

  /// Entries that stay.
  public var sticky: [Key: Hold] = [:]
  /// Entries that have to wait.
  public var cooldown: [Key: Hold] = [:]

  /// How many messages the character has perceived, in a session.
  public var messages = 0

  /// Remembers nothing.
  public init() {}

  private enum CodingKeys: String, CodingKey { case sticky, cooldown, messages }

  /// An effect with its entry, as it is stored.
  private struct Stored: Codable {
    let key: Key
    let effect: Hold
  }

  /// Reads what was remembered.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func effects(_ key: CodingKeys) throws -> [Key: Hold] {
      let stored = try container.decodeIfPresent([Stored].self, forKey: key) ?? []
      let bounds = 0...(2 * Lorebook.maximumNumber)
      return Dictionary(
        stored.filter { bounds.contains($0.effect.start) && bounds.contains($0.effect.end) }.map {
          ($0.key, $0.effect)
        }, uniquingKeysWith: { first, _ in first })
    }
    (sticky, cooldown) = (try effects(.sticky), try effects(.cooldown))
    let count = try container.decodeIfPresent(Int.self, forKey: .messages) ?? 0
    messages = min(max(count, 0), Lorebook.maximumNumber)
  }

  /// Writes what is remembered, in the order of books and entries.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    for (key, effects) in [(CodingKeys.sticky, sticky), (.cooldown, cooldown)] where !effects.isEmpty {
      let stored = effects.sorted { $0.key < $1.key }.map { Stored(key: $0.key, effect: $0.value) }
      try container.encode(stored, forKey: key)
    }
    if messages != 0 { try container.encode(messages, forKey: .messages) }
  }

  /// What concerns the entries of one book.
  func of(book: String) -> LoreMemory {
    var memory = LoreMemory()
    memory.messages = messages
    memory.sticky = sticky.filter { $0.key.book == book }
    memory.cooldown = cooldown.filter { $0.key.book == book }
    return memory
  }

  /// The same with what concerns one book as another memory has it.
  func replacing(book: String, by other: LoreMemory) -> LoreMemory {
    var memory = self
    memory.sticky = sticky.filter { $0.key.book != book }.merging(other.sticky) { $1 }
    memory.cooldown = cooldown.filter { $0.key.book != book }.merging(other.cooldown) { $1 }
    return memory
  }
}

/// Which effects are in force in a turn.
struct LoreEffects {
  private(set) var memory: LoreMemory
  /// How many messages there are.
  let count: Int
  private var sticky: Set<String> = []
  private var cooldown: Set<String> = []

  /// - Parameters:
  ///   - count: How many messages there are.
  init(_ memory: LoreMemory, entries: [LoreEntry], count: Int) {
    self.memory = memory
    self.count = count
    let bySource = Dictionary(entries.map { ($0.source, $0) }) { first, _ in first }
    for key in memory.sticky.keys.sorted() {
      guard let effect = memory.sticky[key] else { continue }
      switch state(of: effect, bySource: bySource, length: \.sticky) {
      case .inForce(let entry): sticky.insert(entry.source)
      case .waiting: break
      case .over: self.memory.sticky[key] = nil
      case .ended(let entry):
        self.memory.sticky[key] = nil
        guard entry.cooldown > 0 else { break }
        // What stayed has to wait at once, and no message that is taken back changes that.
        self.memory.cooldown[entry.key] = started(by: entry, length: entry.cooldown, isProtected: true)
        cooldown.insert(entry.source)
      }
    }
    for key in self.memory.cooldown.keys.sorted() {
      guard let effect = self.memory.cooldown[key] else { continue }
      switch state(of: effect, bySource: bySource, length: \.cooldown) {
      case .inForce(let entry): cooldown.insert(entry.source)
      case .waiting: break
      case .over, .ended: self.memory.cooldown[key] = nil
      }
    }
  }

  private enum State {
    case inForce(LoreEntry)
    case ended(LoreEntry)
    case over
    /// Of an entry that is not there, or not as it was.
    case waiting
  }

  private func state(
    of effect: LoreMemory.Hold, bySource: [String: LoreEntry], length: KeyPath<LoreEntry, Int>
  ) -> State {
    if count <= effect.start, !effect.isProtected { return .over }
    guard let entry = bySource[effect.source] else { return count >= effect.end ? .over : .waiting }
    guard entry[keyPath: length] != 0 else { return .over }
    return count >= effect.end ? .ended(entry) : .inForce(entry)
  }

  private func started(by entry: LoreEntry, length: Int, isProtected: Bool) -> LoreMemory.Hold {
    LoreMemory.Hold(source: entry.source, start: count, end: count + length, isProtected: isProtected)
  }

  func isSticky(_ entry: LoreEntry) -> Bool { sticky.contains(entry.source) }
  func isCooling(_ entry: LoreEntry) -> Bool { cooldown.contains(entry.source) }
  func isDelayed(_ entry: LoreEntry) -> Bool { entry.delay != 0 && count < entry.delay }

  /// For how many messages an entry still has to wait.
  func wait(of entry: LoreEntry) -> Int {
    let end = memory.cooldown.values.filter { $0.source == entry.source }.map(\.end).max() ?? count
    return max(end - count, 0)
  }

  /// Lets the effects of entries begin that were told.
  mutating func begin(for entries: [LoreEntry]) {
    for entry in entries {
      if entry.sticky != 0, memory.sticky[entry.key] == nil {
        memory.sticky[entry.key] = started(by: entry, length: entry.sticky, isProtected: false)
      }
      if entry.cooldown != 0, memory.cooldown[entry.key] == nil {
        memory.cooldown[entry.key] = started(by: entry, length: entry.cooldown, isProtected: false)
      }
    }
  }
}

extension LoreEntry {
  var key: LoreMemory.Key { LoreMemory.Key(book: book, id: id) }
}
