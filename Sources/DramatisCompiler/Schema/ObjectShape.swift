import Dramatis

/// A mapping with known keys, as editors need to know it.
struct ObjectShape: Sendable {
  /// A key, what it takes, and what it means.
  struct Key: Sendable {
    let name: String
    let shape: ValueShape
    let isRequired: Bool
    let meaning: String

    init(_ name: String, _ shape: ValueShape, isRequired: Bool = false, _ meaning: String) {
      (self.name, self.shape, self.isRequired, self.meaning) = (name, shape, isRequired, meaning)
    }
  }

  /// Its name among the definitions of a schema.
  let identifier: String
  /// What messages call it: `a transition`.
  let mapping: String
  /// What keys take that are not among the known ones; nil where there can be none.
  let others: ValueShape?
  let keys: [Key]

  init(_ identifier: String, called mapping: String, takesOthers others: ValueShape? = nil, _ keys: [Key]) {
    (self.identifier, self.mapping, self.others, self.keys) = (identifier, mapping, others, keys)
  }
}

/// What a value of a file looks like, whatever it means.
indirect enum ValueShape: Sendable {
  /// The version of the format.
  case version(Int)
  /// A scalar that is not blank.
  case text
  /// A scalar, or nothing.
  case blank
  /// Any scalar, or nothing.
  case scalar
  /// One text, a list of them, or nothing.
  case texts
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  case boolean
  case word([String])
  /// One value, a list of them, or nothing.
  case list(ValueShape)
  /// Statements and gates, or a single one of them.
  case statements
  /// Keys of any text.
  case mapping(ValueShape)
  /// Keys that conditions use as names.
  case named(ValueShape)
  /// A mapping with known keys, by its identifier.
  case object(String)
  case either([ValueShape])
  case nothing
  case anything

  /// The raw values of an enumeration.
  static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> ValueShape
  where Word.RawValue == String {
    .word(Word.allCases.map(\.rawValue))
  }
}
