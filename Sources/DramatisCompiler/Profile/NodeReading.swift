/// Reading of keys, texts, numbers and words, with a diagnostic for each way in which they can be wrong.
protocol NodeReading {
  /// Whether there are as many mistakes as a reader could want to see, so that looking for more is in vain.
  var isFull: Bool { get }
  /// Keeps a mistake, unless there are too many.
  mutating func report(_ diagnostic: Diagnostic)
}

extension NodeReading {
  mutating func report(
    _ code: DiagnosticCode, message: String, at span: SourceSpan, label: String? = nil, help: [String] = []
  ) {
    report(Diagnostic(code, message: message, at: span, label: label, help: help))
  }

  /// Checks that a node is a mapping of known keys.
  ///
  /// - Parameter span: Where to point when a key is missing; the mapping itself unless given.
  mutating func fields(
    _ node: Node, _ what: String, _ keys: [String], reserved: [String] = [], span: SourceSpan? = nil
  ) -> Fields? {
    guard case .mapping(let entries) = node.content else {
      wrongType(node, expected: "a mapping for \(what)")
      return nil
    }
    for entry in entries where !keys.contains(entry.key.text) { unknownKey(entry, what, keys, reserved) }
    return Fields(
      what: what, span: span ?? entries.first?.key.span ?? node.span, keys: keys, entries: entries)
  }

  private mutating func unknownKey(_ entry: Entry, _ what: String, _ keys: [String], _ reserved: [String]) {
    let key = entry.key.text
    if reserved.contains(key) {
      report(
        .reservedKey, message: "the key '\(key)' is reserved for a later version", at: entry.key.span,
        help: ["this version does nothing with it; remove it"])
      return
    }
    var help = [
      nearest(key, among: keys).map { "did you mean '\($0)'?" }
        ?? "known keys are \(keys.joined(separator: ", "))"
    ]
    if key.contains(" ") {
      help = [
        entry.value.isNull
          ? "if the comma before it belongs to a text or a condition, put that in quotes"
          : "if this is a sentence with a colon in it, put it in quotes"
      ]
    }
    report(
      .unknownKey, message: "unknown key '\(key)'", at: entry.key.span, label: "\(what) has no such key",
      help: help)
  }

  /// Says nothing about a node whose mistake has been reported.
  mutating func wrongType(_ node: Node, expected: String, help: [String] = []) {
    guard !node.isBroken else { return }
    report(
      .wrongType, message: "expected \(expected), found \(node.kindDescription)", at: node.span, help: help)
  }

  /// Says nothing where an unknown key, which has been reported, may be what was meant.
  mutating func missing(_ key: String, _ fields: Fields) {
    guard !fields.mayMisspell(key) else { return }
    report(.missingKey, message: "\(fields.what) needs the key '\(key)'", at: fields.span)
  }

  /// A text that is not blank; a diagnostic otherwise.
  mutating func text(_ node: Node, _ what: String) -> String? {
    guard let scalar = node.scalar else {
      wrongType(node, expected: what)
      return nil
    }
    guard !node.isBroken else { return nil }
    guard !node.isNull, !scalar.text.isBlank else {
      report(.nothingThere, message: "\(what) is missing here", at: node.span)
      return nil
    }
    checkControls(scalar, node.span)
    return scalar.text
  }

  private mutating func checkControls(_ scalar: Scalar, _ span: SourceSpan) {
    guard scalar.text.hasControls else { return }
    report(
      .controlCharacter, message: "this text contains control characters", at: span,
      help: ["they are removed wherever the text is shown"])
  }

  mutating func requiredText(_ fields: Fields, _ key: String) -> String? {
    guard let node = fields[key] else {
      missing(key, fields)
      return nil
    }
    return text(node, "a text for '\(key)'")
  }

  mutating func optionalText(_ fields: Fields, _ key: String) -> String {
    guard let node = fields[key], !isBlank(node) else { return "" }
    return text(node, "a text for '\(key)'") ?? ""
  }

  /// Whether nothing was written where nothing need be.
  func isBlank(_ node: Node) -> Bool {
    node.scalar?.text.isBlank == true || node.isNull
  }

  /// A list of texts, for which a single text may stand alone.
  mutating func texts(_ node: Node?) -> [Node] {
    items(node).filter { text($0, "a text") != nil }
  }

  /// The elements of a list; anything else counts as a list of itself, nothing as an empty one.
  func items(_ node: Node?) -> [Node] {
    guard let node, !node.isNull else { return [] }
    if case .sequence(let nodes) = node.content { return nodes }
    return [node]
  }

  /// A whole number within bounds.
  mutating func integer(_ node: Node?, in range: ClosedRange<Int>) -> Int? {
    guard let node else { return nil }
    guard let scalar = node.scalar, scalar.style == .plain, let value = Self.wholeNumber(scalar.text) else {
      notWhole(node)
      return nil
    }
    guard let value, range.contains(value) else {
      report(
        .numberOutOfRange, message: "\(scalar.text.prefix(40)) is out of range", at: node.span,
        label: "expected \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  private mutating func notWhole(_ node: Node) {
    guard let scalar = node.scalar, !node.isNull, !node.isBroken else {
      return wrongType(node, expected: "a whole number")
    }
    let isQuoted = scalar.style != .plain
    report(
      .wrongType,
      message: "expected a whole number, found \(isQuoted ? "a text in quotes" : scalar.text.quoted)",
      at: node.span, help: isQuoted ? ["write it without quotes"] : [])
  }

  /// A number within bounds.
  mutating func number(_ node: Node, in range: ClosedRange<Double>) -> Double? {
    guard let scalar = node.scalar, scalar.style == .plain, let value = Double(scalar.text), value.isFinite
    else {
      wrongType(node, expected: "a number")
      return nil
    }
    guard range.contains(value) else {
      report(
        .numberOutOfRange, message: "\(scalar.text.prefix(40)) is out of range", at: node.span,
        label: "expected \(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))")
      return nil
    }
    return value
  }

  /// A number without a fraction that is nought.
  private static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// The outer nil means that it is no number, the inner one that it is too large.
  private static func wholeNumber(_ text: String) -> Int?? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return .some(Int(text))
  }

  /// One of a set of words, each the raw value of a case.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node?, _ what: String, as type: Word.Type = Word.self
  ) -> Word? where Word.RawValue == String {
    guard let node else { return nil }
    guard let written = text(node, what) else { return nil }
    if let word = Word(rawValue: written) { return word }
    let words = Word.allCases.map(\.rawValue)
    report(
      .unknownWord, message: "unknown word '\(written)'", at: node.span, label: "expected \(what)",
      help: [
        nearest(written, among: words).map { "did you mean '\($0)'?" }
          ?? "write one of \(words.joined(separator: ", "))"
      ])
    return nil
  }
}

extension String {
  /// Whether there is nothing in it but white space.
  fileprivate var isBlank: Bool {
    // The first character of almost every text says that it is not, and needs no look at its neighbours.
    if let first = utf8.first, (0x21...0x7E).contains(first) { return false }
    return allSatisfy(\.isWhitespace)
  }
}
