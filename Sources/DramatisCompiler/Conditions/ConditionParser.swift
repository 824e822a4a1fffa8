/// Parses the grammar of conditions and of the expressions in effects.
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
        "this condition is too long", 0..<text.utf8.count,
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

  private mutating func accept(oneOf words: [String]) -> String? {
    guard let word = current.word, words.contains(word) else { return nil }
    position += 1
    return word
  }

  private mutating func expect(_ symbol: String, after what: String) throws(ConditionProblem) {
    guard accept(symbol) else {
      throw .syntax("expected '\(symbol)' after \(what), found \(current.description)", current.range)
    }
  }

  private func expectEnd() throws(ConditionProblem) {
    guard current.kind != .end else { return }
    if case .name(let name) = current.kind, ["AND", "OR", "NOT", "IN", "is"].contains(name) {
      throw .syntax(
        "unexpected '\(name)'", current.range, help: ["write '\(name == "is" ? "==" : name.lowercased())'"])
    }
    if case .name("not") = current.kind {
      throw .syntax(
        "unexpected 'not'", current.range, help: ["'not' stands before the whole comparison: not a in [b, c]"]
      )
    }
    if case .symbol(")") = current.kind {
      throw .syntax("this parenthesis is never opened", current.range, help: ["remove it"])
    }
    throw .syntax(
      "unexpected \(current.description)", current.range,
      help: ["join two conditions with 'and' or 'or'; put a text in quotes"])
  }

  private mutating func nested(
    _ parse: (inout ConditionParser) throws(ConditionProblem) -> ConditionSyntax
  ) throws(ConditionProblem) -> ConditionSyntax {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw .syntax("this condition is nested too deeply", current.range, label: "level \(depth)")
    }
    return try parse(&self)
  }
}

extension ConditionParser {
  private static let comparisons = ["==", "!=", "<", "<=", ">", ">="]
  private static let sums = ["+", "-"]
  private static let products = ["*", "/"]

  private mutating func condition() throws(ConditionProblem) -> ConditionSyntax {
    try nested { parser throws(ConditionProblem) in
      try parser.chain("or", ConditionSyntax.Kind.any) { parser throws(ConditionProblem) in
        try parser.chain("and", ConditionSyntax.Kind.all) { parser throws(ConditionProblem) in
          try parser.negation()
        }
      }
    }
  }

  private mutating func chain(
    _ word: String, _ kind: ([ConditionSyntax]) -> ConditionSyntax.Kind,
    _ operand: (inout ConditionParser) throws(ConditionProblem) -> ConditionSyntax
  ) throws(ConditionProblem) -> ConditionSyntax {
    var operands = [try operand(&self)]
    while accept(word) { operands.append(try operand(&self)) }
    guard operands.count > 1, let first = operands.first, let last = operands.last else { return operands[0] }
    return ConditionSyntax(kind: kind(operands), range: first.range.lowerBound..<last.range.upperBound)
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
    guard let comparison = accept(oneOf: Self.comparisons) else { return left }
    let right = try sum()
    if accept(oneOf: Self.comparisons) != nil {
      throw .syntax(
        "comparisons cannot be chained", tokens[position - 1].range,
        help: ["write two of them joined by 'and'"])
    }
    return ConditionSyntax(
      kind: .comparison(left, comparison, right), range: left.range.lowerBound..<right.range.upperBound)
  }

  private mutating func sum() throws(ConditionProblem) -> ConditionSyntax {
    var left = try product()
    while let operation = accept(oneOf: Self.sums) {
      left = try calculation(left, operation, try product())
    }
    return left
  }

  private mutating func product() throws(ConditionProblem) -> ConditionSyntax {
    var left = try prefix()
    while let operation = accept(oneOf: Self.products) {
      left = try calculation(left, operation, try prefix())
    }
    return left
  }

  private func calculation(
    _ left: ConditionSyntax, _ operation: String, _ right: ConditionSyntax
  ) throws(ConditionProblem) -> ConditionSyntax {
    try bounded(
      ConditionSyntax(
        kind: .arithmetic(left, operation, right), range: left.range.lowerBound..<right.range.upperBound,
        height: max(left.height, right.height) + 1))
  }

  /// A chain of operators nests to the left without recursion of the parser, so it is counted here.
  private func bounded(_ syntax: ConditionSyntax) throws(ConditionProblem) -> ConditionSyntax {
    guard syntax.height <= Self.maximumDepth else {
      throw .syntax(
        "this calculation is too long", syntax.range, label: "more than \(Self.maximumDepth) operators")
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
  private static let keywords: Set<String> = ["and", "or", "not", "in"]

  private mutating func primary() throws(ConditionProblem) -> ConditionSyntax {
    let token = current
    position += 1
    switch token.kind {
    case .integer(let value): return ConditionSyntax(kind: .integer(value), range: token.range)
    case .number(let value): return ConditionSyntax(kind: .number(value), range: token.range)
    case .text(let value): return ConditionSyntax(kind: .text(value), range: token.range)
    case .symbol("("): return try parenthesised(token)
    case .symbol("["): return try list(token)
    case .name(let name) where !Self.keywords.contains(name): return try named(name, token)
    case .name, .symbol, .end:
      position -= 1
      throw .syntax("expected a name or a value, found \(token.description)", token.range)
    }
  }

  private mutating func parenthesised(_ open: Token) throws(ConditionProblem) -> ConditionSyntax {
    let inner = try condition()
    guard accept(")") else {
      throw .syntax("this parenthesis is never closed", open.range, help: ["close it with ')'"])
    }
    return inner
  }

  private mutating func list(_ open: Token) throws(ConditionProblem) -> ConditionSyntax {
    let elements = try elements(until: "]", open) { parser throws(ConditionProblem) in try parser.sum() }
    return ConditionSyntax(
      kind: .list(elements), range: open.range.lowerBound..<tokens[position - 1].range.upperBound)
  }

  private mutating func elements(
    until close: String, _ open: Token,
    _ element: (inout ConditionParser) throws(ConditionProblem) -> ConditionSyntax
  ) throws(ConditionProblem) -> [ConditionSyntax] {
    var elements: [ConditionSyntax] = []
    while !accept(close) {
      if current.kind == .end {
        let what = close == ")" ? "parenthesis" : "list"
        throw .syntax("this \(what) is never closed", open.range, help: ["close it with '\(close)'"])
      }
      if !elements.isEmpty { try expect(",", after: "an element of a list") }
      elements.append(try nested(element))
    }
    return elements
  }

  private mutating func named(_ name: String, _ token: Token) throws(ConditionProblem) -> ConditionSyntax {
    let open = current
    if accept("(") {
      if name == "ask", case .name = current.kind {
        throw .syntax(
          "the question of 'ask' has no quotes", current.range, help: ["write ask(\"Is a guest in danger?\")"]
        )
      }
      let arguments = try elements(until: ")", open) { parser throws(ConditionProblem) in
        try parser.condition()
      }
      let end = tokens[position - 1].range.upperBound
      return ConditionSyntax(kind: .call(name, arguments), range: token.range.lowerBound..<end)
    }
    var parts = [name]
    while accept(".") {
      guard case .name(let part) = current.kind else {
        throw .syntax("expected a name after '.', found \(current.description)", current.range)
      }
      parts.append(part)
      position += 1
    }
    let range = token.range.lowerBound..<tokens[position - 1].range.upperBound
    return ConditionSyntax(kind: parts.count == 1 ? .name(name) : .path(parts), range: range)
  }
}
