import Dramatis
import FoundationEssentials

/// A JSON Schema of a kind of file, so that editors complete and check while somebody types.
///
/// It knows shapes, not names: a file that the schema refuses the compiler refuses too, but not the reverse.
public enum JSONSchema: String, Sendable, CaseIterable {
  /// Of profiles.
  case profile
  /// Of files of scenarios.
  case scenarios
  /// Of stories.
  case story
  /// Of files of lore.
  case lore

  /// The schema as indented JSON with sorted keys, in the draft of 2020-12.
  public var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(datum), as: UTF8.self) + "\n"
    }
  }

  /// The whole file.
  var root: any KeyedMapping.Type {
    switch self {
    case .profile: ProfileKeys.self
    case .scenarios: ScenarioFileKeys.self
    case .story: StoryKeys.self
    case .lore: LorebookKeys.self
    }
  }

  private var title: String {
    switch self {
    case .profile: "A profile of Dramatis"
    case .scenarios: "Scenarios of Dramatis"
    case .story: "A story of Dramatis"
    case .lore: "A lorebook of Dramatis"
    }
  }

  /// The schema as a value.
  var datum: Datum {
    let mappings = root.reachable.map { $0.mapping }
    var definitions = Dictionary(
      mappings.map { ($0.identifier, $0.schema) }, uniquingKeysWith: { first, _ in first })
    if root.reachable.contains(where: { $0 == GateKeys.self }) {
      definitions["statements"] = ValueShape.list(.either([.text, .object(GateKeys.self)])).schema
    }
    return .object([
      "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
      "title": .text(title),
      "$ref": .text("#/$defs/\(root.mapping.identifier)"), "$defs": .object(definitions),
    ])
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
  /// A mapping with known keys.
  case object(any KeyedMapping.Type)
  case either([ValueShape])
  case nothing
  case anything

  /// The raw values of an enumeration.
  static func words<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) -> ValueShape
  where Word.RawValue == String {
    .word(Word.allCases.map(\.rawValue))
  }

  /// The kinds of mappings that it names.
  var mappings: [any KeyedMapping.Type] {
    switch self {
    case .object(let type): [type]
    case .statements: [GateKeys.self]
    case .list(let shape), .mapping(let shape), .named(let shape): shape.mappings
    case .either(let shapes): shapes.flatMap(\.mappings)
    case .version, .text, .blank, .scalar, .texts, .integer, .number, .boolean, .word, .nothing, .anything: []
    }
  }
}

extension MappingDescription {
  fileprivate var schema: Datum {
    let properties = keys.map { key in (key.name, key.shape.schema.describing(key.meaning)) }
    return .object([
      "type": .text("object"),
      "properties": .object(Dictionary(properties, uniquingKeysWith: { first, _ in first })),
      "required": .list(keys.filter(\.isRequired).map { .text($0.name) }),
      "additionalProperties": others?.schema ?? .boolean(false),
    ])
  }
}

extension ValueShape {
  /// A name as conditions write it: letters of any script, digits and underscores, no digit first.
  ///
  /// Written by what it must not hold, since not every reader of schemas knows the letters of all scripts.
  private static let name = "^[^\\s0-9!-/:-@\\[-^`{-~][^\\s!-/:-@\\[-^`{-~]*$"

  fileprivate var schema: Datum {
    switch self {
    case .version(let version): .members(["enum": .list([.number(Double(version)), .text(String(version))])])
    case .text: .members(["type": .types("string", "number", "boolean"), "pattern": .text("\\S")])
    case .blank, .scalar: .members(["type": .types("string", "number", "boolean", "null")])
    case .texts: ValueShape.list(.text).schema
    case .integer(let range): Self.number("integer", in: Double(range.lowerBound)...Double(range.upperBound))
    case .number(let range): Self.number("number", in: range)
    case .boolean: .members(["type": .text("boolean")])
    case .word(let words): .members(["enum": .list(words.flatMap(\.asWritten))])
    case .list(let shape):
      .members([
        "anyOf": .list([
          shape.schema, .members(["type": .text("array"), "items": shape.schema]), ValueShape.nothing.schema,
        ])
      ])
    case .statements: .members(["$ref": .text("#/$defs/statements")])
    case .mapping(let shape):
      .members(["type": .types("object", "null"), "additionalProperties": shape.schema])
    case .named(let shape):
      .members([
        "type": .types("object", "null"), "propertyNames": .members(["pattern": .text(Self.name)]),
        "additionalProperties": shape.schema,
      ])
    case .object(let type): .members(["$ref": .text("#/$defs/\(type.mapping.identifier)")])
    case .either(let shapes): .members(["anyOf": .list(shapes.map(\.schema))])
    case .nothing: .members(["type": .text("null")])
    case .anything: .members([:])
    }
  }

  private static func number(_ type: String, in range: ClosedRange<Double>) -> Datum {
    .members([
      "type": .text(type), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
    ])
  }
}

extension String {
  /// A word as readers of YAML may pass it on.
  fileprivate var asWritten: [Datum] {
    ["true", "false"].contains(self) ? [.text(self), .boolean(self == "true")] : [.text(self)]
  }
}

extension Datum {
  fileprivate static func members(_ members: KeyValuePairs<String, Datum>) -> Datum {
    .object(Dictionary(members.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }

  fileprivate static func types(_ names: String...) -> Datum { .list(names.map(Datum.text)) }

  /// The schema with what editors show of it.
  fileprivate func describing(_ meaning: String) -> Datum {
    guard case .object(var members) = self else { return self }
    members["description"] = .text(meaning.filter { $0 != "`" })
    return .object(members)
  }
}
