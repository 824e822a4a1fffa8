import Dramatis
import DramatisLLM

/// How parts of a model's reply are read: on one line, without controls, no longer than makes sense.
extension JSONValue {
  /// The longest text that is taken, in characters.
  private static let longestText = 600

  /// A text with a letter or a digit in it; nil for anything else.
  func said(_ key: String) -> String? { self[key]?.saidText }

  /// This value as a text with a letter or a digit in it.
  var saidText: String? {
    guard let text, text.unicodeScalars.count < 20_000 else { return nil }
    let line = String(text.oneLine.prefix(Self.longestText))
    let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return words.contains { $0.isLetter || $0.isNumber } ? words : nil
  }

  /// The texts of a list, each once; a text that stands alone counts as one.
  func saidTexts(_ key: String, most: Int) -> [String] {
    guard let value = self[key] else { return [] }
    let texts =
      value.elements.map { $0.prefix(most * 2).compactMap(\.saidText) } ?? [value.saidText].compactMap(\.self)
    var seen: Set<String> = []
    return Array(texts.filter { seen.insert($0.folded()).inserted }.prefix(most))
  }

  /// The objects of a list.
  func parts(_ key: String, most: Int) -> [JSONValue] {
    Array((self[key]?.elements ?? []).prefix(most))
  }

  /// A whole number, also one that stands in quotes.
  func whole(_ key: String) -> Int? {
    self[key].flatMap { $0.int ?? $0.text.flatMap { Int($0) } }
  }
}

/// Schemas in few words.
extension JSONValue {
  static let anyText: JSONValue = ["type": "string"]

  static func oneOf(_ words: [String]) -> JSONValue {
    words.isEmpty ? anyText : ["enum": .array(words.map { .string($0) })]
  }

  static func listed(_ items: JSONValue, most: Int) -> JSONValue {
    ["type": "array", "maxItems": .number(Double(most)), "items": items]
  }

  /// An object; a name that ends in `?` may be left out.
  static func record(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    let required = members.filter { !$0.key.hasSuffix("?") }.map { JSONValue.string($0.key) }
    return [
      "type": "object", "required": .array(required),
      "properties": .object(
        members.map { Member($0.key.hasSuffix("?") ? String($0.key.dropLast()) : $0.key, $0.value) }),
    ]
  }
}

/// Names as profiles have them.
package enum SaidName {
  private static let reserved: Set<String> = [
    "and", "or", "not", "in", "true", "false", "ask", "chance", "actor", "event", "turn", "user", "character",
    "any", "p", "previous", "newly", "null", "yes", "no", "on", "off", "unknown",
  ]

  /// A name of letters, digits and `_` made of a text, unlike all that are taken; nil where no letter is in it.
  package static func made(of text: String, taken: Set<String>) -> String? {
    let parts = text.lowercased().split { !($0.isLetter || $0.isNumber) }
    var name = parts.joined(separator: "_").unicodeScalars.filter {
      $0.properties.isAlphabetic || $0.properties.numericType == .decimal || $0 == "_"
    }.prefix(40).reduce(into: "") { $0.unicodeScalars.append($1) }
    guard name.contains(where: \.isLetter) else { return nil }
    if name.first?.isLetter != true { name = "q_" + name }
    if reserved.contains(name) { name += "_" }
    var (unique, number) = (name, 2)
    while taken.contains(unique) {
      unique = "\(name)_\(number)"
      number += 1
    }
    return unique
  }
}

extension Sequence where Element: Hashable {
  /// Each element once, where it stands first.
  var uniqued: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
