import Dramatis
import DramatisLLM

/// The parameters of a request, read by the fields that its method declares.
struct Arguments {
  private let parameters: JSONValue

  /// Checks what does not depend on what the method does with them: that nothing is missing, unknown or of another type.
  init(_ parameters: JSONValue, of method: Method) throws(RPCError) {
    self.parameters = parameters
    guard case .object(let members) = parameters else {
      throw RPCError(.badParameters, "'params' is an object")
    }
    let names = method.parameters.map(\.name)
    for member in members {
      guard let field = method.parameters.first(where: { $0.name == member.name }) else {
        let hint = nearest(member.name, among: names).map { "; did you mean '\($0)'?" } ?? ""
        throw RPCError(.badParameters, "'\(method.name)' has no parameter '\(member.name)'\(hint)")
      }
      if member.value == .null, !field.isRequired { continue }
      guard field.type.admits(member.value) else {
        throw RPCError(.badParameters, "'\(field.name)' of '\(method.name)' is \(field.type.expectation)")
      }
    }
    for field in method.parameters where field.isRequired && parameters[field.name] == nil {
      throw RPCError(.badParameters, "'\(method.name)' needs '\(field.name)': \(field.meaning)")
    }
  }

  /// The value of a parameter; nil for one that is left out or null.
  subscript(_ name: String) -> JSONValue? { parameters[name].flatMap { $0 == .null ? nil : $0 } }

  func text(_ name: String) -> String? { self[name]?.text }

  func number(_ name: String) -> Double? { self[name]?.double }

  func flag(_ name: String) -> Bool { self[name] == .bool(true) }

  /// A text that the method cannot do without.
  func needed(_ name: String) throws(RPCError) -> String {
    guard let text = text(name) else { throw RPCError(.badParameters, "'\(name)' is missing") }
    return text
  }

  /// A seed: a whole number, or one in decimal digits where a number of JSON is too coarse.
  func seed(_ name: String) throws(RPCError) -> UInt64 {
    guard let value = self[name] else { return 0 }
    let seed = value.text.flatMap { UInt64($0) } ?? value.double.flatMap { UInt64(exactly: $0) }
    guard let seed else {
      throw RPCError(.badParameters, "'\(name)' is a whole number from 0 to 18446744073709551615")
    }
    return seed
  }

  /// Answers by question.
  func answers(_ name: String) throws(RPCError) -> [String: Answer] {
    guard let value = self[name] else { return [:] }
    return try Self.answers(value, called: name)
  }

  static func answers(_ value: JSONValue, called name: String) throws(RPCError) -> [String: Answer] {
    guard case .object(let members) = value else {
      throw RPCError(.badParameters, "'\(name)' is an object of answers")
    }
    var answers: [String: Answer] = [:]
    for member in members {
      guard let answer = Answer(member.value) else {
        throw RPCError(
          .badParameters, "'\(name).\(member.name)' is yes, no, unknown or a probability from 0 to 1")
      }
      answers[member.name] = answer
    }
    return answers
  }

  /// An event, of which every key is known and of its type.
  func event(_ name: String) throws(RPCError) -> Event {
    guard let value = self[name] else { throw RPCError(.badParameters, "'\(name)' is missing") }
    return try Event(value, called: name)
  }
}

extension Answer {
  fileprivate init?(_ value: JSONValue) {
    if let number = value.double {
      self.init(probability: number)
    } else if let word = value.text, let truth = Truth(rawValue: word) {
      self.init(truth)
    } else if case .bool(let isTrue) = value {
      self = isTrue ? .yes : .no
    } else {
      return nil
    }
  }
}

extension Event {
  fileprivate init(_ value: JSONValue, called name: String) throws(RPCError) {
    guard case .object(let members) = value else { throw RPCError(.badParameters, "'\(name)' is an object") }
    self.init()
    for member in members where member.value != .null {
      func fail(_ expected: String) -> RPCError {
        RPCError(.badParameters, "'\(name).\(member.name)' is \(expected)")
      }
      func text() throws(RPCError) -> String {
        guard let text = member.value.text else { throw fail("a text") }
        return text
      }
      func names() throws(RPCError) -> [String] {
        guard let elements = member.value.elements, elements.allSatisfy({ $0.text != nil }) else {
          throw fail("a list of names")
        }
        return elements.compactMap(\.text)
      }
      switch member.name {
      case "actor": actor = try text()
      case "text": self.text = try text()
      case "kind": kind = try text()
      case "scene": scene = try text()
      case "to": to = try names()
      case "present": present = try names()
      case "partners": partners = try names()
      case "data":
        guard case .object(let data) = Datum(member.value) else { throw fail("an object") }
        self.data = data
      default:
        let hint = nearest(member.name, among: Self.keys).map { "; did you mean '\($0)'?" } ?? ""
        throw RPCError(.badParameters, "'\(name)' has no key '\(member.name)'\(hint)")
      }
    }
  }

  /// The keys of an event, for the schema and for hints.
  static let keys = ["actor", "text", "to", "kind", "data", "present", "scene", "partners"]
}

extension Datum {
  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let isTrue): self = .boolean(isTrue)
    case .number(let number): self = .number(number)
    case .string(let text): self = .text(text)
    case .array(let elements): self = .list(elements.map(Datum.init))
    case .object(let members):
      self = .object(Dictionary(members.map { ($0.name, Datum($0.value)) }, uniquingKeysWith: { $1 }))
    }
  }
}

extension JSONValue {
  init(_ datum: Datum) {
    switch datum {
    case .null: self = .null
    case .boolean(let isTrue): self = .bool(isTrue)
    case .number(let number): self = .number(number)
    case .text(let text): self = .string(text)
    case .list(let values): self = .array(values.map(JSONValue.init))
    case .object(let values):
      self = .object(values.sorted { $0.key < $1.key }.map { Member($0.key, JSONValue($0.value)) })
    }
  }

  /// An object with sorted names, so that the same value is always the same bytes.
  init<Value>(_ values: [String: Value], each value: (Value) -> JSONValue) {
    self = .object(values.sorted { $0.key < $1.key }.map { Member($0.key, value($0.value)) })
  }
}
