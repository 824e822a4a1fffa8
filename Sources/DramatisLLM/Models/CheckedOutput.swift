/// A value that a model made, and what was still wrong with it in the end.
package struct CheckedOutput: Sendable {
  /// An object, whatever stands in it.
  package let value: JSONValue
  /// What the checks said of the first reply; empty where it was right at once.
  package let corrected: [String]
  /// What the checks say of the value; nothing is asked again.
  package let problems: [String]
}

extension StructuredOutput {
  /// Asks for an object, and once more where its shape or the checks have something to say, which is told as JSON.
  ///
  /// The schema is sent and not insisted on: whoever reads the object takes what fits, part by part. A reply that was cut counts
  /// as far as it goes, where the second is no better.
  ///
  /// - Parameter problems: What is wrong with an object, in sentences.
  /// - Throws: ``ModelError/invalidOutput(_:)`` where no object came, and whatever the model throws.
  package func checked(
    for request: ModelRequest, by problems: (JSONValue) -> [String]
  ) async throws(ModelError) -> CheckedOutput {
    let (first, accepted) = try await completeAsAsked(request)
    let (value, trouble) = Self.object(in: first)
    let wrong = value.map { [trouble].compactMap(\.self) + problems($0) } ?? [trouble ?? "it is not JSON"]
    if let value, wrong.isEmpty { return CheckedOutput(value: value, corrected: [], problems: []) }
    let second: Completion
    do {
      second = try await model.complete(Self.repair(accepted, failed: first, problems: wrong))
    } catch {
      guard let value, error.isOfReply else { throw error }
      return CheckedOutput(value: value, corrected: wrong, problems: wrong)
    }
    let (better, stillTrouble) = Self.object(in: second)
    guard let better else {
      guard let value else { throw .invalidOutput(stillTrouble ?? "it is not JSON") }
      return CheckedOutput(value: value, corrected: wrong, problems: wrong)
    }
    let left = [stillTrouble].compactMap(\.self) + problems(better)
    if let value, left.count > wrong.count {
      return CheckedOutput(value: value, corrected: wrong, problems: wrong)
    }
    return CheckedOutput(value: better, corrected: wrong, problems: left)
  }

  /// The most problems that are told.
  private static let mostProblems = 20
  /// The longest reply that is shown again, in characters.
  private static let longestShown = 20_000

  private static func repair(
    _ request: ModelRequest, failed: Completion, problems: [String]
  ) -> ModelRequest {
    var request = request
    let told = JSONValue.array(problems.prefix(mostProblems).map { .string($0) }).spelled
    request.messages.append(
      .init(.assistant, failed.text.isEmpty ? "…" : String(failed.text.prefix(longestShown))))
    request.messages.append(
      .init(.user, "These are wrong: \(told)\nAnswer again with the whole corrected JSON alone."))
    return request
  }

  /// The first object in a reply, and what is to be said of it.
  private static func object(in completion: Completion) -> (JSONValue?, String?) {
    let isCut = completion.finish == .length
    let cut = "it was cut at the limit of tokens: give fewer or shorter entries"
    for text in [completion.text, completion.thought] where !text.isEmpty {
      if let whole = try? JSONValue(parsing: Array(text.utf8)), case .object = whole { return (whole, nil) }
      let closed = LooseJSON.values(in: text).first { if case .object = $0 { true } else { false } }
      if let closed, !isCut { return (closed, nil) }
      let open = LooseJSON.values(in: text, mayEndOpen: true).first {
        if case .object = $0 { true } else { false }
      }
      if let found = open ?? closed { return (found, isCut ? cut : "it is not closed") }
    }
    return (nil, isCut ? cut : "it is not JSON")
  }
}

extension ModelError {
  /// Whether it lies in what the model said, so that asking for something else may go well.
  package var isOfReply: Bool {
    switch self {
    case .thoughtOnly, .declined, .cutOff, .malformed, .tooLong, .invalidOutput: true
    default: false
    }
  }
}
