/// Edits of what a document says.
extension TextEdit {
  /// - Parameter replacement: The new value as YAML.
  init(replacing node: Node, with replacement: String) {
    self.init(replacing: node.span.start.offset..<node.span.end.offset, with: replacement)
  }

  /// A list with other elements, in brackets or with dashes as it was; nil where that cannot be told.
  ///
  /// - Parameters:
  ///   - isFlow: Whether the list stands in brackets.
  ///   - elements: The new elements as YAML.
  init?(replacingElementsOf list: Node, isFlow: Bool, with elements: [String]) {
    guard case .sequence(let nodes) = list.content, !isFlow, let first = nodes.first, let last = nodes.last
    else {
      self.init(replacing: list, with: "[\(elements.joined(separator: ", "))]")
      return
    }
    guard !elements.isEmpty else { return nil }
    let dash = String(repeating: " ", count: list.span.start.column - 1) + "- "
    self.init(
      replacing: first.span.start.offset..<last.span.end.offset,
      with: elements.joined(separator: "\n" + dash))
  }

  /// Takes an element out of a list without disturbing its neighbours or any comment.
  ///
  /// Nil where the element has an anchor, shares its line with something else, or is the only one.
  init?(removing index: Int, from list: Node, in file: SourceFile) {
    guard case .sequence(let elements) = list.content, elements.count > 1, elements.indices.contains(index)
    else { return nil }
    let isFlow = file.bytes[list.span.start.offset...].first == UInt8(ascii: "[")
    let removal = ElementRemoval(file: file, elements: elements)
    guard let range = isFlow ? removal.inline(index) : removal.line(elements[index]) else { return nil }
    self.init(removing: range)
  }
}

/// Works out which bytes go with an element of a list.
private struct ElementRemoval {
  let file: SourceFile
  let elements: [Node]

  /// With the comma that goes with it.
  func inline(_ index: Int) -> Range<Int>? {
    guard let end = end(of: elements[index]) else { return nil }
    if index > 0, let before = self.end(of: elements[index - 1]) {
      return isGap(from: before, to: elements[index].span.start.offset) ? before..<end : nil
    }
    guard index + 1 < elements.count else { return nil }
    let (start, next) = (elements[index].span.start.offset, elements[index + 1].span.start.offset)
    return isGap(from: end, to: next) ? start..<next : nil
  }

  /// Whether nothing but a comma and blanks stands between two elements.
  private func isGap(from start: Int, to end: Int) -> Bool {
    guard start <= end else { return false }
    return file.bytes[start..<end].filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == [UInt8(ascii: ",")]
  }

  /// Whole lines, from that of the dash to the end of the last.
  func line(_ element: Node) -> Range<Int>? {
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
    case .sequence(let nodes): return end(of: node, endingIn: nodes.last)
    case .mapping(let entries): return end(of: node, endingIn: entries.last?.value)
    }
  }

  private func end(of node: Node, endingIn last: Node?) -> Int? {
    let first = file.bytes[node.span.start.offset...].first
    if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") { return node.span.end.offset }
    return last.flatMap { end(of: $0) }
  }
}
