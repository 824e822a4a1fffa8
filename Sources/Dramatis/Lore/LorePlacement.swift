/// Where the entries that are told are put, each list from top to bottom.
public struct LorePlacement: Hashable, Sendable {
  /// What is put at one depth under one role.
  public struct AtDepth: Hashable, Sendable {
    /// How many messages stand below it.
    public var depth: Int
    /// Who says it: 0 the system, 1 the user, 2 the character.
    public var role: Int
    /// The entries from top to bottom.
    public var entries: [LoreEntry]
  }

  /// The entries at each position but those at a depth and in outlets.
  public private(set) var fixed: [LoreEntry.Place: [LoreEntry]] = [:]
  /// What stands between messages.
  public private(set) var atDepth: [AtDepth] = []
  /// What is asked for by name.
  public private(set) var outlets: [String: [LoreEntry]] = [:]

  /// Places entries: the highest order lowest, and of two with one order the later higher.
  ///
  /// - Parameter entries: In the order in which they were found.
  public init(_ entries: [LoreEntry]) {
    for entry in entries.sorted(by: { $0.order > $1.order }) where !entry.content.isEmpty {
      switch entry.position {
      case nil: break
      case .outlet:
        // Without a name it cannot be asked for.
        if !entry.outlet.isEmpty { outlets[entry.outlet, default: []].append(entry) }
      case .atDepth:
        if let place = atDepth.firstIndex(where: { $0.depth == entry.depth && $0.role == entry.role }) {
          atDepth[place].entries.insert(entry, at: 0)
        } else {
          atDepth.append(AtDepth(depth: entry.depth, role: entry.role, entries: [entry]))
        }
      case .some(let position): fixed[position, default: []].insert(entry, at: 0)
      }
    }
  }
}

extension LoreEntry {
  /// For whom a book is there.
  public enum Scope: String, Hashable, Sendable { case global, character, chat, persona }

  /// The entries of several books in the order in which they are tried.
  public static func ordered(
    _ books: [(scope: Scope, entries: [LoreEntry])], by strategy: LoreSettings.Strategy
  ) -> [LoreEntry] {
    func entries(_ scopes: Scope...) -> [LoreEntry] {
      scopes.flatMap { scope in books.filter { $0.scope == scope }.flatMap(\.entries) }.sorted {
        $0.order > $1.order
      }
    }
    let first = entries(.chat) + entries(.persona)
    switch strategy {
    case .evenly: return first + entries(.global, .character)
    case .characterFirst: return first + entries(.character) + entries(.global)
    case .globalFirst: return first + entries(.global) + entries(.character)
    }
  }
}
