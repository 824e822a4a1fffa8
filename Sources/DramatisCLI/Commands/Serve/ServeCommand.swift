import ArgumentParser
import Dispatch
import Dramatis
import DramatisLLM
import DramatisServer

/// Serves instances to a game or a tool of any language: messages of JSON-RPC in, messages out.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve characters to a game by JSON-RPC 2.0: messages in, messages out, one a line.",
    discussion: """
      Nothing but messages goes to standard output. Any number of programs and instances, which wait for each other in nothing; \
      the game can be asked back for answers and for lines. --schema prints the messages as JSON Schema.

      Example: dramatis serve --stdio
      """)

  @Flag(help: "Take messages from standard input and write them to standard output.")
  var stdio = false

  @Flag(help: "Print the messages as JSON Schema, and end.")
  var schema = false

  @Flag(
    name: .customLong("ask-model"),
    help: "Let the language model answer questions that the game leaves open, before the cues do.")
  var asksModel = false

  @OptionGroup(title: "Language model") var model: ModelOptions

  @Flag(name: .customLong("no-model"), help: "Use no language model even if one is configured.")
  var isModelless = false

  func validate() throws {
    guard stdio != schema else {
      throw ValidationError("give --stdio to serve, or --schema for the schema of the messages")
    }
    guard !(isModelless && asksModel) else {
      throw ValidationError("--no-model and --ask-model contradict each other")
    }
  }

  func run() async throws {
    guard stdio else {
      Console.output.write(ProtocolSchema.json + "\n")
      return
    }
    let model = try usedModel()
    defer { model?.report(if: self.model.showsUsage) }
    let server = Server(helpers: helpers(of: model)) { line in Console.output.write(line) }
    let lines = try LineSource()
    var isWanted = true
    while isWanted, let line = try await lines.next() {
      switch line {
      case .text(let text): isWanted = await server.receive(text)
      case .tooLong: server.refuse(unreadable: "this line has more than \(LineReader.maximumLength) bytes")
      case .notUTF8: server.refuse(unreadable: "this line is no UTF-8")
      }
    }
    await server.finish()
  }

  private func usedModel() throws(Failure) -> ConfiguredModel? {
    isModelless ? nil : asksModel ? try model.requiredModel() : try model.model()
  }

  private func helpers(of model: ConfiguredModel?) -> Server.Helpers {
    guard let model else { return Server.Helpers() }
    return Server.Helpers(
      performer: model.performer(user: "stranger"), discriminator: asksModel ? model.modelDiscriminator : nil)
  }
}

/// Lines of standard input, read on a thread of its own: whoever waits for the game keeps nobody from working.
private actor LineSource {
  private let executor = ThreadExecutor(label: "lines")
  private var lines: LineReader

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  init() throws(Failure) {
    lines = LineReader(try Failure.mapping(try InputStream(path: InputStream.standardInput)))
  }

  /// The next line; nil at the end.
  func next() throws -> LineReader.Outcome? { try lines.next() }
}
