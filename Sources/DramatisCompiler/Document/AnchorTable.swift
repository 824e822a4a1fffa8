/// The anchors of a document and what each stands for.
struct AnchorTable {
  /// One `&name`; a later one of the same name replaces it.
  struct Definition: Equatable {
    let name: String
    fileprivate let number: Int
  }

  enum Target {
    /// The anchored collection has not ended, so that an alias would contain itself.
    case open
    case complete(PlacedNode)
  }

  private static let suggested = 32
  private var targets: [String: (definition: Definition, target: Target)] = [:]
  private var names: [String] = []

  subscript(name: String) -> Target? { targets[name]?.target }

  /// The last names that were defined; a bounded number, for suggestions.
  var recentNames: [String] { names.suffix(AnchorTable.suggested) }

  mutating func begin(_ name: String) -> Definition {
    let definition = Definition(name: name, number: names.count)
    targets[name] = (definition, .open)
    names.append(name)
    return definition
  }

  mutating func complete(_ definition: Definition, with node: PlacedNode) {
    guard targets[definition.name]?.definition == definition else { return }
    targets[definition.name] = (definition, .complete(node))
  }
}
