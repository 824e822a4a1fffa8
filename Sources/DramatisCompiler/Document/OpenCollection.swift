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
