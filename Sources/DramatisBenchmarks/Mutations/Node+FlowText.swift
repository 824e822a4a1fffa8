import DramatisCompiler

extension Node {
  /// The document as YAML on one line, without anchors and comments.
  var flowText: String {
    switch content {
    case .scalar(let scalar): scalar.flowText
    case .sequence(let nodes): "[\(nodes.map(\.flowText).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.flowText): \($0.value.flowText)" }.joined(separator: ", "))}"
    }
  }
}

extension Scalar {
  /// Plain only where nothing in it can mean anything to YAML; numbers, `true` and `false` are no texts.
  fileprivate var flowText: String {
    if style == .plain, text.isEmpty { return "~" }
    let isWord = text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || "0123456789_.+-".unicodeScalars.contains($0)
    }
    return style == .plain && isWord ? text : "\"\(text.unicodeScalars.map(Self.escaped).joined())\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": "\\\""
    case "\\": "\\\\"
    case "\n": "\\n"
    case "\t": "\\t"
    default: String(scalar)
    }
  }
}
