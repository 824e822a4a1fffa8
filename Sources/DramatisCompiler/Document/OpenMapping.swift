/// The entries of a mapping so far, and the key that waits for its value.
struct OpenMapping {
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
    if let first = firstPlaces[scalar.text] { return duplicate(scalar.text, child.place, first, in: file) }
    firstPlaces.note(scalar.text, at: child.place.lowerBound)
    expected = .value(child.node)
    return nil
  }

  private func duplicate(
    _ key: String, _ place: Range<Int>, _ first: Int, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      .duplicateKey, message: "the key \(key.quoted) is given twice", at: file.span(place),
      label: "this one is ignored", help: ["first given at line \(file.position(at: first).line)"])
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

extension Scalar {
  /// Nothing at all, or YAML's word for it.
  var isNull: Bool {
    style == .plain && text.utf8.count <= 4 && ["", "~", "null", "Null", "NULL"].contains(text)
  }
}
