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
    do {
      self = try JSONDecoder().decode(TreePackage.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw TreePackageError(error)
    } catch {
      throw TreePackageError(message: "this is not JSON")
    }
    for name in topicOrder where topics[name] == nil { throw .missing(tree: name, in: "topics") }
    for name in relationOrder where relations[name] == nil { throw .missing(tree: name, in: "relations") }
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
    let context: DecodingError.Context
    switch error {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default:
      message = "this is not a tree package"
      return
    }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    message = path.isEmpty ? "this is not a tree package" : "this is not a tree package: '\(path)' is wrong"
  }

  static func missing(tree: String, in list: String) -> TreePackageError {
    TreePackageError(message: "the tree '\(tree)' is listed but not among the \(list)")
  }
}
