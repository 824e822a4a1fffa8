/// A value that fits a schema, however little the service does for it.
///
/// The schema is sent along, and said in words too, since services accept one and ignore it. A service that refuses
/// it is asked again in words alone. What comes back is always checked here; a value that does not fit is asked for
/// once more, with the reason.
package struct StructuredOutput {
  let model: any LanguageModel
  let schema: OutputSchema
  /// Makes a value that nearly fits into one that does; nil for one that is about something else.
  let reading: @Sendable (JSONValue) -> JSONValue?
  /// Whether a value that was cut counts as far as it goes.
  var mayEndOpen = false

  /// Prepares to ask a model for values of one shape.
  package init(model: any LanguageModel, schema: OutputSchema) {
    self.init(model: model, schema: schema) { $0 }
  }

  /// - Parameter reading: Makes a value that nearly fits into one that does; nil for one that is about something else.
  init(
    model: any LanguageModel, schema: OutputSchema, reading: @escaping @Sendable (JSONValue) -> JSONValue?
  ) {
    self.model = model
    self.schema = schema
    self.reading = reading
  }

  /// Asks for a value.
  ///
  /// - Throws: ``ModelError/invalidOutput(_:)`` where the repair does not fit either, and whatever the model throws.
  package func value(for request: ModelRequest) async throws(ModelError) -> JSONValue {
    let (first, accepted) = try await completeAsAsked(request)
    switch value(in: first) {
    case .success(let value): return value
    case .failure(let problem): return try await repair(accepted, failed: first, problem: problem)
    }
  }

  /// The reply to a request with the schema, and the request as it was accepted.
  func completeAsAsked(_ request: ModelRequest) async throws(ModelError) -> (Completion, ModelRequest) {
    var request = request
    request.schema = schema
    request.append(instruction)
    return try await complete(request)
  }

  private var instruction: String {
    "Answer with JSON alone, without any other text, that fits this JSON schema:\n\(schema.schema.spelled)"
  }

  private func complete(_ request: ModelRequest) async throws(ModelError) -> (Completion, ModelRequest) {
    do {
      return (try await model.complete(request), request)
    } catch {
      guard error.mayLieInSchema else { throw error }
      var plain = request
      plain.schema = nil
      return (try await model.complete(plain), plain)
    }
  }

  private func repair(
    _ request: ModelRequest, failed: Completion, problem: OutputProblem
  ) async throws(ModelError) -> JSONValue {
    var request = request
    request.messages.append(.init(.assistant, failed.text.isEmpty ? "…" : failed.text))
    request.messages.append(
      .init(.user, "This does not fit: \(problem.message). Answer again with the corrected JSON alone."))
    let second = try await model.complete(request)
    switch value(in: second) {
    case .success(let value): return value
    case .failure(let problem): throw .invalidOutput(problem.message)
    }
  }

  /// The value in a reply, be there a fence or words around it, or the whole in what the model thought.
  private func value(in completion: Completion) -> Result<JSONValue, OutputProblem> {
    Self.value(in: completion, schema: schema.schema, mayEndOpen: mayEndOpen, reading: reading)
  }

  /// The first value in a reply that fits, as it is read; else why the first does not.
  static func value(
    in completion: Completion, schema: JSONValue, mayEndOpen: Bool = false,
    reading: (JSONValue) -> JSONValue? = { $0 }
  ) -> Result<JSONValue, OutputProblem> {
    var problem: String?
    for text in [completion.text, completion.thought] where !text.isEmpty {
      let whole = try? JSONValue(parsing: Array(text.utf8))
      for value in whole.map({ [$0] }) ?? LooseJSON.values(in: text, mayEndOpen: mayEndOpen) {
        guard let read = reading(value) else { continue }
        guard let misfit = SchemaCheck.problem(of: read, schema: schema) else { return .success(read) }
        problem = problem ?? misfit
      }
    }
    let why = completion.finish == .length ? "it was cut at the limit of tokens" : "it is not JSON"
    return .failure(OutputProblem(message: problem ?? why))
  }
}

extension ModelError {
  /// Whether the same may go well where no schema is sent along; services fail at them in many ways.
  fileprivate var mayLieInSchema: Bool {
    switch self {
    case .refused(let status, _, _): [400, 404, 405, 415, 422, 500, 501].contains(status)
    case .failed: true
    default: false
    }
  }
}

/// Why a reply does not fit its schema.
struct OutputProblem: Error, Hashable {
  let message: String
}

extension ModelRequest {
  /// Adds to the last message, which is the only place that every service reads last.
  fileprivate mutating func append(_ instruction: String) {
    guard let last = messages.popLast() else { return messages = [Message(.user, instruction)] }
    messages.append(Message(last.role, last.text + "\n\n" + instruction))
  }
}

/// Whether a value fits a schema, as far as we use schemas.
///
/// Checked are `type`, `enum`, `const`, `properties`, `required`, `items` and the bounds of numbers, strings and
/// arrays; other keywords are passed over. So are members that nobody asked for: they harm nothing, and to ask
/// again would cost a request.
enum SchemaCheck {
  /// What does not fit first, with where it stands; nil for a value that fits.
  static func problem(
    of value: JSONValue, schema: JSONValue, at path: String = "the value"
  ) -> String? {
    if let type = schema["type"], !isType(type, of: value) { return "\(path) is not of type \(type.spelled)" }
    if let values = schema["enum"]?.elements, !values.contains(value) {
      return "\(path) is none of \(JSONValue.array(values).spelled)"
    }
    if let constant = schema["const"], constant != value { return "\(path) is not \(constant.spelled)" }
    switch value {
    case .object(let members): return objectProblem(members, schema: schema, at: path)
    case .array(let elements): return arrayProblem(elements, schema: schema, at: path)
    case .string(let text): return countProblem(text.count, of: "Length", schema: schema, at: path)
    case .number(let number): return numberProblem(number, schema: schema, at: path)
    default: return nil
    }
  }

  private static func isType(_ type: JSONValue, of value: JSONValue) -> Bool {
    if let types = type.elements { return types.contains { isType($0, of: value) } }
    return switch (type.text, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("null", .null),
      ("number", .number):
      true
    case ("integer", .number(let number)): Int(exactly: number) != nil
    default: false
    }
  }

  private static func objectProblem(
    _ members: [JSONValue.Member], schema: JSONValue, at path: String
  ) -> String? {
    let value = JSONValue.object(members)
    for name in (schema["required"]?.elements ?? []).compactMap(\.text) where value[name] == nil {
      return "\(path) lacks '\(name)'"
    }
    return members.lazy.compactMap { member in
      schema["properties"]?[member.name].flatMap {
        problem(of: member.value, schema: $0, at: "'\(member.name)'")
      }
    }.first
  }

  private static func arrayProblem(
    _ elements: [JSONValue], schema: JSONValue, at path: String
  ) -> String? {
    if let problem = countProblem(elements.count, of: "Items", schema: schema, at: path) { return problem }
    guard let items = schema["items"] else { return nil }
    return elements.enumerated().lazy.compactMap { index, element in
      problem(of: element, schema: items, at: "element \(index + 1) of \(path)")
    }.first
  }

  private static func numberProblem(
    _ number: Double, schema: JSONValue, at path: String
  ) -> String? {
    if let least = schema["minimum"]?.double, number < least { return "\(path) is less than \(least)" }
    if let most = schema["maximum"]?.double, number > most { return "\(path) is more than \(most)" }
    return nil
  }

  private static func countProblem(
    _ count: Int, of kind: String, schema: JSONValue, at path: String
  ) -> String? {
    if let least = schema["min\(kind)"]?.int, count < least { return "\(path) is shorter than \(least)" }
    if let most = schema["max\(kind)"]?.int, count > most { return "\(path) is longer than \(most)" }
    return nil
  }
}
