import ArgumentParser
import Dramatis
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
    let cassette = try MiningCassette(path: output + ".replies", isKept: !estimate)
    let base = KeepingModel(base: ResumingModel(configured.model, on: cassette.cassette), cassette: cassette)
    let miner = StoryMiner(sentences, with: base)
    say(miner.estimate(), sentences, done: cassette.cassette.count)
    if estimate { return }
    let findings = try await mine(miner)
    try write(findings)
  }

  private func say(_ estimate: StoryMiner.Estimate, _ sentences: Sentences, done: Int) {
    let known = done == 0 ? "" : "; \(done.of("reply", "replies")) of them known already"
    Console.error.write(
      """
      \(sentences.texts.count) sentences in \(estimate.windows.of("window")): at most \(estimate.requests) requests, \
      \(estimate.promptTokens) tokens in and \(estimate.replyTokens) out\(known)

      """)
  }

  private func mine(_ miner: StoryMiner) async throws -> StoryMiner.Findings {
    var progress: Progress?
    defer { progress?.clear() }
    do {
      return try await miner.mine { done, whole in
        if progress == nil { progress = Progress(of: whole) }
        progress?.show(done)
      }
    } catch {
      throw Failure("\("\(error)".oneLine); the same command goes on where this one stopped", .environment)
    }
  }

  private func write(_ findings: StoryMiner.Findings) throws {
    let name = URL(filePath: text).deletingPathExtension().lastPathComponent
    let story = MinedStory(
      title: title ?? (text == InputStream.standardInput ? "A story" : name), triples: findings.triples,
      cast: cast.isEmpty ? ["narrator.yaml"] : cast, owner: nil)
    if cast.isEmpty { try writeNarrator() }
    let bytes = Array(story.yaml.utf8)
    let compilation = StorySource(path: output).compilation(of: bytes)
    guard compilation.story != nil else {
      Console.error.write(compilation.report() + "\n")
      throw Failure("", .input)
    }
    try OutputFile(path: output).create(bytes)
    let failed = findings.failures == 0 ? "" : ", \(findings.failures.of("request")) gave nothing"
    Console.error.write(
      "\(findings.triples.count.of("commitment")) of \(findings.candidates.of("candidate"))\(failed): \(output.oneLine)\n"
    )
  }

  private func writeNarrator() throws(Failure) {
    let folder =
      output.contains("/")
      ? String(output.prefix(through: output.lastIndex(of: "/") ?? output.startIndex)) : ""
    let file = OutputFile(path: folder + "narrator.yaml")
    if !file.exists { try file.create(Array(MinedStory.narrator.utf8)) }
  }
}
