import Dramatis

/// Parses the grammar of conditions and of the expressions in effects.
///
/// Operators and how tightly they bind stand in the tables of ``Connective``, ``Comparison`` and ``Arithmetic``.
///
/// ```
/// condition  = conjunction { "or" conjunction }
/// conjunction = negation { "and" negation }
/// negation   = "not" negation | comparison
/// comparison = sum [ ("==" | "!=" | "<" | "<=" | ">" | ">=") sum | "in" list ]
/// sum        = product { ("+" | "-") product }
/// product    = prefix { ("*" | "/") prefix }
/// prefix     = "-" prefix | primary
/// primary    = name | name "(" … ")" | name "." name … | literal | list | "(" condition ")"
/// ```
struct ConditionParser {
  /// The deepest that a condition may nest; bounds every recursion over it.
  static let maximumDepth = 32
  /// The most operands that one condition may have in all.
  static let maximumTokens = 10_000

  private let tokens: [Token]
  private var position = 0
  private var depth = 0

  private init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// Parses a whole text as one condition or expression.
  static func parse(_ text: String) throws(ConditionProblem) -> ConditionSyntax {
    let tokens = try ConditionLexer.tokens(of: text)
    guard tokens.count <= maximumTokens else {
      throw .syntax(
        "this condition is too long", at: 0..<text.utf8.count,
        help: ["split it into several gates or transitions"])
    }
    var parser = ConditionParser(tokens)
    guard parser.current.kind != .end else {
      throw ConditionProblem(code: .nothingThere, message: "this condition is empty", range: 0..<0)
    }
    let syntax = try parser.condition()
    try parser.expectEnd()
    return syntax
  }

  private var current: Token { tokens[min(position, tokens.count - 1)] }

  private mutating func accept(_ word: String) -> Bool {
    guard current.word == word else { return false }
    position += 1
    return true
  }

  /// The operator of a table that stands here, if it is one that is wanted.
  private mutating func accept<Operator: RawRepresentable<String>>(
    _: Operator.Type, where isWanted: (Operator) -> Bool = { _ in true }
  ) -> Operator? {
    guard let found = current.word.flatMap(Operator.init), isWanted(found) else { return nil }
    position += 1
    return found
  }

  private mutating func expect(_ symbol: String, after what: String) throws(ConditionProblem) {
    guard accept(symbol) else {
      throw .syntax("expected '\(symbol)' after \(what), found \(current.description)", at: current.range)
    }
  }

  private func expectEnd() throws(ConditionProblem) {
    guard current.kind != .end else { return }
    if let word = superfluous {
      throw .syntax("'\(word.text)' is no part of a condition", at: word.range, help: ["leave it out"])
    }
    if case .name("is") = current.kind, position + 1 < tokens.count, tokens[position + 1].word == "not" {
      let range = current.range.lowerBound..<tokens[position + 1].range.upperBound
      throw .syntax("unexpected 'is not'", at: range, help: ["write '!='"])
    }
    if case .name(let name) = current.kind, let meant = Self.meant(by: name) {
      throw .syntax("unexpected '\(name)'", at: current.range, help: ["write '\(meant)'"])
    }
    if case .name("not") = current.kind {
      throw .syntax(
        "unexpected 'not'", at: current.range,
        help: ["'not' stands before the whole comparison: not a in [b, c]"]
      )
    }
    if case .symbol(",") = current.kind, let number = decimalComma {
      throw .syntax("a number is written with a point", at: current.range, help: ["write \(number)"])
    }
    if case .symbol(")") = current.kind {
      throw .syntax("this parenthesis is never opened", at: current.range, help: ["remove it"])
    }
    throw .syntax(
      "unexpected \(current.description)", at: current.range,
      help: ["join two conditions with \(Self.joiners); put a text in quotes"])
  }

  /// An `if` before the condition or a `then` behind it.
  private var superfluous: (text: String, range: Range<Int>)? {
    if case .name(let name) = tokens[0].kind, position == 1, ["if", "when"].contains(name.lowercased()) {
      return (name, tokens[0].range)
    }
    if case .name(let name) = current.kind, name.lowercased() == "then" { return (name, current.range) }
    return nil
  }

  /// The number that was written with the comma that stands here.
  private var decimalComma: String? {
    guard position > 0, position + 1 < tokens.count, case .integer(let whole) = tokens[position - 1].kind,
      case .integer(let rest) = tokens[position + 1].kind
    else { return nil }
    return "\(whole).\(rest)"
  }

  private static let joiners = Connective.allCases.reversed().map { "'\($0.word)'" }.joined(separator: " or ")

  /// The word that somebody may have meant who writes it in capitals, or in English.
  private static func meant(by name: String) -> String? {
    if ["is", "equals", "eq"].contains(name) { return "==" }
    let word = name.lowercased()
    return keywords.contains(word) && name == name.uppercased() ? word : nil
  }

  private mutating func nested(
    _ parse: (inout ConditionParser) throws(ConditionProblem) -> ConditionSyntax
  ) throws(ConditionProblem) -> ConditionSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw .syntax("this condition is nested too deeply", at: current.range, label: "level \(depth)")
    }
    return try parse(&self)
  }
}

extension ConditionParser {
  private static let connectives = Connective.allCases[...]
  private static let levels = Arithmetic.Level.allCases[...]

  private mutating func condition() throws(ConditionProblem) -> ConditionSyntax {
    try nested { parser throws(ConditionProblem) in try parser.chain(of: Self.connectives) }
  }

  /// Conditions joined by the first of some connectives, and each of them by those that bind tighter.
  private mutating func chain(
    of connectives: ArraySlice<Connective>
  ) throws(ConditionProblem) -> ConditionSyntax {
    guard let connective = connectives.first else { return try negation() }
    let first = try chain(of: connectives.dropFirst())
    var operands = [first]
    while accept(connective.word) { operands.append(try chain(of: connectives.dropFirst())) }
    guard operands.count > 1, let last = operands.last else { return first }
    return ConditionSyntax(
      kind: .joined(connective, operands), range: first.range.lowerBound..<last.range.upperBound)
  }

  private mutating func negation() throws(ConditionProblem) -> ConditionSyntax {
    let start = current.range.lowerBound
    guard accept("not") else { return try comparison() }
    let operand = try nested { parser throws(ConditionProblem) in try parser.negation() }
    return ConditionSyntax(kind: .not(operand), range: start..<operand.range.upperBound)
  }

  private mutating func comparison() throws(ConditionProblem) -> ConditionSyntax {
    let left = try sum()
    if accept("in") {
      let list = try sum()
      return ConditionSyntax(
        kind: .membership(left, list), range: left.range.lowerBound..<list.range.upperBound)
    }
    guard let comparison = accept(Comparison.self) else { return left }
    let right = try sum()
    if accept(Comparison.self) != nil {
      throw .syntax(
        "comparisons cannot be chained", at: tokens[position - 1].range,
        help: ["write two of them joined by 'and'"])
    }
    return ConditionSyntax(
      kind: .comparison(left, comparison, right), range: left.range.lowerBound..<right.range.upperBound)
  }

  private mutating func sum() throws(ConditionProblem) -> ConditionSyntax {
    try calculation(of: Self.levels)
  }

  /// Values combined from left to right by operators of one level, and each of them by those that bind tighter.
  private mutating func calculation(
    of levels: ArraySlice<Arithmetic.Level>
  ) throws(ConditionProblem) -> ConditionSyntax {
    guard let level = levels.first else { return try prefix() }
    var left = try calculation(of: levels.dropFirst())
    while let operation = accept(Arithmetic.self, where: { $0.level == level }) {
      let right = try calculation(of: levels.dropFirst())
      left = try bounded(
        ConditionSyntax(
          kind: .arithmetic(left, operation, right), range: left.range.lowerBound..<right.range.upperBound,
          height: max(left.height, right.height) + 1))
    }
    return left
  }

  /// A chain of operators nests to the left without recursion of the parser, so it is counted here.
  private func bounded(_ syntax: ConditionSyntax) throws(ConditionProblem) -> ConditionSyntax {
    guard syntax.height <= Self.maximumDepth else {
      throw .syntax(
        "this calculation is too long", at: syntax.range, label: "more than \(Self.maximumDepth) operators")
    }
    return syntax
  }

  private mutating func prefix() throws(ConditionProblem) -> ConditionSyntax {
    let start = current.range.lowerBound
    guard accept("-") else { return try primary() }
    let operand = try nested { parser throws(ConditionProblem) in try parser.prefix() }
    return try bounded(
      ConditionSyntax(
        kind: .negation(operand), range: start..<operand.range.upperBound, height: operand.height + 1))
  }
}

extension ConditionParser {
  /// The words that join and compare.
  static let keywords = Set(Connective.allCases.map(\.word) + ["not", "in"])

  private mutating func primary() throws(ConditionProblem) -> ConditionSyntax {
    let token = current
    position += 1
    switch token.kind {
    case .integer(let value): return ConditionSyntax(kind: .integer(value), range: token.range)
    case .number(let value): return ConditionSyntax(kind: .number(value), range: token.range)
    case .text(let value): return ConditionSyntax(kind: .text(value), range: token.range)
    case .symbol("("): return try parenthesised(token)
    case .symbol("["): return try list(token)
    case .name(let name) where !Self.keywords.contains(name): return try named(name, at: token)
    case .name, .symbol, .end:
      position -= 1
      throw .syntax(
        "expected a name or a value, found \(token.description)", at: token.range,
        help: token.kind == .symbol("+") ? ["a number is written without a plus sign"] : [])
    }
  }

  private mutating func parenthesised(_ open: Token) throws(ConditionProblem) -> ConditionSyntax {
    let inner = try condition()
    guard accept(")") else {
      throw .syntax("this parenthesis is never closed", at: open.range, help: ["close it with ')'"])
    }
    return inner
  }

  private mutating func list(_ open: Token) throws(ConditionProblem) -> ConditionSyntax {
    let elements = try elements(until: "]", opened: open) { parser throws(ConditionProblem) in
      try parser.sum()
    }
    return ConditionSyntax(
      kind: .list(elements), range: open.range.lowerBound..<tokens[position - 1].range.upperBound)
  }

  private mutating func elements(
    until close: String, opened open: Token,
    element: (inout ConditionParser) throws(ConditionProblem) -> ConditionSyntax
  ) throws(ConditionProblem) -> [ConditionSyntax] {
    var elements: [ConditionSyntax] = []
    while !accept(close) {
      if current.kind == .end {
        let what = close == ")" ? "parenthesis" : "list"
        throw .syntax("this \(what) is never closed", at: open.range, help: ["close it with '\(close)'"])
      }
      if !elements.isEmpty { try expect(",", after: "an element of a list") }
      elements.append(try nested(element))
    }
    return elements
  }

  private mutating func named(_ name: String, at token: Token) throws(ConditionProblem) -> ConditionSyntax {
    let open = current
    if accept("(") {
      if name == "ask", case .name = current.kind {
        throw .syntax(
          "the question of 'ask' has no quotes", at: current.range,
          help: ["write ask(\"Is a guest in danger?\")"]
        )
      }
      let arguments = try elements(until: ")", opened: open) { parser throws(ConditionProblem) in
        try parser.condition()
      }
      let end = tokens[position - 1].range.upperBound
      return ConditionSyntax(kind: .call(name, arguments), range: token.range.lowerBound..<end)
    }
    var parts = [name]
    while accept(".") {
      guard case .name(let part) = current.kind else {
        throw .syntax("expected a name after '.', found \(current.description)", at: current.range)
      }
      parts.append(part)
      position += 1
    }
    let range = token.range.lowerBound..<tokens[position - 1].range.upperBound
    return ConditionSyntax(kind: parts.count == 1 ? .name(name) : .path(parts), range: range)
  }
}

/// A condition or an expression as it was written, before names are resolved.
struct ConditionSyntax: Hashable {
  indirect enum Kind: Hashable {
    case name(String)
    case integer(Int)
    case number(Double)
    case text(String)
    /// `event.kind`, `event.data.x`: the parts between the dots.
    case path([String])
    /// `ask("…")`, `chance(0.3)`.
    case call(String, [ConditionSyntax])
    case list([ConditionSyntax])
    case not(ConditionSyntax)
    case joined(Connective, [ConditionSyntax])
    case comparison(ConditionSyntax, Comparison, ConditionSyntax)
    case membership(ConditionSyntax, ConditionSyntax)
    case negation(ConditionSyntax)
    case arithmetic(ConditionSyntax, Arithmetic, ConditionSyntax)
  }

  let kind: Kind
  /// Bytes of UTF-8 from the start of the condition.
  let range: Range<Int>
  /// How many operators of a calculation nest in it, to either side.
  var height = 0
}
