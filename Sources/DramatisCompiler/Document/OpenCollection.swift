/// A list or mapping whose end has not been reached.
struct OpenCollection {
  private let isMapping: Bool
  private var items: [Node] = []
  private var mapping = OpenMapping()
  private let start: Int
  private var end: Int
  private var size = 1
  private var bytes = 0
  private var height = 1
  let anchor: AnchorTable.Definition?

  init(isMapping: Bool, start: Int, anchor: AnchorTable.Definition?) {
    self.isMapping = isMapping
    self.start = start
    self.end = start
    self.anchor = anchor
  }

  /// Returns the mistake of a key that cannot be used.
  mutating func add(_ child: PlacedNode, in file: SourceFile) -> Diagnostic? {
    end = max(end, child.place.upperBound)
    size += child.size
    bytes += child.bytes
    height = max(height, child.height + 1)
    if isMapping { return mapping.add(child, in: file) }
    items.append(child.node)
    return nil
  }

  /// libyaml gives a bracket that closes a collection a place, an outdent none.
  func close(at bracket: Range<Int>, in file: SourceFile) -> PlacedNode {
    let place = start..<max(start, bracket.isEmpty ? end : bracket.upperBound)
    let node = Node(span: file.span(place), content: finished)
    return PlacedNode(node: node, place: place, size: size, bytes: bytes, height: height)
  }

  private var finished: Node.Content {
    isMapping ? .mapping(mapping.entries) : .sequence(items)
  }
}

/// The entries of a mapping so far, and the key that waits for its value.
private struct OpenMapping {
  private enum Expectation {
    case key
    case value(Node)
    /// The key was refused, so its value is passed over.
    case ignored
  }

  private(set) var entries: [MappingEntry] = []
  private var expected = Expectation.key
  private var firstPlaces = FirstPlaces()

  /// Keys and values come in turns; returns the mistake of a key.
  mutating func add(_ child: PlacedNode, in file: SourceFile) -> Diagnostic? {
    switch expected {
    case .key: return addKey(child, in: file)
    case .value(let key): entries.append(MappingEntry(key: key, value: child.node))
    case .ignored: break
    }
    expected = .key
    return nil
  }

  private mutating func addKey(_ child: PlacedNode, in file: SourceFile) -> Diagnostic? {
    expected = .ignored
    if child.node.isBroken { return nil }
    guard case .scalar(let scalar) = child.node.content, !scalar.isNull else {
      return keyNotText(child, in: file)
    }
    if let first = firstPlaces[scalar.text] {
      return duplicate(scalar.text, at: child.place, of: first, in: file)
    }
    firstPlaces.note(scalar.text, at: child.place)
    expected = .value(child.node)
    return nil
  }

  private func duplicate(
    _ key: String, at place: Range<Int>, of first: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      .duplicateKey, message: "the key \(key.quoted) is given twice", at: file.span(place),
      label: "this one is ignored", marks: [Diagnostic.Mark(file.span(first), "first given here")])
  }

  private func keyNotText(_ child: PlacedNode, in file: SourceFile) -> Diagnostic {
    let found =
      switch child.node.content {
      case .scalar: "nothing"
      case .sequence: "a list"
      case .mapping: "a mapping"
      }
    return Diagnostic(
      .keyNotText, message: "a key must be text", at: file.span(child.place), label: "this key is \(found)",
      help: ["put quotes around it if it is meant as text"])
  }
}

/// The places where the keys of a mapping were given first.
private struct FirstPlaces {
  /// Up to so many keys are looked through one by one, which is quicker than hashing them.
  private static let few = 12
  private var keys: [(text: String, place: Range<Int>)] = []
  /// The keys beyond the few.
  private var more: [String: Range<Int>] = [:]

  subscript(key: String) -> Range<Int>? {
    for known in keys where known.text == key { return known.place }
    return more.isEmpty ? nil : more[key]
  }

  /// Remembers a key that was not given before.
  mutating func note(_ key: String, at place: Range<Int>) {
    if keys.count < Self.few { keys.append((key, place)) } else { more[key] = place }
  }
}

/// A node with what the builder must know about it.
struct PlacedNode {
  let node: Node
  /// The bytes where it is used; for an alias these are not the node's own.
  let place: Range<Int>
  /// The number of nodes in it, itself included.
  var size = 1
  /// The bytes of text in it.
  var bytes = 0
  /// The number of collections inside each other, itself included; 0 for a scalar.
  var height = 0
}

/// The anchors of a document and what each stands for.
struct AnchorTable {
  /// One `&name`; a later one of the same name replaces it.
  struct Definition: Equatable {
    let name: String
    fileprivate let number: Int
    /// Where it stands, and whether it is repeated somewhere.
    fileprivate let place: Range<Int>
  }

  enum Target {
    /// The anchored collection has not ended, so that an alias would contain itself.
    case open
    case complete(PlacedNode)
  }

  private static let suggested = 32
  private var targets: [String: (definition: Definition, target: Target)] = [:]
  private var names: [String] = []
  private var definitions: [Definition] = []
  private var repeated: Set<Int> = []

  subscript(name: String) -> Target? { targets[name]?.target }

  /// Where anchors stand that nothing repeats, with their names.
  var unused: [(name: String, place: Range<Int>)] {
    definitions.filter { !repeated.contains($0.number) }.map { ($0.name, $0.place) }
  }

  /// Notes that an alias repeats what is called so.
  mutating func use(_ name: String) {
    if let number = targets[name]?.definition.number { repeated.insert(number) }
  }

  /// The last names that were defined; a bounded number, for suggestions.
  var recentNames: [String] { names.suffix(AnchorTable.suggested) }

  mutating func begin(_ name: String, at place: Range<Int>) -> Definition {
    let definition = Definition(name: name, number: names.count, place: place)
    definitions.append(definition)
    targets[name] = (definition, .open)
    names.append(name)
    return definition
  }

  mutating func complete(_ definition: Definition, with node: PlacedNode) {
    guard targets[definition.name]?.definition == definition else { return }
    targets[definition.name] = (definition, .complete(node))
  }
}
