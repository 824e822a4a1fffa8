import DramatisLLM

/// A parameter of a method, or a member of what it gives.
struct Field: Sendable {
  let name: String
  let type: FieldType
  let isRequired: Bool
  /// What it is, in half a sentence.
  let meaning: String

  static func needed(_ name: String, is type: FieldType, means meaning: String) -> Field {
    Field(name: name, type: type, isRequired: true, meaning: meaning)
  }

  static func optional(_ name: String, is type: FieldType, means meaning: String) -> Field {
    Field(name: name, type: type, isRequired: false, meaning: meaning)
  }
}

/// What a value of a message may be.
indirect enum FieldType: Sendable {
  case text
  case wholeNumber(ClosedRange<Int>)
  case flag
  case word([String])
  case identifier
  case seed
  case answer
  case any
  case list(FieldType)
  /// An object whose names are those of a profile.
  case mapping(FieldType)
  case object([Field])
  /// A type of its own in the schema.
  case reference(String)

  /// Whether a value is of this kind, as far as its outermost form goes; what is inside is looked at by whoever reads it.
  func admits(_ value: JSONValue) -> Bool {
    switch self {
    case .text: value.text != nil
    case .wholeNumber(let bounds): value.int.map(bounds.contains) ?? false
    case .flag: value == .bool(true) || value == .bool(false)
    case .word(let words): value.text.map(words.contains) ?? false
    case .identifier: value.text != nil || value.double != nil
    case .seed, .answer: value.text != nil || value.double != nil
    case .any: true
    case .list: value.elements != nil
    case .mapping, .object, .reference:
      if case .object = value { true } else { false }
    }
  }

  /// For messages: what a parameter has to be.
  var expectation: String {
    switch self {
    case .text: "a text"
    case .wholeNumber(let bounds): "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
    case .flag: "true or false"
    case .word(let words): "one of \(words.joined(separator: ", "))"
    case .identifier: "a text or a number"
    case .seed: "a whole number, or one as a text"
    case .answer: "yes, no, unknown or a probability from 0 to 1"
    case .any: "any value"
    case .list: "a list"
    case .mapping, .object, .reference: "an object"
    }
  }

  /// As JSON Schema 2020-12 says it.
  var schema: JSONValue {
    switch self {
    case .text: ["type": "string"]
    case .wholeNumber(let bounds):
      [
        "type": "integer", "minimum": JSONValue(integerLiteral: bounds.lowerBound),
        "maximum": JSONValue(integerLiteral: bounds.upperBound),
      ]
    case .flag: ["type": "boolean"]
    case .word(let words): ["enum": .array(words.map(JSONValue.string))]
    case .identifier: ["type": ["string", "number", "null"]]
    case .seed: ["type": ["integer", "string"]]
    case .answer:
      ["anyOf": [["enum": ["yes", "no", "unknown"]], ["type": "number", "minimum": 0, "maximum": 1]]]
    case .any: .object([])
    case .list(let element): ["type": "array", "items": element.schema]
    case .mapping(let value): ["type": "object", "additionalProperties": value.schema]
    case .object(let fields): Self.schema(of: fields, isClosed: false)
    case .reference(let name): ["$ref": .string("#/$defs/\(name)")]
    }
  }

  /// - Parameter isClosed: Whether nothing else may be there; what we give out may grow.
  static func schema(of fields: [Field], isClosed: Bool) -> JSONValue {
    var members: [JSONValue.Member] = [JSONValue.Member("type", "object")]
    let properties = fields.map { field -> JSONValue.Member in
      guard case .object(let schema) = field.type.schema else {
        return JSONValue.Member(field.name, .bool(true))
      }
      return JSONValue.Member(
        field.name, .object(schema + [JSONValue.Member("description", .string(field.meaning))]))
    }
    members.append(JSONValue.Member("properties", .object(properties)))
    let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
    if !required.isEmpty { members.append(JSONValue.Member("required", .array(required))) }
    if isClosed { members.append(JSONValue.Member("additionalProperties", .bool(false))) }
    return .object(members)
  }
}
