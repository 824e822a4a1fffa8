import Dramatis
import FoundationEssentials

/// A published package of codified decision trees (CDT, arXiv 2601.10080) for one character.
public struct TreePackage: Decodable, Sendable {
  /// A node of a tree: statements, and gates that lead to further nodes.
  struct Tree: Decodable, Sendable {
    let statements: [String]
    let gates: [Gate]
  }

  /// A question whose yes opens a child.
  struct Gate: Decodable, Sendable {
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
  public init(json bytes: [UInt8]) throws(TreePackageError) {
    guard !bytes.isPickle else {
      throw TreePackageError(
        message: "this is a Python pickle and not JSON; loading a pickle runs code, so that is left to you: "
          + "a script on the page ImportingTrees makes JSON of it without running anything")
    }
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

extension TreePackage {
  /// The package as a profile: topics in order, then relation trees as partner topics.
  ///
  /// Statements and questions survive byte for byte.
  public var profile: String {
    let behavior =
      topicOrder.compactMap { name in topics[name].map { topic(name, tree: $0) } }
      + relationOrder.compactMap { name in relations[name].map { relation(name, tree: $0) } }
    var entries: [YAMLValue.KeyValue] = [("dramatis", "1"), ("character", .quoted(character))]
    if !behavior.isEmpty { entries.append(("behavior", .mapping(behavior))) }
    return YAMLWriter.text(of: entries)
  }

  private func topic(_ name: String, tree: Tree) -> YAMLValue.KeyValue {
    (.quoted(name), .list(items(of: tree)))
  }

  private func relation(_ name: String, tree: Tree) -> YAMLValue.KeyValue {
    (
      .quoted(name),
      .mapping([("with", .quoted(partner(of: name))), ("statements", .list(items(of: tree)))])
    )
  }

  /// Relation trees are named `<character>'s interaction with <partner>`.
  private func partner(of name: String) -> String {
    let start = Array("\(character)'s interaction with ".utf8)
    let bytes = Array(name.utf8)
    return bytes.starts(with: start) ? String(decoding: bytes.dropFirst(start.count), as: UTF8.self) : name
  }

  /// The depth of a package is bounded, so the recursion is.
  private func items(of tree: Tree) -> [YAMLValue] {
    tree.statements.map { .quoted($0) }
      + tree.gates.map { gate in
        .mapping([
          ("when", .quoted("ask(\(gate.question.conditionQuoted))")), ("then", .list(items(of: gate.child))),
        ])
      }
  }
}

/// Why a tree package cannot be imported.
public struct TreePackageError: Error, CustomStringConvertible {
  let message: String

  /// What is wrong, in a sentence without a full stop.
  public var description: String { message }

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

extension [UInt8] {
  /// Whether it is what Python's `pickle` writes, in any of its protocols.
  fileprivate var isPickle: Bool {
    // The protocols from 2 on say so; those before begin with what they put on the stack, and all end with a stop.
    if count > 1, self[0] == 0x80, (1...9).contains(self[1]) { return true }
    guard last == UInt8(ascii: ".") || suffix(2) == [UInt8(ascii: "."), 0x0A] else { return false }
    return ["(dp", "(lp", "(d", "(l", "}q", "]q", "ccopy_reg\n", "c__main__\n", "(i"].contains {
      starts(with: $0.utf8)
    }
  }
}
