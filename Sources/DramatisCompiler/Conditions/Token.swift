/// A word, literal or symbol of a condition, with its place in the condition's text.
struct Token: Hashable {
  enum Kind: Hashable {
    case name(String)
    case integer(Int)
    case number(Double)
    case text(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  /// Bytes of UTF-8 from the start of the condition.
  let range: Range<Int>

  /// A name or a symbol as written.
  var word: String? {
    switch kind {
    case .name(let word), .symbol(let word): word
    case .integer, .number, .text, .end: nil
    }
  }

  /// The token as it is named in a message.
  var description: String {
    switch kind {
    case .name(let name): "'\(name)'"
    case .integer(let value): "'\(value)'"
    case .number(let value): "'\(value)'"
    case .text: "a text"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end"
    }
  }
}

/// A mistake in a condition, before it is placed in a file.
struct ConditionProblem: Error, Hashable {
  let code: DiagnosticCode
  let message: String
  /// Bytes of UTF-8 from the start of the condition.
  let range: Range<Int>
  var label: String?
  var help: [String] = []

  static func syntax(
    _ message: String, at range: Range<Int>, label: String? = nil, help: [String] = []
  ) -> ConditionProblem {
    ConditionProblem(code: .conditionSyntax, message: message, range: range, label: label, help: help)
  }

  static func type(
    _ message: String, at range: Range<Int>, label: String? = nil, help: [String] = []
  ) -> ConditionProblem {
    ConditionProblem(code: .conditionType, message: message, range: range, label: label, help: help)
  }
}
