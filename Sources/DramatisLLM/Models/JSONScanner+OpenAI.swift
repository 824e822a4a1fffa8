/// The parts of a chat completion.
extension JSONScanner {
  mutating func readCompletion(_ piece: inout ReplyPiece) throws(JSONError) {
    try readObject { scanner, name throws(JSONError) in
      switch name {
      case "choices":
        try scanner.arrayIfAny { scanner, index throws(JSONError) in
          if index == 0 { try scanner.readChoice(&piece) } else { try scanner.skip() }
        }
      case "usage": try scanner.readUsage(&piece)
      case "model": piece.model = try scanner.stringIfAny()
      case "error":
        let error = try scanner.readValue()
        if error != .null { piece.error = Endpoint.message(in: ["error": error]) ?? "it does not say how" }
      default: try scanner.skip()
      }
    }
  }

  private mutating func readChoice(_ piece: inout ReplyPiece) throws(JSONError) {
    try objectIfAny { scanner, name throws(JSONError) in
      switch name {
      case "delta", "message": try scanner.readMessage(&piece)
      case "finish_reason":
        piece.finish = try scanner.stringIfAny().flatMap(FinishReason.init(openAI:))
        if piece.finish != nil { piece.isProgress = true }
      case "logprobs": try scanner.readLogProbabilities(&piece)
      default: try scanner.skip()
      }
    }
  }

  private mutating func readUsage(_ piece: inout ReplyPiece) throws(JSONError) {
    try objectIfAny { scanner, name throws(JSONError) in
      switch name {
      case "prompt_tokens": piece.promptTokens = try scanner.intIfAny()
      case "completion_tokens": piece.replyTokens = try scanner.intIfAny()
      case "prompt_tokens_details":
        try scanner.objectIfAny { scanner, name throws(JSONError) in
          switch name {
          case "cached_tokens": piece.cachedTokens = try scanner.intIfAny()
          default: try scanner.skip()
          }
        }
      default: try scanner.skip()
      }
    }
  }

  private mutating func readMessage(_ piece: inout ReplyPiece) throws(JSONError) {
    try objectIfAny { scanner, name throws(JSONError) in
      switch name {
      case "content":
        let text = try scanner.readContent()
        if piece.text.isEmpty { piece.text = text } else { piece.text += text }
      case "reasoning_content", "reasoning":
        if try scanner.stringIfAny()?.isEmpty == false { piece.isProgress = true }
      default: try scanner.skip()
      }
    }
    if !piece.text.isEmpty { piece.isProgress = true }
  }

  /// A text, or parts of which some are texts and others reasoning.
  private mutating func readContent() throws(JSONError) -> String {
    guard try next() == UInt8(ascii: "[") else { return try stringIfAny() ?? "" }
    guard case .array(let parts) = try readValue() else { return "" }
    return parts.filter { $0["type"] == "text" }.compactMap { $0["text"]?.text }.joined()
  }

  private mutating func readLogProbabilities(_ piece: inout ReplyPiece) throws(JSONError) {
    let value = try next() == UInt8(ascii: "{") ? readValue() : nil
    piece.alternatives = TokenAlternative.alternatives(of: value?["content"]?.elements?.first)
    if value == nil { try skip() }
  }
}

extension TokenAlternative {
  /// The alternatives of a token as services write it.
  static func alternatives(of token: JSONValue?) -> [TokenAlternative] {
    (token?["top_logprobs"]?.elements ?? []).compactMap { entry in
      guard let text = entry["token"]?.text, let logarithm = entry["logprob"]?.double else { return nil }
      return TokenAlternative(text, logProbability: logarithm)
    }
  }
}

extension FinishReason {
  /// What a service's word means; nil for the empty word that some send with every chunk.
  init?(openAI word: String) {
    switch word {
    case "": return nil
    case "stop", "eos": self = .stop
    case "length": self = .length
    case "content_filter": self = .filtered
    default: self = .unstated
    }
  }
}
