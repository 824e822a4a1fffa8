/// Whether a value fits a schema, as far as we use schemas.
///
/// Checked are `type`, `enum`, `const`, `properties`, `required`, `items` and the bounds of numbers, strings and
/// arrays; other keywords are passed over. So are members that nobody asked for: they harm nothing, and to ask
/// again would cost a request.
struct SchemaCheck {
  /// What does not fit first, with where it stands; nil for a value that fits.
  static func problem(_ value: JSONValue, _ schema: JSONValue, at path: String = "the value") -> String? {
    if let type = schema["type"], !isOf(type, value) { return "\(path) is not of type \(type.spelled)" }
    if let values = schema["enum"]?.elements, !values.contains(value) {
      return "\(path) is none of \(JSONValue.array(values).spelled)"
    }
    if let constant = schema["const"], constant != value { return "\(path) is not \(constant.spelled)" }
    switch value {
    case .object(let members): return objectProblem(members, schema, path)
    case .array(let elements): return arrayProblem(elements, schema, path)
    case .string(let text): return countProblem(text.count, schema, "Length", path)
    case .number(let number): return numberProblem(number, schema, path)
    default: return nil
    }
  }

  private static func isOf(_ type: JSONValue, _ value: JSONValue) -> Bool {
    if let types = type.elements { return types.contains { isOf($0, value) } }
    return switch (type.text, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
      ("number", .number):
      true
    case ("integer", .number(let number)): Int(exactly: number) != nil
    default: false
    }
  }

  private static func objectProblem(
    _ members: [JSONValue.Member], _ schema: JSONValue, _ path: String
  ) -> String? {
    let value = JSONValue.object(members)
    for name in (schema["required"]?.elements ?? []).compactMap(\.text) where value[name] == nil {
      return "\(path) lacks '\(name)'"
    }
    return members.lazy.compactMap { member in
      schema["properties"]?[member.name].flatMap { problem(member.value, $0, at: "'\(member.name)'") }
    }.first
  }

  private static func arrayProblem(_ elements: [JSONValue], _ schema: JSONValue, _ path: String) -> String? {
    if let problem = countProblem(elements.count, schema, "Items", path) { return problem }
    guard let items = schema["items"] else { return nil }
    return elements.enumerated().lazy.compactMap { index, element in
      problem(element, items, at: "element \(index + 1) of \(path)")
    }.first
  }

  private static func numberProblem(_ number: Double, _ schema: JSONValue, _ path: String) -> String? {
    if let least = schema["minimum"]?.double, number < least { return "\(path) is less than \(least)" }
    if let most = schema["maximum"]?.double, number > most { return "\(path) is more than \(most)" }
    return nil
  }

  private static func countProblem(_ count: Int, _ schema: JSONValue, _ kind: String, _ path: String)
    -> String?
  {
    if let least = schema["min\(kind)"]?.int, count < least { return "\(path) is shorter than \(least)" }
    if let most = schema["max\(kind)"]?.int, count > most { return "\(path) is longer than \(most)" }
    return nil
  }
}

extension JSONValue {
  /// The value as text, for a message or an instruction.
  var spelled: String { String(decoding: bytes, as: UTF8.self) }
}
