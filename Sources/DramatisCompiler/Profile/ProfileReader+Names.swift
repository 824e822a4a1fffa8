import Dramatis

extension ProfileReader {
  /// Declares a name of the shared namespace; false, with a diagnostic, if it cannot be had.
  mutating func declare(_ key: Node, as meaning: NameTable.Meaning) -> Bool {
    guard isName(key, called: "a name") else {
      resolver.names.refuse(key.text)
      return false
    }
    if let before = resolver.names.meanings[key.text] {
      let first = declarations[key.text]
      report(
        Diagnostic(
          .nameDefinedTwice, message: "the name '\(key.text)' is defined twice", at: key.span,
          help: (first == nil ? ["it is \(before.description) in a profile of the cast"] : [])
            + ["names of variables, questions, machines and commitments are shared"],
          marks: first.map { [Diagnostic.Mark($0, "it is \(before.description) here")] } ?? []))
      resolver.names.refuse(key.text)
      return false
    }
    declarations[key.text] = key.span
    resolver.names.declare(key.text, as: meaning)
    return true
  }

  /// Whether a key is an identifier that conditions can use.
  mutating func isName(
    _ key: Node, called what: String, except reserved: Set<String> = NameTable.reserved
  ) -> Bool {
    let name = key.text
    if reserved.contains(name) {
      report(
        .badName, message: "'\(name)' is a reserved word and cannot be \(what)", at: key.span,
        help: ["choose another name"])
      return false
    }
    if let invisible = name.firstInvisible?.scalar.invisibleName {
      report(
        .badName, message: "\(what == "a name" ? "this name" : "this name of \(what)") holds \(invisible)",
        at: key.span,
        help: ["remove it"])
      return false
    }
    let scalars = name.unicodeScalars
    guard let first = scalars.first, first.startsName, scalars.allSatisfy(\.continuesName) else {
      report(
        .badName, message: "'\(name)' cannot be \(what)", at: key.span,
        label: "expected letters, digits and '_', and no digit first",
        help: Self.identifier(name).map { ["write '\($0)'"] } ?? [])
      return false
    }
    return true
  }

  /// The nearest identifier, if the name has a letter at all.
  private static func identifier(_ name: String) -> String? {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: name.unicodeScalars.map { $0.continuesName ? $0 : "_" })
    if view.first?.startsName == false { view.insert("_", at: view.startIndex) }
    return view.contains { $0.startsName && $0 != "_" } ? String(view) : nil
  }

  /// The entries of a mapping of named things, no more than may be.
  mutating func entries(of field: Field<NamesValue>, limit: Int) -> [MappingEntry] {
    let (kept, rest) = entries(of: field, atMost: limit)
    for entry in rest { resolver.names.refuse(entry.key.text) }
    return kept
  }
}
