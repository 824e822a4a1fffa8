/// A value that fits a schema, however little the service does for it.
///
/// The schema is sent along, and said in words too, since services accept one and ignore it. A service that refuses
/// it is asked again in words alone. What comes back is always checked here; a value that does not fit is asked for
/// once more, with the reason.
struct StructuredOutput {
  let model: any LanguageModel
  let schema: OutputSchema

  /// Asks for a value.
  ///
  /// - Throws: ``ModelError/invalidOutput(_:)`` where the repair does not fit either, and whatever the model throws.
  func value(for request: ModelRequest) async throws(ModelError) -> JSONValue {
    var request = request
    request.schema = schema
    request.append(instruction)
    let (first, accepted) = try await complete(request)
    switch Self.value(in: first, schema.schema) {
    case .success(let value): return value
    case .failure(let problem): return try await repair(accepted, first, problem)
    }
  }

  private var instruction: String {
    "Answer with JSON alone, without any other text, that fits this JSON schema:\n\(schema.schema.spelled)"
  }

  private func complete(_ request: ModelRequest) async throws(ModelError) -> (Completion, ModelRequest) {
    do {
      return (try await model.complete(request), request)
    } catch {
      guard case .refused(let status, _, _) = error, [400, 415, 422, 501].contains(status) else {
        throw error
      }
      var plain = request
      plain.schema = nil
      return (try await model.complete(plain), plain)
    }
  }

  private func repair(
    _ request: ModelRequest, _ failed: Completion, _ problem: OutputProblem
  ) async throws(ModelError) -> JSONValue {
    var request = request
    request.messages.append(.init(.assistant, failed.text.isEmpty ? "…" : failed.text))
    request.messages.append(
      .init(.user, "This does not fit: \(problem.message). Answer again with the corrected JSON alone."))
    let second = try await model.complete(request)
    switch Self.value(in: second, schema.schema) {
    case .success(let value): return value
    case .failure(let problem): throw .invalidOutput(problem.message)
    }
  }

  /// The value in a reply, be there a fence or words around it.
  static func value(in completion: Completion, _ schema: JSONValue) -> Result<JSONValue, OutputProblem> {
    let bytes = Array(completion.text.utf8)
    let opens = bytes.firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? 0
    let closes = bytes.lastIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") } ?? bytes.count - 1
    let whole = try? JSONValue(parsing: bytes)
    guard let value = whole ?? (opens <= closes ? try? JSONValue(parsing: Array(bytes[opens...closes])) : nil)
    else {
      let why = completion.finish == .length ? "it was cut at the limit of tokens" : "it is not JSON"
      return .failure(OutputProblem(message: why))
    }
    if let problem = SchemaCheck.problem(value, schema) { return .failure(OutputProblem(message: problem)) }
    return .success(value)
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
