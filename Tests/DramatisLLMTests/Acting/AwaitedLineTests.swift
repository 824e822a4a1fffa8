import DramatisCompiler
import Synchronization
import TestSupport
import Testing

@testable import Dramatis
@testable import DramatisLLM

/// What the next line will begin with is known when questions are put.
@Suite struct AwaitedLineTests {
  /// All requests of a conversation, those for lines and those with questions.
  private static func requests(
    of name: String, turns: Int, form: PromptForm = .cached, contextTokens: Int = 32_000
  ) async throws -> [ModelRequest] {
    let model = FakeModel { request, number in
      guard case .questions = request.purpose else {
        return Completion(text: "This is my answer number \(number), friend, and no other one.")
      }
      return Completion(text: #"{"q1": "unknown"}"#)
    }
    let lines = AwaitedLines()
    let program = try Compilation(shipped: name).requiredProgram
    var settings = LLMPerformer.Settings(
      renderer: PromptRenderer(user: "Wen", contextTokens: contextTokens, form: form))
    settings.lines = lines
    let session = try Session(
      cast: [program], user: "Wen",
      discriminator: LLMDiscriminator(model, lines: lines, onFailure: { _ in }),
      performer: LLMPerformer(model, settings: settings))
    for turn in 0..<turns {
      _ = try await session.respond(to: Event(actor: "Wen", text: "This is the \(turn)th thing I say."))
    }
    return model.requests
  }

  private static func isLine(_ request: ModelRequest) -> Bool {
    if case .line = request.purpose { true } else { false }
  }

  private static func text(_ messages: [ModelRequest.Message]) -> String {
    messages.map { "\($0.role): \($0.text)" }.joined(separator: "\n")
  }

  @Test(arguments: ["mara", "kaethe", "plimsoll"])
  func `what is awaited before a line is what the line begins with`(name: String) async throws {
    let requests = try await Self.requests(of: name, turns: 6)
    var compared = 0
    for (index, line) in requests.enumerated() where Self.isLine(line) {
      let before = requests[..<index].last
      guard let before, !Self.isLine(before), let awaited = before.awaited else { continue }
      #expect(awaited.character == (try Compilation(shipped: name).requiredProgram.character))
      #expect(Self.text(line.messages).hasPrefix(Self.text(awaited.messages)))
      compared += 1
    }
    #expect(compared >= 4)
  }

  @Test func `nothing is awaited before the first line, nor of a performer that shares nothing`() async throws
  {
    let requests = try await Self.requests(of: "mara", turns: 1)
    #expect(requests.prefix { !Self.isLine($0) }.allSatisfy { $0.awaited == nil })
    let lines = AwaitedLines()
    let mara = try ActingTests.mara()
    #expect(lines.beginning(of: [mara], in: Scene("Rain.")) == nil)
    lines.note([.init(.system, "Be Ann.")], then: "Hm.", by: "Ann")
    #expect(lines.beginning(of: [mara], in: Scene("Rain.")) == nil)
  }

  @Test func `where history is cut, what is awaited is cut with it`() async throws {
    let requests = try await Self.requests(of: "mara", turns: 30, contextTokens: 1200)
    let counter = TokenCounter()
    let awaited = requests.compactMap(\.awaited)
    #expect(awaited.count > 20)
    #expect(awaited.allSatisfy { counter.tokens(in: $0.messages) < 1200 })
  }

  @Test(arguments: [
    (ModelRequest.Message.Role.user, "A\n\n", 2), (.assistant, "", 3),
  ])
  func `questions behind a beginning keep roles in turn`(
    last: ModelRequest.Message.Role, start: String, count: Int
  ) {
    let request = ModelRequest([
      .init(.system, "Rules."), .init(.user, "Scene."), .init(.assistant, "{}"), .init(.user, "Again."),
    ])
    let messages = request.messages(behind: .init(of: "Ann", [.init(.system, "S"), .init(last, "A")]))
    #expect(messages.count == count + 2)
    #expect(messages[count - 1].role == .user)
    #expect(messages[count - 1].text.hasPrefix(start + "["))
    #expect(messages[count - 1].text.hasSuffix("Rules.\n\nScene."))
    #expect(messages.suffix(2) == request.messages.suffix(2))
    let odd = ModelRequest([.init(.system, "Rules."), .init(.assistant, "Hm.")])
    #expect(odd.messages(behind: .init(of: "Ann", [.init(.system, "S")])) == odd.messages)
  }
}
