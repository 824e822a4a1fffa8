/// What a lorebook remembers between turns: which entries stay, and which have to wait.
public struct LoreMemory: Hashable, Sendable {
  /// An effect in force from one number of messages to another.
  public struct Effect: Hashable, Sendable {
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
  public struct Key: Hashable, Sendable, Comparable {
    /// The book that the entry stands in.
    public var book: String
    /// Its number there.
    public var id: Int

    /// By book, then by number.
    public static func < (one: Key, other: Key) -> Bool { (one.book, one.id) < (other.book, other.id) }
  }

  /// Entries that stay.
  public var sticky: [Key: Effect] = [:]
  /// Entries that have to wait.
  public var cooldown: [Key: Effect] = [:]

  /// Remembers nothing.
  public init() {}
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
    of effect: LoreMemory.Effect, bySource: [String: LoreEntry], length: KeyPath<LoreEntry, Int>
  ) -> State {
    if count <= effect.start, !effect.isProtected { return .over }
    guard let entry = bySource[effect.source] else { return count >= effect.end ? .over : .waiting }
    guard entry[keyPath: length] != 0 else { return .over }
    return count >= effect.end ? .ended(entry) : .inForce(entry)
  }

  private func started(by entry: LoreEntry, length: Int, isProtected: Bool) -> LoreMemory.Effect {
    LoreMemory.Effect(source: entry.source, start: count, end: count + length, isProtected: isProtected)
  }

  func isSticky(_ entry: LoreEntry) -> Bool { sticky.contains(entry.source) }
  func isCooling(_ entry: LoreEntry) -> Bool { cooldown.contains(entry.source) }
  func isDelayed(_ entry: LoreEntry) -> Bool { entry.delay != 0 && count < entry.delay }

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
