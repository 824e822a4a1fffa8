import Dramatis

@testable import DramatisCompiler

/// As much of JSON Schema as ours use, written down independently of what writes them.
struct SchemaChecker {
  let root: Datum

  func accepts(_ value: Datum) -> Bool { accepts(value, root) }

  private func accepts(_ value: Datum, _ schema: Datum) -> Bool {
    guard case .object(let rules) = schema else { return schema == .boolean(true) }
    return rules.allSatisfy { accepts(value, rule: $0.key, $0.value, rules) }
  }

  private func accepts(_ value: Datum, rule: String, _ argument: Datum, _ rules: [String: Datum]) -> Bool {
    switch (rule, argument, value) {
    case ("$ref", .text(let path), _): return accepts(value, definition(path))
    case ("type", .text(let name), _): return isA(value, name)
    case ("type", .list(let names), _): return names.contains { isA(value, $0.string) }
    case ("enum", .list(let values), _): return values.contains(value)
    case ("anyOf", .list(let schemas), _): return schemas.contains { accepts(value, $0) }
    case ("items", _, .list(let values)): return values.allSatisfy { accepts($0, argument) }
    case ("minimum", .number(let least), .number(let number)): return number >= least
    case ("maximum", .number(let most), .number(let number)): return number <= most
    case ("required", .list(let keys), .object(let members)):
      return keys.allSatisfy { members[$0.string] != nil }
    case ("properties", .object(let shapes), .object(let members)):
      return members.allSatisfy { key, member in shapes[key].map { accepts(member, $0) } ?? true }
    case ("additionalProperties", _, .object(let members)):
      let known: [String: Datum] = if case .object(let shapes)? = rules["properties"] { shapes } else { [:] }
      return members.allSatisfy { known[$0.key] != nil || accepts($0.value, argument) }
    case ("propertyNames", _, .object(let members)):
      return members.keys.allSatisfy { accepts(.text($0), argument) }
    case ("pattern", .text(let pattern), .text(let text)):
      return ((try? Regex(pattern).firstMatch(in: text)) ?? nil) != nil
    default: return true
    }
  }

  private func definition(_ path: String) -> Datum {
    path.split(separator: "/").dropFirst().reduce(root) { datum, key in
      if case .object(let members) = datum {
        members[String(key)] ?? .boolean(false)
      } else {
        .boolean(false)
      }
    }
  }

  private func isA(_ value: Datum, _ type: String) -> Bool {
    switch (type, value) {
    case ("string", .text), ("number", .number), ("boolean", .boolean), ("null", .null), ("array", .list),
      ("object", .object):
      true
    case ("integer", .number(let number)): Int(exactly: number) != nil
    default: false
    }
  }
}

extension Datum {
  fileprivate var string: String { if case .text(let text) = self { text } else { "" } }
}
