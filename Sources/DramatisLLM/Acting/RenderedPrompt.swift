import Dramatis

/// What a model is told for one line, and what of it is where.
public struct RenderedPrompt: Sendable {
  /// A part of a prompt.
  public struct Part: Hashable, Sendable {
    /// What it is about.
    public let name: String
    /// What is told.
    public let text: String
  }

  /// Something that a prompt could tell and does not.
  public struct Omission: Hashable, Sendable {
    /// What is not told.
    public let what: String
    /// Why it is not.
    public let why: String
  }

  /// The messages as they are sent.
  public let messages: [ModelRequest.Message]
  /// The parts in the order in which they stand; those with nothing to say are left out.
  public let parts: [Part]
  /// What is left out.
  public let omissions: [Omission]
}

extension PromptRenderer {
  /// The prompt for a line with its parts, and what is left out of it.
  ///
  /// - Parameters:
  ///   - request: What the line is to be spoken from.
  ///   - counter: How long texts are in tokens.
  public func prompt(for request: LineRequest, counter: TokenCounter = TokenCounter()) -> RenderedPrompt {
    let parts = PromptParts(request, user: user)
    let history = events(of: request, parts)
    let start = self.start(of: history, for: request, parts, counter: counter, isAgain: false)
    let told = history.dropFirst(start).map(\.text).joined(separator: "\n")
    let isCompact = form(of: request.program) == .compact
    let examples = isCompact ? exampleTurns(request.program).map(\.text).joined(separator: "\n") : ""
    let before = [
      ("character", character(parts, withExamples: !isCompact)), ("opening", parts.opening),
      ("settled", parts.settled), ("present", parts.present),
    ]
    let turn = turnParts(parts, isAgain: false).map { ($0.name, $0.lines.joined(separator: "\n")) }
    let spoken = [("examples", examples), ("history", told), ("event", text(of: request.event, parts))]
    let all = isCompact ? before + turn + spoken : before + spoken + turn
    return RenderedPrompt(
      messages: messages(for: request, counter: counter),
      parts: all.filter { !$0.1.isEmpty }.map { RenderedPrompt.Part(name: $0.0, text: $0.1) },
      omissions: omissions(of: request, cut: start))
  }

  /// How many of the oldest events of the history there is no room for.
  func untold(of request: LineRequest, counter: TokenCounter, isAgain: Bool) -> Int {
    let parts = PromptParts(request, user: user)
    let history = events(of: request, parts)
    let start = start(of: history, for: request, parts, counter: counter, isAgain: isAgain)
    return start == 0 ? 0 : request.history.count - history.count + start
  }

  private func omissions(of request: LineRequest, cut: Int) -> [RenderedPrompt.Omission] {
    let program = request.program
    let idle = program.machines.indices.filter { request.snapshot.states[$0] == 0 }.map {
      RenderedPrompt.Omission(what: program.machines[$0].name, why: "it has not been activated")
    }
    let statements = request.selection.leftOut.map {
      RenderedPrompt.Omission(what: program.statements[$0.statement.statement], why: $0.reason.text)
    }
    let memory = request.situation.memory.leftOut.flatMap { answer in
      ([answer.summary?.text].compactMap(\.self) + answer.quotes.map(\.text)).map {
        RenderedPrompt.Omission(what: $0, why: "there is no room for it among what is kept")
      }
    }
    let planted = program.uncheckedPlanted(at: request.snapshot).dropFirst(PromptParts.plantedLimit).map {
      RenderedPrompt.Omission(what: program.commitments[$0].name, why: "more than enough is planted already")
    }
    let history =
      cut == 0
      ? []
      : [
        RenderedPrompt.Omission(
          what: "the oldest \(cut) events", why: "there is no room for them in the context")
      ]
    return idle + statements + memory + planted + history
  }
}
