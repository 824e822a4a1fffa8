import ArgumentParser
import Dramatis
import DramatisAuthoring
import DramatisLLM
import FoundationEssentials

/// Makes scene-action pairs from stories in several forms.
struct PairsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "Make scene-action pairs from storylines and chats, for 'induce' and 'evaluate'.",
    discussion: """
      A file is a published series of actions (a JSON object of titles), lines of JSON with actions or with pairs, a chat \
      of SillyTavern (.jsonl) or a session's transcript; its form is recognised. For each action of a character there is a line with \
      up to \(StoryActions.window) actions before it. Anything else is read as prose by a language model, which says in windows who does \
      what, with a quote for each; its replies are kept.

      Example: dramatis pairs series.json chat.jsonl -o pairs.jsonl
      """)

  @Argument(help: "The storylines.")
  var files: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file of pairs to write, or - for standard output.", valueName: "file"))
  var output: String

  @Flag(help: "Let scenes go on across chapters, as the published code does.")
  var paper = false

  @Option(help: "How the report counts training and test pairs: half or chapter.")
  var split = PairSplit.half

  @Option(help: "Write the pairs of this character only; may be repeated.")
  var character: [String] = []

  @Option(help: "How the report is written.")
  var format = ReportFormat.text

  @Flag(help: "Replace the file if it is there.")
  var force = false

  @OptionGroup(title: "Answers") var answers: AnswerOptions
  @OptionGroup(title: "Language model") var model: ModelOptions

  /// The largest file, in bytes.
  static let limit = 256 << 20

  func validate() throws {
    guard !files.isEmpty else { throw ValidationError("give a storyline") }
  }

  func run() async throws {
    var pairs: [ScenePair] = []
    for file in files { pairs += try await self.pairs(in: file) }
    if !character.isEmpty {
      let names = Set(character.map { $0.folded() })
      pairs = pairs.filter { names.contains($0.character.folded()) }
    }
    guard !pairs.isEmpty else {
      throw Failure(
        "there is no action of \(character.isEmpty ? "a character" : character.map(\.oneLine).listed)", .input
      )
    }
    let bytes = Array(pairs.numbered.map(\.line).joined().utf8)
    if output == InputStream.standardInput {
      Console.output.write(String(decoding: bytes, as: UTF8.self))
    } else {
      try OutputFile(path: output).write(bytes, replaces: force, advice: "give --force to replace it")
    }
    let report = PairReport(pairs, split: split)
    let text = format == .json ? try report.jsonReport() : report.text
    if output == InputStream.standardInput { Console.error.write(text) } else { Console.output.write(text) }
  }

  private func pairs(in file: String) async throws -> [ScenePair] {
    let bytes = try InputStream(path: file).readAll(limit: Self.limit)
    guard bytes.count <= Self.limit else {
      throw Failure("\(file.oneLine) is larger than \(Self.limit) bytes", .input)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Failure("\(file.oneLine) is not UTF-8", .input)
    }
    guard StoryActions.isJSON(bytes) else { return try await prose(bytes, in: file) }
    if let pairs = try? [ScenePair](lines: bytes) { return pairs }
    do throws(PairError) {
      return try StoryActions(bytes, work: Self.work(of: file)).pairs(crossesChapters: paper)
    } catch {
      throw Failure("\(file.oneLine): \(error)", .input)
    }
  }

  /// A work is called as its file is, without what the published files all begin with.
  private static func work(of file: String) -> String {
    guard file != InputStream.standardInput else { return "" }
    let name = URL(filePath: file).deletingPathExtension().lastPathComponent
    let start = "title2action_series."
    return name.hasPrefix(start) ? String(name.dropFirst(start.count)) : name
  }

  private func prose(_ bytes: [UInt8], in file: String) async throws -> [ScenePair] {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.contains(where: \.isLetter) else {
      throw Failure("there is no text in \(file.oneLine)", .input)
    }
    guard let configured = try model.model() else {
      throw Failure(
        "\(file.oneLine) is prose, which a language model reads; give --endpoint NAME or --base-url ADDRESS",
        .usage)
    }
    defer { configured.report(if: model.showsUsage) }
    let kept = KeptModel(configured.model, store: try answers.table())
    Interruption.sayWhatIsKept()
    do {
      let reader = ProseReader(kept, contextTokens: configured.contextTokens)
      let actions = try await reader.actions(in: text, work: Self.work(of: file))
      guard !actions.actions.isEmpty else {
        throw Failure(
          "the model found no action in \(file.oneLine) (\(kept.counts.useless) replies were of no use)",
          .environment)
      }
      return actions.pairs(crossesChapters: paper)
    } catch let error as ModelError {
      throw Failure("\("\(error)".oneLine); the same command goes on where this one stopped", .environment)
    }
  }
}

extension PairSplit: ExpressibleByArgument {}

extension [ScenePair] {
  /// The pairs with identifiers of which no two are the same.
  fileprivate var numbered: [ScenePair] {
    var seen: [String: Int] = [:]
    return map { pair in
      let number = seen[pair.id, default: 0] + 1
      seen[pair.id] = number
      return number == 1 ? pair : pair.renamed("\(pair.id) #\(number)")
    }
  }
}

extension PairReport {
  /// The counts as a table.
  fileprivate var text: String {
    var report = TextReport()
    for entry in characters {
      report.entry(
        entry.character, "\(entry.pairs.of("pair")): \(entry.training) train, \(entry.test) test", indent: 0)
      let partners = entry.partners.prefix(8).map {
        "\($0.name) \($0.pairs)\($0.hasTree ? "" : " (too few)")"
      }
      if !partners.isEmpty { report.entry("after", partners.joined(separator: ", ")) }
    }
    return report.text
  }
}
