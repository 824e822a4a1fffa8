import Dramatis

/// What a key takes: what it looks like to an editor, and what the reference calls it.
protocol KeyValue: Sendable {
  var shape: ValueShape { get }
  /// What the reference calls it, with words to be typed in backticks.
  var written: String { get }
}

/// A single value, which can be read without knowing the rest of the file.
protocol ReadableValue: KeyValue {
  associatedtype Output: Sendable

  /// Reads it with a diagnostic where it is wrong.
  func read(_ node: Node, of key: String, by reader: inout some NodeReading) -> Output?
  /// A value as the reference shows it.
  func text(of value: Output) -> String
}

/// A value that stands for something where it is left out.
struct DefaultedValue<Base: ReadableValue>: KeyValue {
  let base: Base
  let fallback: Base.Output

  var shape: ValueShape { base.shape }
  var written: String { base.written }
}

/// The version of a format.
struct VersionValue: KeyValue {
  let version: Int

  var shape: ValueShape { .version(version) }
  var written: String { "`\(version)`" }
}

/// A text.
struct TextValue: ReadableValue {
  var written = "text"
  /// What messages say is expected; a text for the key unless given.
  var expected: String?
  /// Whether it may be blank, which is as good as nothing.
  var mayBeBlank = false

  var shape: ValueShape { mayBeBlank ? .blank : .text }

  func read(_ node: Node, of key: String, by reader: inout some NodeReading) -> String? {
    if mayBeBlank, reader.isBlank(node) { return nil }
    return reader.text(of: node, expected: expected ?? "a text for '\(key)'")
  }

  func text(of value: String) -> String { "`\(value)`" }
}

/// A condition, which only a reader that knows the names can read.
struct ConditionValue: KeyValue {
  var shape: ValueShape { .text }
  var written: String { "condition" }
}

/// A whole number within bounds.
struct WholeNumberValue: ReadableValue {
  let range: ClosedRange<Int>
  let written: String

  var shape: ValueShape { .integer(range) }

  func read(_ node: Node, of key: String, by reader: inout some NodeReading) -> Int? {
    reader.integer(node, in: range)
  }

  func text(of value: Int) -> String { String(value) }
}

/// A number within bounds.
struct NumberValue: ReadableValue {
  let range: ClosedRange<Double>
  let written: String

  var shape: ValueShape { .number(range) }

  func read(_ node: Node, of key: String, by reader: inout some NodeReading) -> Double? {
    reader.number(node, in: range)
  }

  func text(of value: Double) -> String { Int(exactly: value).map(String.init) ?? "\(value)" }
}

/// `true` or `false`.
struct BooleanValue: ReadableValue {
  var shape: ValueShape { .boolean }
  var written: String { "`true` or `false`" }

  func read(_ node: Node, of key: String, by reader: inout some NodeReading) -> Bool? {
    reader.boolean(node)
  }

  func text(of value: Bool) -> String { "`\(value)`" }
}

/// One of the raw values of an enumeration.
struct WordValue<Word: RawRepresentable & CaseIterable & Sendable>: ReadableValue
where Word.RawValue == String {
  /// In the order in which they are named to people.
  let words: [Word]

  var shape: ValueShape { .words(Word.self) }
  var written: String { words.map { "`\($0.rawValue)`" }.listed }

  func read(_ node: Node, of key: String, by reader: inout some NodeReading) -> Word? {
    reader.word(node, expected: words.map(\.rawValue).listed)
  }

  func text(of value: Word) -> String { "`\(value.rawValue)`" }
}

/// Texts, of which a single one may stand alone.
struct TextsValue: KeyValue {
  var written = "texts"

  var shape: ValueShape { .texts }
}

/// A list of what the reader knows how to read; a single element may stand alone.
struct ListValue: KeyValue {
  let shape: ValueShape
  let written: String
}

/// A mapping of names to what the reader knows how to read.
struct NamesValue: KeyValue {
  let shape: ValueShape
  let written: String
  /// What messages call its entries: `variables`, or `machines and states`.
  let content: String
}

/// Something that its reader alone knows how to read.
struct OtherValue: KeyValue {
  let shape: ValueShape
  let written: String
}

extension KeyValue where Self == TextValue {
  /// A text that is not blank.
  static var text: Self { TextValue() }
  /// A text, or nothing.
  static var blank: Self { TextValue(mayBeBlank: true) }

  /// - Parameter expected: What messages say is expected.
  static func text(written: String = "text", expected: String) -> Self {
    TextValue(written: written, expected: expected)
  }
}

extension KeyValue where Self == ConditionValue {
  static var condition: Self { ConditionValue() }
}

extension KeyValue where Self == VersionValue {
  static func version(_ version: Int) -> Self { VersionValue(version: version) }
}

extension KeyValue where Self == WholeNumberValue {
  static func wholeNumber(_ range: ClosedRange<Int>, written: String? = nil) -> Self {
    WholeNumberValue(
      range: range, written: written ?? "whole number, \(range.lowerBound) to \(range.upperBound)")
  }
}

extension KeyValue where Self == NumberValue {
  static func number(_ range: ClosedRange<Double>, written: String? = nil) -> Self {
    let value = NumberValue(range: range, written: "")
    let (least, most) = (value.text(of: range.lowerBound), value.text(of: range.upperBound))
    return NumberValue(range: range, written: written ?? "number from \(least) to \(most)")
  }
}

extension KeyValue where Self == BooleanValue {
  static var boolean: Self { BooleanValue() }
}

extension KeyValue {
  /// - Parameter words: All words, in the order in which they are named to people.
  static func word<Word>(_ words: [Word]) -> Self where Self == WordValue<Word> { WordValue(words: words) }
}

extension KeyValue where Self == TextsValue {
  static var texts: Self { TextsValue() }

  static func texts(written: String) -> Self { TextsValue(written: written) }
}

extension KeyValue where Self == ListValue {
  static func list(of shape: ValueShape, written: String) -> Self {
    ListValue(shape: .list(shape), written: written)
  }

  /// Statements and gates, or a single one of them.
  static func statements(written: String) -> Self { ListValue(shape: .statements, written: written) }
}

extension KeyValue where Self == NamesValue {
  /// Keys that conditions use as names.
  static func names(of shape: ValueShape, written: String, content: String) -> Self {
    NamesValue(shape: .named(shape), written: written, content: content)
  }

  /// Keys of any text.
  static func mapping(of shape: ValueShape, written: String, content: String) -> Self {
    NamesValue(shape: .mapping(shape), written: written, content: content)
  }
}

extension KeyValue where Self == OtherValue {
  static func other(_ shape: ValueShape, written: String) -> Self {
    OtherValue(shape: shape, written: written)
  }
}

extension [String] {
  /// `a, b or c`.
  fileprivate var listed: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
