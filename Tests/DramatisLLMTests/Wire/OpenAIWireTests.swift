import TestSupport
import Testing

@testable import DramatisLLM

/// What a chunk says, read from its bytes and read from a tree of values.
@Suite struct OpenAIWireTests {
  private let wire: OpenAIWire

  init() throws {
    wire = OpenAIWire(endpoint: Endpoint(.openAI, at: try ServiceAddress("http://h"), model: "m"))
  }

  private static let samples = [
    #"{"id":"x","model":"m","choices":[{"index":0,"delta":{"content":" w\u00e9\n"},"finish_reason":null}]}"#,
    #"{"choices":[{"delta":{"role":"a","reasoning":"hm","content":null}},{"delta":{"content":"no"}}]}"#,
    #"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"x"}]},"finish_reason":"stop"}]}"#,
    #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":1}}}"#,
    #"{"ch\u006fices":[{"d\u0065lta":{"content":"esc\ud83d\udc4b"}}],"error":{"message":"e"}}"#,
    #"{"choices":[{"logprobs":{"content":[{"top_logprobs":[{"token":"y","logprob":-0.5}]}]}}]}"#,
  ]

  /// The members in their order, since one that comes twice counts as often.
  private static func members(_ value: JSONValue?) -> [JSONValue.Member] {
    guard case .object(let members) = value else { return [] }
    return members
  }

  private static func reference(_ bytes: [UInt8]) throws -> ReplyPiece {
    let value = try JSONValue(parsing: bytes)
    guard case .object(let members) = value else { throw JSONError(message: "no object", offset: 0) }
    var piece = ReplyPiece()
    var message: String?
    for member in members {
      switch member.name {
      case "message", "detail": message = member.value.text
      case "choices": add(choice: member.value.elements?.first, to: &piece)
      case "usage": add(usage: member.value, to: &piece)
      case "model": piece.model = member.value.text
      case "error" where member.value != .null:
        piece.error = OpenAIWire.failure(in: ["error": member.value])
      default: break
      }
    }
    if !members.contains(where: { $0.name == "choices" }) { piece.error = piece.error ?? message }
    return piece
  }

  private static func add(choice: JSONValue?, to piece: inout ReplyPiece) {
    for member in members(choice) {
      switch member.name {
      case "delta", "message": add(message: member.value, to: &piece)
      case "finish_reason": piece.finish = member.value.text.flatMap(FinishReason.init(word:))
      case "logprobs":
        piece.alternatives = TokenAlternative.alternatives(of: member.value["content"]?.elements?.first)
      case "error" where member.value != .null:
        piece.error = OpenAIWire.failure(in: ["error": member.value])
      default: break
      }
      if piece.finish != nil { piece.isProgress = true }
    }
  }

  private static func add(message: JSONValue, to piece: inout ReplyPiece) {
    for member in members(message) {
      switch (member.name, member.value) {
      case ("content", .string(let text)): piece.text += text
      case ("content", .array(let parts)):
        piece.text += parts.filter { $0["type"] == "text" }.compactMap { $0["text"]?.text }.joined()
      case ("reasoning", .string(let text)), ("reasoning_content", .string(let text)):
        if !text.isEmpty { (piece.thought, piece.isProgress) = (text, true) }
      case ("refusal", .string(let text)):
        if !text.isEmpty { (piece.refusal, piece.isProgress) = (text, true) }
      default: break
      }
    }
    if !piece.text.isEmpty { piece.isProgress = true }
  }

  private static func add(usage: JSONValue, to piece: inout ReplyPiece) {
    for member in members(usage) {
      switch member.name {
      case "prompt_tokens": piece.promptTokens = member.value.int
      case "completion_tokens": piece.replyTokens = member.value.int
      case "prompt_tokens_details":
        for detail in members(member.value) where detail.name == "cached_tokens" {
          piece.cachedTokens = detail.value.int
        }
      default: break
      }
    }
  }

  @Test(arguments: samples)
  func `chunks and what becomes of them by mutation are read as a tree of values is`(sample: String) throws {
    var random = SeededGenerator(seed: 9)
    let source = Array(sample.utf8)
    let alphabet = Array("{}[]\",:\\u0e-. ntca1".utf8) + [0xC3, 0x0A]
    for count in 0..<1500 {
      var bytes = source
      if count > 0 { random.mutate(&bytes, with: alphabet) }
      try compare(bytes)
    }
  }

  /// The bytes may stand anywhere in what has come.
  private func compare(_ bytes: [UInt8]) throws {
    let around = [0x22, 0x7B] + bytes + [0x7D]
    let ours = try? wire.piece(of: around.span.extracting(2..<(around.count - 1)), named: "")
    do {
      let expected = try Self.reference(bytes)
      #expect(ours == expected, "\(String(decoding: bytes, as: UTF8.self))")
    } catch let error as JSONError where error.message == "this number is too large" {
      // What nobody asks for is not calculated.
    } catch {
      #expect(ours == nil, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
