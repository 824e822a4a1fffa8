import Dramatis

extension TreePackage {
  /// The package as a profile: topics in order, then relation trees as partner topics.
  ///
  /// Statements and questions survive byte for byte.
  package var profile: String {
    var lines = ["dramatis: 1", "character: \(character.yamlQuoted)", "behavior:"]
    for name in topicOrder {
      if let tree = topics[name] { lines += topic(name, tree) }
    }
    for name in relationOrder {
      if let tree = relations[name] { lines += relation(name, tree) }
    }
    if topicOrder.isEmpty && relationOrder.isEmpty { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private func topic(_ name: String, _ tree: Tree) -> [String] {
    let items = self.items(tree, "    ")
    return ["  \(name.yamlQuoted):\(items.isEmpty ? " []" : "")"] + items
  }

  private func relation(_ name: String, _ tree: Tree) -> [String] {
    let items = self.items(tree, "      ")
    return [
      "  \(name.yamlQuoted):", "    with: \(partner(name).yamlQuoted)",
      "    statements:\(items.isEmpty ? " []" : "")",
    ] + items
  }

  /// Relation trees are named `<character>'s interaction with <partner>`.
  private func partner(_ name: String) -> String {
    let start = Array("\(character)'s interaction with ".utf8)
    let bytes = Array(name.utf8)
    return bytes.starts(with: start) ? String(decoding: bytes.dropFirst(start.count), as: UTF8.self) : name
  }

  private func items(_ tree: Tree, _ indent: String) -> [String] {
    tree.statements.map { "\(indent)- \($0.yamlQuoted)" }
      + tree.gates.flatMap { gate in
        let below = items(gate.child, indent + "    ")
        return [
          "\(indent)- when: \("ask(\(gate.question.conditionQuoted))".yamlQuoted)",
          "\(indent)  then:\(below.isEmpty ? " []" : "")",
        ] + below
      }
  }
}

extension String {
  /// The text in double quotes of YAML, from which every parser reads the same bytes again.
  var yamlQuoted: String {
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
