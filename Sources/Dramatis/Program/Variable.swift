/// A bounded integer, a boolean or an enumeration that a character carries.
///
/// Every kind is stored as one integer: a boolean as 0 or 1, an enumeration as the index of its value.
public struct Variable: Hashable, Sendable, Codable {
  /// What values a variable can take.
  public enum Kind: Hashable, Sendable, Codable {
    /// True or false, 1 or 0.
    case boolean
    /// A whole number within bounds, both included.
    case integer(min: Int, max: Int)
    /// One of the named values, by index.
    case choice([String])
  }

  /// The name that conditions and effects use.
  public let name: String
  /// The values that it can take.
  public let kind: Kind
  /// The stored value before the first turn.
  public let initial: Int

  package init(name: String, kind: Kind, initial: Int) {
    self.name = name
    self.kind = kind
    self.initial = initial
  }

  /// The stored values that are legal.
  package var range: ClosedRange<Int> {
    switch kind {
    case .boolean: 0...1
    case .integer(let min, let max): min...Swift.max(min, max)
    case .choice(let values): 0...max(values.count - 1, 0)
    }
  }

  /// The legal stored value that is nearest.
  func clamped(_ value: Int) -> Int {
    min(max(value, range.lowerBound), range.upperBound)
  }
}

extension Variable {
  /// The stored form of a value from outside; nil where it is of another kind.
  func stored(_ value: Datum) -> Int? {
    switch (kind, value) {
    case (.boolean, .boolean(let value)): value ? 1 : 0
    case (.integer, .number(let value)): Int(exactly: value).map(clamped)
    case (.choice(let values), .text(let value)): values.firstIndex(of: value)
    // Values may look like numbers or like truth values, which files and JSON then write without quotes.
    case (.choice(let values), .number(let value)):
      Int(exactly: value).flatMap { values.firstIndex(of: String($0)) }
    case (.choice(let values), .boolean(let value)): values.firstIndex(of: String(value))
    default: nil
    }
  }

  /// What a person means who types a value; nil where the variable cannot take it.
  ///
  /// A number is written with digits, as in a profile: `0x10` and `1e3` are none.
  package func datum(typed text: String) -> Datum? {
    switch kind {
    case .boolean: return text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .integer:
      guard let number = Int(text), range.contains(number) else { return nil }
      return .number(Double(number))
    case .choice(let values): return values.contains(text) ? .text(text) : nil
    }
  }

  /// What values it takes, in words.
  package var expectation: String {
    switch kind {
    case .boolean: "true or false"
    case .integer(let min, let max): "a whole number from \(min) to \(max)"
    case .choice(let values): "one of \(values.joined(separator: ", "))"
    }
  }

  /// A stored value in the form in which it goes outside.
  package func datum(_ stored: Int) -> Datum {
    switch kind {
    case .boolean: .boolean(stored != 0)
    case .integer: .number(Double(stored))
    case .choice(let values): .text(values.indices.contains(stored) ? values[stored] : "")
    }
  }

  /// A stored value as a reader sees it.
  package func text(_ stored: Int) -> String {
    switch kind {
    case .boolean: stored != 0 ? "true" : "false"
    case .integer: String(stored)
    case .choice(let values): values.indices.contains(stored) ? values[stored] : ""
    }
  }
}
