import ArgumentParser
import Dramatis
import DramatisCompiler
import DramatisLLM
import Synchronization

/// Prints what a language model would be told.
struct PromptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt",
    abstract: "Print what a language model would be sent for a line.",
    discussion: """
      Takes the events as 'run' does, and prints the prompt of the line that answers the last of them. Nothing is \
      sent, and no model needs to be configured. A line that the character said stands among the events with the \
      character as its actor. Of a story it is the prompt of whoever answers. Below it stands what each part takes in \
      tokens, about, and what is left out and why.

      Example: dramatis prompt Profiles/mara.yaml --events events.jsonl
      """)

  @Argument(help: "A profile, a compiled program, a story, or the name of a character that ships.")
  var profile: String

  @Option(help: "The file of events, or - for standard input.")
  var events = InputStream.standardInput

  @Option(
    help: ArgumentHelp("Who answers what the events do not: cues, scripted or hash.", valueName: "name"))
  var discriminator = DiscriminatorChoice.cues

  @Option(help: "Decides every chance.")
  var seed: UInt64 = 0

  @Option(
    name: .customLong("max-tokens"), help: ArgumentHelp("The longest reply in tokens.", valueName: "tokens"))
  var maxTokens = 300

  @Option(help: ArgumentHelp("How many tokens prompt and reply may have together.", valueName: "tokens"))
  var context = 4096

  @OptionGroup var lore: LoreOptions

  @Option(
    name: .customLong("prompt-form"),
    help: ArgumentHelp(
      "How it is laid out: cached or compact. (default: what the profile says, else cached)",
      valueName: "form"))
  var promptForm: PromptForm?

  @Option(
    help: ArgumentHelp(
      "How many tokens of statements to speak from; what the profile says unless given.",
      valueName: "tokens"),
    transform: Int.init(statementBudget:))
  var statementBudget: Int?

  @Option(help: ArgumentHelp("What the character calls whoever it speaks with.", valueName: "name"))
  var user = "stranger"

  @Option(help: "What to write: text or json.")
  var format = ReportFormat.text

  func validate() throws {
    guard profile != InputStream.standardInput || events != InputStream.standardInput else {
      throw ValidationError("profile and events cannot both be standard input; give --events FILE")
    }
    guard discriminator != .llm else {
      throw ValidationError("no model is asked here; choose another discriminator")
    }
    guard ModelSetting.lengths.contains(Double(maxTokens)), ModelSetting.contexts.contains(Double(context))
    else {
      throw ValidationError("--max-tokens takes 1 to 100000, and --context 512 to 10000000")
    }
  }

  func run() async throws {
    let (named, opening) = try ProfileSource(path: profile).company()
    let cast = try lore.adding(to: named)
    let inputs = try inputs()
    let capture = CapturingPerformer()
    let voice = Voice(model: nil, choice: discriminator, stream: nil)
    let session = try Session(
      cast: cast, seed: seed, discriminator: voice.discriminator(for: cast), performer: capture,
      statementBudget: statementBudget)
    await session.direct(by: Director())
    try await session.narrate(opening: opening)
    let exchange = await Exchange(session)
    for (number, input) in inputs {
      do {
        let isLast = number == inputs.last?.number
        _ = try await exchange.turn(on: input, speaker: isLast ? .addressed : .nobody)
      } catch let error where error is ExchangeError || error is SessionError {
        throw Failure("line \(number): \(error)", .input)
      }
    }
    guard let request = capture.request else {
      throw Failure(
        inputs.isEmpty
          ? "there is no event"
          : "the last event asks nothing of \(cast.map(\.character).listed.oneLine)",
        .input)
    }
    let renderer = PromptRenderer(
      user: user, contextTokens: context, replyTokens: maxTokens, form: promptForm)
    let report = PromptReport(renderer.prompt(for: request), maxTokens: maxTokens)
    Console.output.write(format == .json ? try report.jsonReport() : report.text)
  }

  private func inputs() throws(Failure) -> [(number: Int, input: EventLine)] {
    var lines = LineReader(try Failure.mapping(try InputStream(path: events)), skipsLongLines: false)
    var inputs: [(number: Int, input: EventLine)] = []
    var number = 0
    while let line = try Failure.mapping(try lines.next()) {
      number += 1
      guard case .text(let text) = line else {
        throw Failure("line \(number): no text of a sane length", .input)
      }
      if text.allSatisfy(\.isWhitespace) { continue }
      do throws(ExchangeError) {
        inputs.append((number, try EventLine(json: text)))
      } catch {
        throw Failure("line \(number): \(error)", .input)
      }
    }
    return inputs
  }
}

/// Keeps what it is asked, and says nothing.
private final class CapturingPerformer: Performer {
  private let last = Mutex<LineRequest?>(nil)

  var request: LineRequest? { last.withLock { $0 } }

  func line(for request: LineRequest) -> SpokenLine? {
    last.withLock { $0 = request }
    return nil
  }
}

/// A prompt as it is printed.
struct PromptReport: Encodable {
  struct Message: Encodable {
    let role, content: String
  }

  struct Part: Encodable {
    let name: String
    let estimatedTokens: Int
  }

  struct Omission: Encodable {
    let what, why: String
  }

  let messages: [Message]
  let maxTokens: Int
  let estimatedTokens: Int
  let parts: [Part]
  let leftOut: [Omission]

  init(_ prompt: RenderedPrompt, maxTokens: Int) {
    messages = prompt.messages.map { Message(role: $0.role.rawValue, content: $0.text) }
    self.maxTokens = maxTokens
    let counter = TokenCounter()
    estimatedTokens = counter.tokens(in: prompt.messages)
    parts = prompt.parts.map {
      Part(name: $0.name, estimatedTokens: counter.tokens(bytes: $0.text.utf8.count))
    }
    leftOut = prompt.omissions.map { Omission(what: $0.what, why: $0.why) }
  }

  /// Every message below its role, then the parts with their tokens, then what is left out.
  var text: String {
    let told = messages.map { "== \($0.role)\n\($0.content.strippedOfControls())\n" }
    let width = parts.map(\.name.count).max() ?? 0
    let counts = parts.map { part in
      "\(part.name)\(String(repeating: " ", count: width - part.name.count)) \(part.estimatedTokens)"
    }
    let tokens =
      "== tokens, about \(estimatedTokens) and \(maxTokens) for the reply\n"
      + counts.map { $0 + "\n" }.joined()
    let omissions = leftOut.map { "\($0.what.oneLine): \($0.why)\n" }.joined()
    return (told + [tokens] + (omissions.isEmpty ? [] : ["== left out\n" + omissions]))
      .joined(separator: "\n")
  }
}
