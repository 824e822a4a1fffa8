/// Works out how to take an element out of a list without disturbing its neighbours or any comment.
struct ElementRemoval {
  let file: SourceFile

  /// The edit; nil where the element has an anchor, shares its line with something else, or is the only one.
  func edit(removing index: Int, from list: Node) -> Edit? {
    guard case .sequence(let elements) = list.content, elements.count > 1, elements.indices.contains(index)
    else { return nil }
    let isFlow = file.bytes[list.span.start.offset...].first == UInt8(ascii: "[")
    return (isFlow ? inline(index, elements) : line(elements[index])).map(Edit.init(removing:))
  }

  /// With the comma that goes with it.
  private func inline(_ index: Int, _ elements: [Node]) -> Range<Int>? {
    guard let end = end(of: elements[index]) else { return nil }
    if index > 0, let before = self.end(of: elements[index - 1]) {
      let start = elements[index].span.start.offset
      return isGap(before, start) ? before..<end : nil
    }
    guard index + 1 < elements.count else { return nil }
    let (start, next) = (elements[index].span.start.offset, elements[index + 1].span.start.offset)
    return isGap(end, next) ? start..<next : nil
  }

  /// Whether nothing but a comma and blanks stands between two elements.
  private func isGap(_ start: Int, _ end: Int) -> Bool {
    guard start <= end else { return false }
    let rest = file.bytes[start..<end].filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return rest == [UInt8(ascii: ",")]
  }

  /// Whole lines, from that of the dash to the end of the last.
  private func line(_ element: Node) -> Range<Int>? {
    guard let end = end(of: element) else { return nil }
    let first = file.lineRange(element.span.start.line)
    let lead = file.bytes[first.lowerBound..<element.span.start.offset].filter { $0 != 0x20 }
    let last = file.position(at: end).line
    let tail = file.bytes[end..<file.lineRange(last).upperBound].filter { $0 != 0x20 && $0 != 0x09 }
    guard lead == [UInt8(ascii: "-")], tail.isEmpty, last < file.lineCount else { return nil }
    return first.lowerBound..<file.lineRange(last + 1).lowerBound
  }

  /// Where the text of a node ends; nil where that is not plain to see.
  ///
  /// No deeper than a document nests.
  private func end(of node: Node) -> Int? {
    switch node.content {
    case .scalar(let scalar):
      return [.literal, .folded].contains(scalar.style) ? nil : scalar.span.end.offset
    case .sequence(let nodes): return end(of: node, nodes.last)
    case .mapping(let entries): return end(of: node, entries.last?.value)
    }
  }

  private func end(of node: Node, _ last: Node?) -> Int? {
    let first = file.bytes[node.span.start.offset...].first
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") { return node.span.end.offset }
    return last.flatMap { end(of: $0) }
  }
}
