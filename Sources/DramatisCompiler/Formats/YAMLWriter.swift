/// A value to be written as YAML.
package indirect enum YAMLValue: Sendable, ExpressibleByStringLiteral {
  /// A key of a mapping with its value.
  package typealias KeyValue = (key: YAMLValue, value: YAMLValue)

  /// A name, a number or a word that is written as it is.
  case plain(String)
  /// A text in double quotes, from which every parser reads the same bytes again.
  case quoted(String)
  /// A list and a mapping over several lines.
  case list([YAMLValue])
  case mapping([KeyValue])
  /// A list and a mapping on one line.
  case flowList([YAMLValue])
  case flowMapping([KeyValue])
  /// Nothing, so that a key stands alone.
  case nothing

  /// A text as a plain scalar where it is one anywhere, else in double quotes.
  package static func scalar(_ text: String) -> YAMLValue {
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.unicodeScalars.first?.properties.isAlphabetic == true
      && text.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_"
      }
    return isPlain && !reserved.contains(text.lowercased()) ? .plain(text) : .quoted(text)
  }

  package init(stringLiteral text: String) { self = .plain(text) }

  /// The value on one line.
  package var text: String {
    switch self {
    case .plain(let text): text
    case .quoted(let text): text.doubleQuoted
    case .list(let values), .flowList(let values): "[\(values.map(\.text).joined(separator: ", "))]"
    case .mapping(let entries), .flowMapping(let entries):
      entries.isEmpty ? "{}" : "{ \(entries.map(Self.text).joined(separator: ", ")) }"
    case .nothing: ""
    }
  }

  private static func text(of entry: KeyValue) -> String {
    if case .nothing = entry.value { "\(entry.key.text):" } else { "\(entry.key.text): \(entry.value.text)" }
  }

  /// Whether it takes lines of its own.
  fileprivate var isBlock: Bool {
    switch self {
    case .list(let values): !values.isEmpty
    case .mapping(let entries): !entries.isEmpty
    case .plain, .quoted, .flowList, .flowMapping, .nothing: false
    }
  }
}

/// Writes YAML, line by line: two blanks a level, lists below their key one level deeper.
package struct YAMLWriter {
  /// What was written so far; every line ends in a line feed.
  package private(set) var text = ""

  package init() {}

  /// The text of a document.
  package static func text(of entries: [YAMLValue.KeyValue]) -> String {
    var writer = YAMLWriter()
    writer.write(entries)
    return writer.text
  }

  /// Writes the entries of a mapping.
  ///
  /// No deeper than the value nests.
  ///
  /// - Parameter indent: The blanks before each key.
  package mutating func write(_ entries: [YAMLValue.KeyValue], indent: Int = 0) {
    for entry in entries { write(entry, after: blanks(indent), indent: indent) }
  }

  private mutating func write(_ entry: YAMLValue.KeyValue, after start: String, indent: Int) {
    let key = "\(start)\(entry.key.text):"
    guard entry.value.isBlock else {
      let value = entry.value.text
      text += value.isEmpty ? key + "\n" : "\(key) \(value)\n"
      return
    }
    text += key + "\n"
    switch entry.value {
    case .list(let values): write(values, indent: indent + 2)
    case .mapping(let entries): write(entries, indent: indent + 2)
    case .plain, .quoted, .flowList, .flowMapping, .nothing: break
    }
  }

  private mutating func write(_ values: [YAMLValue], indent: Int) {
    for value in values {
      guard case .mapping(let entries) = value, let first = entries.first else {
        text += "\(blanks(indent))- \(value.text)\n"
        continue
      }
      write(first, after: blanks(indent) + "- ", indent: indent + 2)
      write(Array(entries.dropFirst()), indent: indent + 2)
    }
  }

  private func blanks(_ count: Int) -> String { String(repeating: " ", count: count) }
}

extension String {
  /// In double quotes of YAML; what cannot stand there, and marks of direction, are escaped.
  fileprivate var doubleQuoted: String {
    var result = "\""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.isPlainInYAML {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}

extension Unicode.Scalar {
  /// Whether YAML lets it stand in double quotes as it is; marks of direction are escaped to be seen.
  fileprivate var isPlainInYAML: Bool {
    switch value {
    case 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
