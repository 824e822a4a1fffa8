import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisCompiler
import DramatisLLM
import FoundationEssentials

/// Finds what a text sets up and pays off, and writes it as a story.
struct MineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mine",
    abstract: "Find foreshadowing and its payoffs in a text, with a language model.",
    discussion: """
      Candidates are found in windows of \(StoryMiner.window) sentences and then checked one by one; what passes is \
      written as a story whose commitments say which sentences they were found in. What the work takes at the most is \
      said before it begins; --estimate says no more than that. Replies are kept beside the story: after a stop the \
      same command goes on where it was.

      Example: dramatis mine novel.txt -o novel/story.yaml --endpoint ollama --model llama3.2
      """)

  @Argument(help: "The text, or - for standard input.")
  var text: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The story to write.", valueName: "file"))
  var output: String

  @Option(help: "What the story is called; the name of the text unless given.")
  var title: String?

  @Option(
    help: ArgumentHelp(
      "Profiles of the cast, relative to the story; the first owns everything.", valueName: "path"))
  var cast: [String] = []

  @Flag(help: "Only say what it takes.")
  var estimate = false

  @OptionGroup(title: "Language model") var model: ModelOptions

  /// The longest text, in bytes.
  private static let textLimit = 16 << 20

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("the name that --output gives is empty") }
    guard output != InputStream.standardInput else {
      throw ValidationError(
        "a story is written to a file, beside which replies are kept; give one to --output")
    }
  }

  func run() async throws {
    let bytes = try InputStream(path: text).readAll(limit: Self.textLimit)
    guard bytes.count < Self.textLimit else {
      throw Failure("\(text.oneLine) is larger than \(Self.textLimit) bytes", .input)
    }
    let sentences = Sentences(String(decoding: bytes, as: UTF8.self))
    guard sentences.texts.count > 1 else { throw Failure("\(text.oneLine) holds no two sentences", .input) }
    guard !OutputFile(path: output).exists || estimate else {
      throw Failure("\(output.oneLine) exists already; remove it or choose another file", .environment)
    }
    let configured = try model.requiredModel()
    let replies = try replies()
    let miner = StoryMiner(
      sentences, with: replies.model(resuming: configured.model), contextTokens: configured.contextTokens)
    say(miner.estimate(), of: sentences, with: configured, done: replies.cassette.count)
    if estimate { return }
    defer { configured.report(if: model.showsUsage) }
    try checkCast()
    try Failure.mapping(try replies.prepare())
    Interruption.sayWhatIsKept()
    let findings = try await mine(miner, with: configured, keeping: replies)
    guard findings.failures < findings.requests else { throw nothingCame(findings.requests) }
    try write(findings)
  }

  /// Beside the story.
  private var repliesPath: String { output + ".replies" }

  /// The replies so far, with what is wrong with their file as the command says it.
  private func replies() throws(Failure) -> KeptReplies {
    do {
      return try KeptReplies(path: repliesPath, isKept: !estimate)
    } catch let error as FileError {
      throw Failure(error)
    } catch {
      throw Failure("\(repliesPath.oneLine): \("\(error)".oneLine); remove it to begin anew", .input)
    }
  }

  private func say(
    _ estimate: StoryMiner.Estimate, of sentences: Sentences, with model: ConfiguredModel, done: Int
  ) {
    let cost = model.budget.cost(prompt: estimate.promptTokens, reply: estimate.replyTokens)
    let price = cost > 0 ? ", cost \(cost.fourDigits)" : ""
    let known = done == 0 ? "" : "; \(done.of("reply", "replies")) of them known already"
    Console.error.write(
      """
      \(sentences.texts.count) sentences in \(estimate.windows.of("window")): at most \(estimate.requests) requests, \
      \(estimate.promptTokens) tokens in and \(estimate.replyTokens) out\(price)\(known)

      """)
  }

  private func mine(
    _ miner: StoryMiner, with model: ConfiguredModel, keeping replies: KeptReplies
  ) async throws -> StoryMiner.Findings {
    var progress: Progress?
    defer { progress?.clear() }
    do {
      return try await miner.mine { done, whole in
        if progress == nil { progress = Progress(of: whole) }
        progress?.show(done)
      }
    } catch {
      if let failure = replies.failure { throw Failure(failure) }
      throw Failure("\("\(error)".oneLine); \(advice(on: error, with: model))", .environment)
    }
  }

  /// What to do about an error; a text that does not fit is not mended by asking again.
  private func advice(on error: any Error, with model: ConfiguredModel) -> String {
    if case ModelError.tooLongPrompt = error {
      return model.contextTokens.map {
        "give less than --context \($0), so that smaller parts are taken at a time"
      }
        ?? "give its size as --context, so that smaller parts are taken at a time"
    }
    return "the same command goes on where this one stopped"
  }

  /// Finds out whether a story with this cast validates, before a request is paid for.
  private func checkCast() throws(Failure) {
    let narrator = OutputFile(path: narratorPath)
    guard !cast.isEmpty || narrator.exists else {
      guard narrator.isDanglingLink else { return }
      throw Failure("\(narrator.path.oneLine) is a link that leads nowhere; remove it", .environment)
    }
    for story in parts(of: []) { _ = try checked(story, path: output) }
  }

  private func nothingCame(_ requests: Int) -> Failure {
    Failure(
      """
      no reply was of the shape that was asked for (\(requests.of("request"))), so no story is written; remove \
      \(repliesPath.oneLine), which would be used again, and take another --model
      """, .environment)
  }

  private func write(_ findings: StoryMiner.Findings) throws {
    if cast.isEmpty { try writeNarrator() }
    let parts = parts(of: findings.triples)
    let stories = try parts.enumerated().map { index, story throws(Failure) in
      try checked(story, path: path(ofPart: index + 1))
    }
    for (file, bytes) in stories { try file.create(bytes) }
    let failed = findings.failures == 0 ? "" : ", \(findings.failures.of("request")) gave nothing"
    let names = stories.indices.map { path(ofPart: $0 + 1).oneLine }.joined(separator: ", ")
    Console.error.write(
      "\(findings.triples.count.of("commitment")) of \(findings.candidates.of("candidate"))\(failed): \(names)\n"
    )
  }

  /// The stories, called like the text unless something else was said.
  private func parts(of triples: [MinedTriple]) -> [MinedStory] {
    let name = URL(filePath: text).deletingPathExtension().lastPathComponent
    let title = title ?? (text == InputStream.standardInput ? "A story" : name)
    return MinedStory.stories(titled: title, of: triples, cast: cast.isEmpty ? ["narrator.yaml"] : cast)
  }

  /// `story.yaml`, `story-2.yaml` and so on.
  private func path(ofPart number: Int) -> String {
    guard number > 1 else { return output }
    let isNamed = output.hasSuffix(".yaml")
    return "\(isNamed ? String(output.dropLast(5)) : output)-\(number)\(isNamed ? ".yaml" : "")"
  }

  /// A story as the bytes of a file that is not there yet, if it is one that validates.
  private func checked(_ story: MinedStory, path: String) throws(Failure) -> (OutputFile, [UInt8]) {
    let (file, bytes) = (OutputFile(path: path), Array(story.yaml.utf8))
    guard !file.exists else {
      throw Failure("\(path.oneLine) exists already; remove it or choose another file", .environment)
    }
    let compilation = StoryCompilation(of: bytes, at: path)
    guard compilation.story != nil else {
      Console.error.write(compilation.report() + "\n")
      throw Failure("", .input)
    }
    return (file, bytes)
  }

  /// Beside the story.
  private var narratorPath: String {
    let folder = output.lastIndex(of: "/").map { output[...$0] } ?? ""
    return folder + "narrator.yaml"
  }

  private func writeNarrator() throws(Failure) {
    let file = OutputFile(path: narratorPath)
    if !file.exists { try Failure.mapping(try file.create(Array(MinedStory.narrator.utf8))) }
  }
}
