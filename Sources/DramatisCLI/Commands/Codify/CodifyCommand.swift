import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisCompiler
import DramatisLLM

/// Makes a profile of a text or a card, with a language model.
struct CodifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codify",
    abstract: "Make a character of a text or a card, with a language model.",
    discussion: """
      The model fills data, stage by stage: \(CodifyStage.allCases.map(\.rawValue).joined(separator: ", ")). The program \
      checks every part and prints the profile; what the source does not say, and what validate --strict would complain \
      of, is left out and listed in the report beside the profile. Scenes that were written from the source alone are kept \
      as scenarios. Replies are kept in the folder NAME.codify: after a stop the same command goes on where it was, and \
      --cassette NAME.codify/replies does the same work without a service. A profile that was edited by hand since keeps \
      the edits. --budget-calls and --budget-tokens bound what is spent.

      Example: dramatis codify mara.txt -o mara.yaml --endpoint ollama --model llama3.1
      """)

  @Argument(help: "A text, a character card (PNG, CHARX or JSON), or - for standard input.")
  var source: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The profile to write.", valueName: "file"))
  var output: String

  @Option(help: "Whom to codify; whoever the text is mainly about unless given.")
  var character: String?

  @Option(help: ArgumentHelp("Ask for one stage anew, and for what depends on it.", valueName: "name"))
  var stage: CodifyStage?

  @Flag(help: "Only say what it takes.")
  var estimate = false

  @Flag(name: .customLong("dry-run"), help: "Print the next request that would be sent, and send none.")
  var isDryRun = false

  @OptionGroup(title: "Language model") var model: ModelOptions

  /// The longest source, in bytes.
  private static let sourceLimit = 64 << 20
  /// The longest prose, in bytes.
  private static let proseLimit = 4 << 20

  func validate() throws {
    guard !output.isEmpty, output != InputStream.standardInput else {
      throw ValidationError("--output takes the name of a file, beside which the report is written")
    }
  }

  func run() async throws {
    let codified = try readSource()
    let files = CodifyFiles(profile: output)
    if isDryRun { return try await showRequest(of: codified, files) }
    let configured = try model.requiredModel()
    let codifier = Codifier(codified, with: configured.model)
    say(codifier.estimate())
    if estimate { return }
    if let stage { try files.forget(stage) }
    let replies = try files.replies(isKept: true)
    try Failure.mapping(try replies.prepare())
    Interruption.sayWhatIsKept()
    defer { configured.report(if: model.showsUsage) }
    let result = try await codify(codified, with: configured, keeping: replies)
    for path in try files.write(result) { Console.error.write("\(path.oneLine)\n") }
    guard result.parts > 0 else {
      throw Failure(
        "nothing in the replies rests on the source; see the report, and take another --model", .input)
    }
    Console.error.write("Talk to it: dramatis chat \(output.oneLine)\n")
  }

  private func readSource() throws -> CodifySource {
    let bytes = try InputStream(path: source).readAll(limit: Self.sourceLimit)
    guard bytes.count < Self.sourceLimit else {
      throw Failure("\(source.oneLine) is larger than \(Self.sourceLimit) bytes", .input)
    }
    let title = source.split(separator: "/").last.map(String.init) ?? source
    if CharacterCard.isLikely(bytes) {
      do {
        let card = try CharacterCard(bytes, ending: source.fileEnding)
        guard card.name != nil else {
          throw Failure("\(source.oneLine) is a lorebook and no character", .input)
        }
        return CodifySource(card: card, title: title)
      } catch let refusal as CardRefusal {
        throw Failure("\(source.oneLine): \(refusal.description)", .input)
      }
    }
    let text = String(decoding: bytes, as: UTF8.self).strippedOfControls()
    guard bytes.count <= Self.proseLimit, text.contains(where: \.isLetter) else {
      throw Failure(
        "\(source.oneLine) is no text of at most \(Self.proseLimit) bytes; give prose, or a character card",
        .input)
    }
    return CodifySource(prose: text, named: character, title: title)
  }

  private func say(_ estimate: Codifier.Estimate) {
    Console.error.write(
      """
      about \(estimate.requests.lowerBound) requests and \(estimate.tokens.lowerBound) tokens; at most \
      \(estimate.requests.upperBound) and \(estimate.tokens.upperBound)

      """)
  }

  private func codify(
    _ source: CodifySource, with configured: ConfiguredModel, keeping replies: KeptReplies
  ) async throws -> Codified {
    do {
      return try await Codifier(source, with: replies.model(resuming: configured.model)).codify { progress in
        let taken = progress.taken
        let cost =
          taken.requests == 0
          ? "" : " (\(taken.requests.of("request")), \(taken.promptTokens + taken.replyTokens) tokens)"
        Console.error.write("\(progress.stage.rawValue): \(progress.result)\(cost)\n")
      }
    } catch {
      if let failure = replies.failure { throw Failure(failure) }
      throw Failure("\("\(error)".oneLine); the same command goes on where this one stopped", .environment)
    }
  }

  /// Prints the first request to which no reply was kept.
  private func showRequest(of source: CodifySource, _ files: CodifyFiles) async throws {
    let replies = try files.replies(isKept: false)
    let shown = ShownRequest(name: replies.cassette.model ?? model.model ?? "")
    let codifier = Codifier(source, with: replies.model(resuming: shown))
    do throws(ModelError) {
      _ = try await codifier.codify { _ in }
    } catch {
      guard error == .cancelled else { throw Failure("\(error)".oneLine, .environment) }
      Console.error.write("what is asked after this depends on the reply\n")
      return
    }
    Console.error.write("every reply is kept already; no request would be sent\n")
  }
}

extension CodifyStage: ExpressibleByArgument {}

/// Prints what it is asked, and asks nobody.
private struct ShownRequest: LanguageModel {
  let name: String

  func complete(
    _ request: ModelRequest, onText: @Sendable (String) async -> Void
  ) async throws(ModelError) -> Completion {
    for message in request.messages {
      Console.output.write("--- \(message.role.rawValue)\n\(message.text)\n".strippedOfControls())
    }
    throw .cancelled
  }
}
