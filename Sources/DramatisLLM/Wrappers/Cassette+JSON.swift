extension ModelRequest {
  /// Everything that makes a request what it is.
  func json(for model: String) -> JSONValue {
    [
      "model": .string(model),
      "messages": .array(messages.map { ["role": .string($0.role.rawValue), "text": .string($0.text)] }),
      "maxTokens": .optional(maxTokens), "temperature": temperature.map { .number($0) } ?? .null,
      "seed": .optional(seed), "stop": .array(stop.map { .string($0) }), "schema": schema?.schema ?? .null,
      "alternatives": .optional(alternatives), "stream": .bool(isStreamed),
    ]
  }
}

extension Cassette.Entry {
  /// The entry as a line of a file.
  var line: [UInt8] { json.bytes + [0x0A] }

  var json: JSONValue {
    [
      "request": request, "pieces": .array(pieces.map { .string($0) }), "text": .string(completion.text),
      "finish": .string(completion.finish.rawValue), "model": completion.model.map { .string($0) } ?? .null,
      "usage": completion.usage.map {
        ["prompt": .optional($0.prompt), "reply": .optional($0.reply), "cached": .optional($0.cached)]
      } ?? .null,
      "alternatives": .array(
        completion.alternatives.map { ["token": .string($0.text), "logprob": .number($0.logProbability)] }),
    ]
  }

  /// Reads an entry; nil where something is missing.
  init?(_ json: JSONValue) {
    guard let request = json["request"], let pieces = json["pieces"]?.elements, let text = json["text"]?.text,
      let finish = json["finish"]?.text.flatMap(FinishReason.init(rawValue:))
    else { return nil }
    let usage = json["usage"].flatMap { value -> Usage? in
      guard let prompt = value["prompt"]?.int, let reply = value["reply"]?.int else { return nil }
      return Usage(prompt: prompt, reply: reply, cached: value["cached"]?.int ?? 0)
    }
    let alternatives = (json["alternatives"]?.elements ?? []).compactMap { value -> TokenAlternative? in
      guard let token = value["token"]?.text, let logarithm = value["logprob"]?.double else { return nil }
      return TokenAlternative(token, logProbability: logarithm)
    }
    self.request = request
    self.pieces = pieces.compactMap(\.text)
    completion = Completion(
      text: text, finish: finish, usage: usage, model: json["model"]?.text, alternatives: alternatives)
  }
}

extension JSONValue {
  fileprivate static func optional(_ number: Int?) -> JSONValue {
    number.map { .number(Double($0)) } ?? .null
  }
}
