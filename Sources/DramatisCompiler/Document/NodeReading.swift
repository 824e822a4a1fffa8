import Dramatis

/// Reading of texts, numbers, words and lists, with a diagnostic for each way in which they can be wrong.
protocol NodeReading {
  /// Whether there are as many mistakes as a reader could want to see, so that looking for more is in vain.
  var isFull: Bool { get }
  /// Keeps a mistake, unless there are too many.
  mutating func report(_ diagnostic: Diagnostic)
  /// Notes what an entry may declare that stands where it is not read.
  mutating func passOver(_ entry: MappingEntry)
  /// Notes that there are names which nobody knows.
  mutating func namesAreUnknown()
}

extension NodeReading {
  func passOver(_ entry: MappingEntry) {}
  func namesAreUnknown() {}

  mutating func report(
    _ code: DiagnosticCode, message: String, at span: SourceSpan, label: String? = nil, help: [String] = []
  ) {
    report(Diagnostic(code, message: message, at: span, label: label, help: help))
  }

  /// Says nothing about a node whose mistake has been reported.
  mutating func wrongType(_ node: Node, expected: String, help: [String] = []) {
    guard !node.isBroken else { return }
    let help =
      help + (node.isTextInBraces ? ["put quotes around text that begins with '{'"] : [])
      + (node.scalar?.tightIndicator.map { ["a blank is missing behind the '\($0)'"] } ?? [])
    let found = node.isTextInBraces ? "words in braces" : node.kindDescription
    report(.wrongType, message: "expected \(expected), found \(found)", at: node.span, help: help)
  }

  /// A text that is not blank; a diagnostic otherwise.
  mutating func text(of node: Node, expected: String) -> String? {
    guard let scalar = node.scalar else {
      wrongType(node, expected: expected)
      return nil
    }
    guard !node.isBroken else { return nil }
    guard !node.isNull, !scalar.text.isBlank else {
      report(.nothingThere, message: "\(expected) is missing here", at: node.span)
      return nil
    }
    checkControls(scalar, at: node.span)
    return scalar.text
  }

  private mutating func checkControls(_ scalar: Scalar, at span: SourceSpan) {
    guard scalar.text.hasControls else { return }
    report(
      .controlCharacter, message: "this text contains control characters", at: span,
      help: ["they are removed wherever the text is shown"])
  }

  /// Whether nothing was written where nothing need be.
  func isBlank(_ node: Node) -> Bool {
    node.scalar?.text.isBlank == true || node.isNull
  }

  /// A list of texts, for which a single text may stand alone; those that are none are left out.
  mutating func texts(of node: Node?) -> [Node] {
    items(of: node).filter { text(of: $0, expected: "a text") != nil }
  }

  /// The elements of a list; anything else counts as a list of itself, nothing as an empty one.
  func items(of node: Node?) -> [Node] {
    guard let node, !node.isNull else { return [] }
    if case .sequence(let nodes) = node.content { return nodes }
    return [node]
  }

  /// The entries of a mapping whose keys are names.
  ///
  /// - Parameter content: What stands in it, for messages: `variables`, or `machines and states`.
  mutating func entries(of node: Node?, naming content: String) -> [MappingEntry] {
    guard let node, !node.isNull else { return [] }
    guard case .mapping(let entries) = node.content else {
      wrongType(
        node, expected: "a mapping of \(content)",
        help: ["write every name on its own line, with a ':' behind it"])
      return []
    }
    return entries
  }

  mutating func boolean(_ node: Node) -> Bool? {
    guard node.scalar?.style == .plain, ["true", "false"].contains(node.text) else {
      wrongType(node, expected: "true or false", help: node.meantBoolean.map { ["write \($0)"] } ?? [])
      return nil
    }
    return node.text == "true"
  }

  /// A whole number within bounds.
  mutating func integer(_ node: Node, in range: ClosedRange<Int>) -> Int? {
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
    let help = Self.helpForWholeNumber(scalar.text) ?? (isQuoted ? "write it without quotes" : nil)
    report(
      .wrongType,
      message: "expected a whole number, found \(isQuoted ? "a text in quotes" : scalar.text.quoted)",
      at: node.span, help: help.map { [$0] } ?? [])
  }

  /// A number within bounds.
  mutating func number(_ node: Node, in range: ClosedRange<Double>) -> Double? {
    guard let scalar = node.scalar, scalar.style == .plain, let value = Self.decimal(scalar.text) else {
      wrongType(node, expected: "a number", help: Self.helpForNumber(node.text))
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

  /// A number in decimals, with or without an exponent: what YAML and JSON call one.
  static func decimal(_ text: String) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      let value = Double(text), value.isFinite
    else { return nil }
    return value
  }

  /// What helps whoever wrote a number in a way that is none here.
  private static func helpForNumber(_ text: String) -> [String] {
    if isNumberWithComma(text) {
      return ["a number is written with a point: \(text.replacing(",", with: "."))"]
    }
    let digits = text.drop { $0 == "-" || $0 == "+" }
    return digits.lowercased().hasPrefix("0x") ? ["write it in decimals"] : []
  }

  /// What helps whoever wrote a whole number with signs between its digits, an exponent or noughts before it.
  private static func helpForWholeNumber(_ text: String) -> String? {
    let sign = text.hasPrefix("-") ? "-" : ""
    let digits = text.filter { !"_,' +-".contains($0) }
    if digits != text.drop(while: { "+-".contains($0) }) || digits.count > 1 && digits.first == "0",
      digits.allSatisfy({ $0.isASCII && $0.isNumber }), let value = Int(sign + digits)
    {
      return "write \(value)"
    }
    guard let value = decimal(text) else { return nil }
    return Int(exactly: value).map { "write \($0)" } ?? "a whole number has no fraction"
  }

  private static func isNumberWithComma(_ text: String) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && Double(parts[0]) != nil && !parts[1].isEmpty
      && parts[1].allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// A number without a fraction that is nought.
  private static func short(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? "\(number)"
  }

  /// The outer nil means that it is no number, the inner one that it is too large.
  private static func wholeNumber(_ text: String) -> Int?? {
    let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    // `010` is 8 for whoever reads numbers as YAML 1.1 does.
    guard digits.count == 1 || digits.first != "0" else { return nil }
    return .some(Int(text))
  }

  /// One of a set of words, each the raw value of a case.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: Node, expected: String, as type: Word.Type = Word.self
  ) -> Word? where Word.RawValue == String {
    guard let written = text(of: node, expected: expected) else { return nil }
    if let word = Word(rawValue: written) { return word }
    let words = Word.allCases.map(\.rawValue)
    report(
      .unknownWord, message: "unknown word '\(written)'", at: node.span, label: "expected \(expected)",
      help: [
        nearest(written, among: words).map { "did you mean '\($0)'?" }
          ?? "write one of \(words.joined(separator: ", "))"
      ])
    return nil
  }
}

extension Node {
  /// `true` or `false`, for a word of another spelling, of another language or in quotes; nil for any other text.
  var meantBoolean: String? { scalar.flatMap { $0.text.meantBoolean } }

  /// Whether braces that begin a text made a mapping of it, as in `{user}`.
  var isTextInBraces: Bool {
    guard case .mapping(let entries) = content, !entries.isEmpty else { return false }
    return entries.allSatisfy { $0.value.isNull && !$0.value.isBroken } && span.start.line == span.end.line
      && span.start != entries[0].key.span.start
  }
}

extension Scalar {
  /// The dash or the colon that would begin an element or end a key if a blank stood behind it.
  fileprivate var tightIndicator: Character? {
    guard style == .plain, let first = text.first else { return nil }
    if first == "-", let next = text.dropFirst().first, next.isLetter { return "-" }
    let rest = text.drop { $0.isLetter || $0 == "_" || $0 == "-" }
    guard first.isLetter, rest.first == ":", let next = rest.dropFirst().first, next != "/" else {
      return nil
    }
    return ":"
  }
}

extension String {
  /// `true` or `false`, for a word that means it in another spelling or language.
  var meantBoolean: String? {
    switch lowercased() {
    case "true", "yes", "on": "true"
    case "false", "no", "off": "false"
    default: nil
    }
  }

  /// Whether there is nothing in it but white space.
  fileprivate var isBlank: Bool {
    // The first character of almost every text says that it is not, and needs no look at its neighbours.
    if let first = utf8.first, (0x21...0x7E).contains(first) { return false }
    return allSatisfy(\.isWhitespace)
  }
}
