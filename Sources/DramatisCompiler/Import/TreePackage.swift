import FoundationEssentials

/// A published package of codified decision trees (CDT, arXiv 2601.10080) for one character.
package struct TreePackage: Decodable, Sendable {
  /// A node of a tree: statements, and gates that lead to further nodes.
  package struct Tree: Decodable, Sendable {
    let statements: [String]
    let gates: [Gate]
  }

  /// A question whose yes opens a child.
  package struct Gate: Decodable, Sendable {
    let question: String
    let child: Tree
  }

  let character: String
  let topicOrder: [String]
  let relationOrder: [String]
  let topics: [String: Tree]
  let relations: [String: Tree]

  /// Reads a package from JSON.
  ///
  /// - Throws: ``TreePackageError`` that says what is missing or wrong.
  package init(json bytes: [UInt8]) throws(TreePackageError) {
    guard !Self.isTooDeep(bytes) else { throw TreePackageError(message: "its trees are nested too deeply") }
    do {
      self = try JSONDecoder().decode(TreePackage.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw TreePackageError(error)
    } catch {
      throw TreePackageError(message: "this is not JSON")
    }
    for name in topicOrder where topics[name] == nil { throw .missing(tree: name, in: "topics") }
    for name in relationOrder where relations[name] == nil { throw .missing(tree: name, in: "relations") }
    for name in topics.keys.sorted() where !topicOrder.contains(name) {
      throw .unlisted(tree: name, in: "topicOrder")
    }
    for name in relations.keys.sorted() where !relationOrder.contains(name) {
      throw .unlisted(tree: name, in: "relationOrder")
    }
  }

  /// Whether lists and objects nest beyond what the decoder takes; far beyond what a profile takes.
  private static func isTooDeep(_ bytes: [UInt8]) -> Bool {
    var depth = 0
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if isText {
        isText = isEscaped || byte != UInt8(ascii: "\"")
        isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      if depth > 500 { return true }
    }
    return false
  }
}

/// Why a tree package cannot be imported.
package struct TreePackageError: Error, CustomStringConvertible {
  let message: String

  /// What is wrong, in a sentence without a full stop.
  package var description: String { message }

  init(message: String) {
    self.message = message
  }

  init(_ error: DecodingError) {
    switch error {
    case .keyNotFound(let key, let context):
      message = "this is not a tree package: '\(Self.path(context.codingPath + [key]))' is missing"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      let path = Self.path(context.codingPath)
      message =
        path.isEmpty
        ? "a tree package is a JSON object" : "this is not a tree package: '\(path)' is of the wrong type"
    case .dataCorrupted: message = "this is not JSON"
    @unknown default: message = "this is not a tree package"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { key in key.intValue.map(String.init) ?? key.stringValue }.joined(separator: ".")
  }

  static func missing(tree: String, in list: String) -> TreePackageError {
    TreePackageError(message: "the tree '\(tree)' is listed but not among the \(list)")
  }

  static func unlisted(tree: String, in list: String) -> TreePackageError {
    TreePackageError(message: "the tree '\(tree)' is not listed in \(list)")
  }
}
